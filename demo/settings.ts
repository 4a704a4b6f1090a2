import { resolve } from "node:path";

/** Where the demo runs and what it keeps. */
export interface Settings {
  readonly port: number;
  readonly simulatorPort: number;
  /** Everything that has to survive a restart is in this folder. */
  readonly dataFolder: string;
}

/** Something a person can put right; its message is one plain sentence. */
export class StartProblem extends Error {
  override readonly name = "StartProblem";
}

/** @throws StartProblem for a port that is none */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const port = portOf("PORT", given(env["PORT"]) ?? "3000");
  const simulatorPort = portOf("SIMULATOR_PORT", given(env["SIMULATOR_PORT"]) ?? "3001");
  if (port === simulatorPort) {
    throw new StartProblem(`PORT and SIMULATOR_PORT are both ${port}: the shop and the simulator need one each.`);
  }
  return { port, simulatorPort, dataFolder: resolve(given(env["DEMO_DATA"]) ?? ".demo") };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new StartProblem(`${name} must be a number from 1 to 65535, and is "${text}".`);
}

/** A variable that is set to nothing is as good as one that is not set. */
const given = (text: string | undefined): string | undefined => (text === "" ? undefined : text);
