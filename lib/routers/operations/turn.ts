import type { Clock } from "../../ports.js";

/** Lets whoever else waits have a turn: some storages answer without ever giving one. */
export const aTurn = (clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    clock.after(1, resolve);
  });
