import type { ExitCode } from "./exit.js";
import type { Terminal } from "./terminal.js";

/** A flag of a command, `--name` or `--name VALUE`. */
export interface Flag {
  /** What stands for its value in the help; a flag without one is on or off. */
  readonly value?: string;
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: true;
  readonly text: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** What a command takes beside flags. */
export interface Operand {
  readonly name: string;
  readonly isRequired: boolean;
  readonly text: string;
}

export interface Command {
  /** One word or two: "keys", "payments capture". */
  readonly name: string;
  /** A sentence for the list of commands. */
  readonly summary: string;
  readonly operand?: Operand;
  readonly flags: Flags;
  /** More about it, a paragraph a line. */
  readonly details?: readonly string[];
  run(call: Call): Promise<ExitCode>;
}

/** One call of a command. */
export interface Call {
  readonly terminal: Terminal;
  readonly operand: string | undefined;
  text(flag: string): string | undefined;
  texts(flag: string): readonly string[];
  isOn(flag: string): boolean;
  /** A line, or several, for people; nothing with --json. */
  print(text: string): void;
  /** The one JSON document of --json; nothing without. */
  document(value: unknown): void;
}

/** Every command has these. */
export const GENERAL: Flags = {
  json: { text: "One JSON document on standard output, and nothing else there." },
  help: { short: "h", text: "Explains the command." },
};

/** Those that need the shop's configuration have these too. */
export const CONFIGURED: Flags = {
  config: { value: "FILE", text: "The module that exports the options of createAntom. antom.config.mjs, .js or .cjs." },
  "env-file": { value: "FILE", text: "Reads environment variables from a file first." },
};
