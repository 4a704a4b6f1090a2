import { pino } from "pino";
import { simulatorFrom } from "../../simulator/from-environment.js";
import type { Command } from "../command.js";
import { CommandError, EXIT, usage } from "../exit.js";
import { errorCode, messageOf } from "../../thrown.js";

/** Flags, and the environment variables that they stand for. */
const VARIABLES = {
  port: "PORT",
  data: "SIMULATOR_DATA",
  "time-scale": "SIMULATOR_TIME_SCALE",
  "notify-url": "SIMULATOR_NOTIFY_URL",
} as const;

export const simulator: Command = {
  name: "simulator",
  summary: "Runs a local Antom until Ctrl-C.",
  details: [
    "Its log goes to standard error. The environment variables of docs/simulator.md work too; a flag outweighs its variable.",
  ],
  flags: {
    port: { value: "NUMBER", text: "Where it listens; 3001 when left out, 0 for any free port. (PORT)" },
    data: {
      value: "DIR",
      text: "Keeps keys and payments there; without it all is gone when it ends. (SIMULATOR_DATA)",
    },
    "time-scale": {
      value: "NUMBER",
      text: "Multiplies every wait: 0.01 makes two minutes 1.2 seconds. (SIMULATOR_TIME_SCALE)",
    },
    "notify-url": {
      value: "URL",
      text: "Where notifications go whose request named no address. (SIMULATOR_NOTIFY_URL)",
    },
  },
  async run(call) {
    const given = Object.entries(VARIABLES).flatMap(([flag, variable]) => {
      const value = call.text(flag);
      if (value === "") throw usage(`--${flag} is empty.`);
      return value === undefined ? [] : [[variable, value] as const];
    });
    const { simulator: antom, port } = read({ ...call.terminal.env, ...Object.fromEntries(given) });
    const stopped = call.terminal.interruption();
    let url: string;
    try {
      url = await antom.listen(port);
    } catch (error) {
      const isTaken = errorCode(error) === "EADDRINUSE";
      const message = isTaken ? `Port ${port} is taken; give another with --port.` : messageOf(error);
      throw new CommandError(EXIT.failed, "not_listening", message);
    }
    call.print(
      `Antom simulator: ${url}/simulator (credentials: ${url}/simulator/credentials, and for an .env file ${url}/simulator/credentials.env)`,
    );
    call.document({ url, page: `${url}/simulator`, credentials: `${url}/simulator/credentials` });
    await new Promise<void>((resolve) => {
      if (stopped.aborted) resolve();
      stopped.addEventListener("abort", () => {
        resolve();
      });
    });
    await antom.close();
    return EXIT.done;
  },
};

function read(environment: Readonly<Record<string, string | undefined>>): ReturnType<typeof simulatorFrom> {
  try {
    return simulatorFrom(environment, pino({ name: "simulator" }, process.stderr));
  } catch (error) {
    if (error instanceof TypeError) throw usage(messageOf(error));
    throw new CommandError(EXIT.failed, "not_listening", messageOf(error));
  }
}
