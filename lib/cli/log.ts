import type { Logger } from "../ports.js";
import { oneLine } from "./rows.js";
import type { Terminal } from "./terminal.js";
import { isError } from "../thrown.js";

export interface CommandLog {
  /** For the kit: warnings and errors go to standard error, a line each. */
  readonly logger: Logger;
  /** Why the last call to Antom that went without an answer did; undefined where each had one. */
  readonly silence: () => string | undefined;
}

export function createLog(terminal: Terminal): CommandLog {
  let silence: string | undefined;
  const write = (level: string) => (fields: object, message: string) => {
    const about = field(fields, "detail") ?? errorIn(fields);
    if (field(fields, "event") === "gateway.unanswered") silence = about ?? message;
    terminal.err(`${level}: ${oneLine(about === undefined ? message : `${message}: ${about}`)}\n`);
  };
  return {
    logger: { debug: () => undefined, info: () => undefined, warn: write("warning"), error: write("error") },
    silence: () => silence,
  };
}

const field = (fields: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(fields, name);
  return typeof value === "string" ? value : undefined;
};

const errorIn = (fields: object): string | undefined => {
  const error: unknown = Reflect.get(fields, "err");
  return isError(error) ? error.message : undefined;
};
