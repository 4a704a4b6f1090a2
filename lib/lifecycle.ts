import { AntomError } from "./errors.js";
import type { Worker } from "./ledger/worker.js";
import { keepingAlive, type Clock, type Logger } from "./ports.js";
import type { Storage } from "./storage/storage.js";

/** How long `stop` takes at most, in milliseconds. */
const GRACE = 10_000;

/** How much of it is left for the storage, in milliseconds, however long what is in hand takes. */
const CLOSING = 1_000;

/** How long to wait before the storage is tried again when it could not be made ready, in milliseconds. */
const START_AGAIN = 5_000;

export interface LifecycleParts {
  readonly storage: Storage;
  /** Absent where other processes do the work. */
  readonly worker: Worker | undefined;
  /** Looks at the storage once it is ready, before anything is done with it. */
  readonly look: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Lets go of everything else. */
  readonly end: () => void;
}

/** From the first use of the kit to its end. */
export interface Lifecycle {
  /** Makes the storage ready and starts the worker. What failed is tried again by the next call: the storage may only have been away. */
  readonly ready: () => Promise<void>;
  /**
   * The same, asked for by the shop. A process with the worker then stays until `stop`, whatever its storage does: one that has no port would end as soon
   * as nothing is under way, with a status that says all is well.
   */
  readonly start: () => Promise<void>;
  /** Work that an earlier process left behind must go on though nobody comes: no request is waited for. */
  readonly startByItself: () => void;
  /**
   * Waits for what is in hand, which may use the kit until it is done, and lets go of the storage; for GRACE at most. What the storage has not ended by
   * then goes on behind: a database that says nothing is not waited for, and what was not answered was promised to nobody.
   */
  readonly stop: () => Promise<void>;
}

export function createLifecycle({ storage, worker, look, clock, logger, end }: LifecycleParts): Lifecycle {
  let starting: Promise<void> | undefined;
  let state: "in use" | "ending" | "stopped" = "in use";
  let letGo: (() => void) | undefined;

  const begin = async (): Promise<void> => {
    await storage.start();
    await look();
    if (state === "in use") worker?.start();
  };

  const ready = (): Promise<void> => {
    if (state === "stopped" || (state === "ending" && starting === undefined)) {
      return Promise.reject(new AntomError("not_started", "the kit has been stopped"));
    }
    starting ??= begin().catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    return starting;
  };

  const start = (): Promise<void> => {
    if (worker !== undefined && state === "in use" && letGo === undefined) {
      void keepingAlive(new Promise<void>((resolve) => (letGo = resolve)));
    }
    return ready();
  };

  const startByItself = (): void => {
    ready().catch((error: unknown) => {
      if (state !== "in use") return;
      logger.error({ event: "start.failed", err: error }, "the storage could not be made ready; trying again");
      clock.after(START_AGAIN, startByItself);
    });
  };

  const stop = async (): Promise<void> => {
    if (state === "in use") state = "ending";
    const since = clock.now();
    let cancel = (): void => undefined;
    try {
      await worker?.stop(GRACE - CLOSING);
      state = "stopped";
      end();
      // Bounded on both sides: the clock may have been set meanwhile.
      const left = Math.min(GRACE, Math.max(CLOSING, since + GRACE - clock.now()));
      const timeUp = new Promise<void>((resolve) => {
        cancel = clock.after(left, resolve);
      });
      await Promise.race([storage.stop(), timeUp]);
    } finally {
      cancel();
      letGo?.();
    }
  };

  return { ready, start, startByItself, stop };
}
