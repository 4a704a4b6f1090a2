/** What the program's exit status says. docs/cli.md prints the same. */
export const EXIT = {
  /** It was done. */
  done: 0,
  /** It was refused or it failed, and nothing more will come of it. */
  failed: 1,
  /** The command was not understood; nothing was done. */
  usage: 2,
  /** There is no configuration, or one that cannot be used; nothing was done. */
  notConfigured: 3,
  /** It was written down and is carried on with; how it ends is not known yet. */
  pending: 4,
  /** Antom, the shop or the storage could not be reached, or standard output could not be written. */
  unreachable: 5,
  /** Stopped by Ctrl-C between two steps. */
  stopped: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Why a command ends early, in words for whoever typed it. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  constructor(
    readonly exit: ExitCode,
    /** Stable, for scripts: stands in the JSON beside the codes of docs/errors.md. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const usage = (message: string): CommandError => new CommandError(EXIT.usage, "usage", message);

export const notConfigured = (message: string): CommandError =>
  new CommandError(EXIT.notConfigured, "not_configured", message);
