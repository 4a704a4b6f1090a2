import type { Step } from "./queue.js";

/** How the storage reads and writes. */
export interface Access {
  readonly read: <T>(work: Step<T>) => Promise<T>;
  readonly write: <T>(step: Step<T>) => Promise<T>;
}
