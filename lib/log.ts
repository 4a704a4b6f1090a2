import { pino } from "pino";
import type { AntomOptions } from "./options.js";
import type { Logger } from "./ports.js";
import { readableError } from "./thrown.js";
import { createLogOutput, type LogOutput } from "./log-output.js";
import { withPaymentChildren } from "./telemetry/payment-log.js";

type Level = "debug" | "info" | "warn" | "error";

const STANDARD_OUTPUT = 1;
const SILENT: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The log of one kit, by the option `logger`. Never throws: whether a line can be written decides about nothing but the line. */
export const createLog = (logger: AntomOptions["logger"]): Logger =>
  logger === false ? SILENT : unfailing(withPaymentChildren(logger ?? pino({ name: "express-antom" }, destination())));

let output: LogOutput | undefined;

/** One for all kits of the process. Where others have put a function of theirs in place of standard output's, as process managers do, that is used. */
function destination(): pino.DestinationStream {
  if (Object.hasOwn(process.stdout, "write")) return process.stdout;
  if (output === undefined) {
    const made = createLogOutput(STANDARD_OUTPUT);
    process.once("exit", () => {
      made.end();
    });
    output = made;
  }
  return output;
}

/** What shops throw may not be readable, and a shop's logger may throw itself. A line is then tried once more with what can be read of the error. */
function unfailing(logger: Logger): Logger {
  const write =
    (level: Level) =>
    (fields: object, message: string): void => {
      try {
        logger[level](fields, message);
      } catch {
        const error: unknown = Reflect.get(fields, "err");
        if (error === undefined) return;
        try {
          logger[level]({ ...fields, err: readableError(error) }, message);
        } catch {
          // It was the logger.
        }
      }
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
