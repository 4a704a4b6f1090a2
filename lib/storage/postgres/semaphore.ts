import { AntomError } from "../../errors.js";
import type { Deadline } from "./back-off.js";

/** Lets so many at most have their turn at once; the others wait, in the order they came. */
export class Semaphore {
  readonly #most: number;
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Does the work when it is its turn. Rejects with `storage_unavailable`, the work not begun, where that is not before the deadline. */
  async run<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
    if (this.#taken < this.#most) this.#taken++;
    else await this.#turn(deadline);
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  #turn(deadline: Deadline): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(begin);
        const message =
          "Other hooks' transactions took all the connections they may have: give the pool a larger `max`, or let hooks be quicker.";
        reject(new AntomError("storage_unavailable", message));
      }, deadline.left());
      this.#waiting.add(begin);
    });
  }

  /** A turn that ends is the next one's, if anybody waits. */
  #pass(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#taken--;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
