import { notStarted, unavailable } from "./errors.js";

export interface LifeParts {
  /**
   * Makes everything ready, or stops using what it took and rejects; `end` lets go of it then. Where the start is not wanted any more, since `end` did not wait longer for it,
   * it is to reject.
   */
  readonly begin: (isWanted: () => boolean) => Promise<void>;
  /** Lets go of what `begin` took, also while that is still under way. */
  readonly end: () => Promise<void>;
  /** How long an end waits for a beginning that is under way, in milliseconds: that may be waiting for another instance itself. */
  readonly patience: number;
}

/** The starts and stops of a storage, one after the other however they are called. */
export class Life {
  readonly #parts: LifeParts;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  /** The latest start that was under way when it was stopped. Never rejects. */
  #outlived: Promise<void> | undefined;

  constructor(parts: LifeParts) {
    this.#parts = parts;
  }

  /** Rejects as `begin` does, with the kit's own error; then it can be called again. */
  start(): Promise<void> {
    if (this.#starting !== undefined) return this.#starting;
    const starting: Promise<void> = this.#begun(() => this.#starting === starting);
    starting.catch(() => {
      if (this.#starting === starting) this.#starting = undefined;
    });
    this.#starting = starting;
    return starting;
  }

  async #begun(isWanted: () => boolean): Promise<void> {
    await this.#stopping;
    await this.#outlived;
    try {
      if (!isWanted()) throw notStarted();
      await this.#parts.begin(isWanted);
    } catch (error) {
      throw unavailable(error);
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#ended().finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  async #ended(): Promise<void> {
    const starting = this.#starting?.catch(() => undefined);
    await settled(starting, this.#parts.patience);
    this.#starting = undefined;
    this.#outlived = starting ?? this.#outlived;
    await this.#parts.end();
  }
}

/** Waits until it has settled, so many milliseconds at most. */
const settled = async (pending: Promise<void> | undefined, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([pending, timeUp]);
  clearTimeout(timer);
};
