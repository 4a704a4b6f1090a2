import type { Terminal } from "./terminal.js";

const WIDTH = 30;

/** A bar that is written over itself, and is not there at all where standard error is no terminal. */
export interface Progress {
  show(done: number): void;
  end(): void;
}

/** @param total how much there is to do, as far as is known: it may turn out to be more; a count in place of a bar where it is left out */
export function createProgress({ hasScreen, err }: Terminal, what: string, total?: number): Progress {
  if (!hasScreen) return { show: () => undefined, end: () => undefined };
  return {
    show(done) {
      if (total === undefined) {
        err(`\r${what} ${done}`);
        return;
      }
      const whole = Math.max(total, done, 1);
      const filled = Math.round((done / whole) * WIDTH);
      err(`\r${what} [${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${done} of ${whole}`);
    },
    end() {
      err("\n");
    },
  };
}
