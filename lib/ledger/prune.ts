import { AntomError, type Problem } from "../errors.js";
import { isPlainObject } from "../plain-object.js";
import type { Clock, Logger } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { unknownNames } from "../unknown-names.js";

const DAY = 24 * 60 * 60 * 1000;

/**
 * The fewest days that payments are kept. Antom repeats a notification for a day, and an authorization ends within weeks, so that of an unpaid
 * payment nothing can be heard after a month. Of a paid one refunds and disputes can: most banks let their customers dispute a payment for
 * 120 days from when the goods were due, some reasons for more than a year.
 */
export const KEPT_AT_LEAST = { unpaid: 30, paid: 365 } as const;

/** A century, in days. */
const KEPT_AT_MOST = 36_500;

const OPTIONS: readonly (keyof PruneOptions)[] = ["unpaid", "paid", "signal", "onProgress"];

/** How many are asked of the storage at once; it may take fewer. */
const BATCH = 100;

/** Between two batches, in milliseconds: buyers come first. */
const PAUSE = 10;

/** Which old payments `antom.prune` removes. Days, where everything else is in milliseconds: laws and contracts speak of days. */
export interface PruneOptions {
  /** Removes payments that never had money taken and have been at rest for so many days, 30 at least. They are kept where it is left out. */
  readonly unpaid?: number | undefined;
  /** The same for those that had money taken, 365 days at least. They are kept where it is left out. */
  readonly paid?: number | undefined;
  /** Ends it after the batch that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch with how many have been removed so far. */
  readonly onProgress?: ((removed: number) => void) | undefined;
}

/** What `antom.prune` has done. */
export interface Pruned {
  /** How many payments were removed. */
  readonly removed: number;
  /** The signal ended it before all were. */
  readonly stopped: boolean;
}

export interface Retention {
  /**
   * Removes old payments that nobody needs any more, with their histories and delivered events, a few at a time. Any number of processes may
   * do so at once, beside a shop at work; one that broke off is begun again. (docs/retention.md)
   *
   * @throws AntomError `request_invalid` where the days are none, too few, or neither is given; or the storage's error
   */
  prune(options: PruneOptions): Promise<Pruned>;
}

export interface PruneParts {
  /** Resolves once the storage is ready. */
  readonly start: () => Promise<void>;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Resolves after so many milliseconds. Unlike the clock's timers it keeps the process alive. */
  readonly pause: (ms: number) => Promise<void>;
}

export function createPrune({ start, storage, clock, logger, pause }: PruneParts): Retention["prune"] {
  return async (options) => {
    check(options);
    await start();
    const { unpaid, paid, signal, onProgress } = options;
    const now = clock.now();
    // Days may be a fraction; a storage is asked in whole milliseconds.
    const before = (days: number | undefined): number =>
      days === undefined ? 0 : Math.max(0, Math.floor(now - days * DAY));
    const request = { unpaidBefore: before(unpaid), paidBefore: before(paid), limit: BATCH };
    let removed = 0;
    let last: number | undefined;
    try {
      while (last !== 0 && signal?.aborted !== true) {
        if (last !== undefined) await pause(PAUSE);
        last = await storage.prune(request);
        removed += last;
        onProgress?.(removed);
      }
    } finally {
      if (removed > 0) logger.info({ event: "payments.pruned", removed, unpaid, paid }, "old payments were removed");
    }
    return { removed, stopped: last !== 0 };
  };
}

function check(options: PruneOptions): void {
  const given: unknown = options;
  if (!isPlainObject(given)) {
    throw refused([{ at: "", message: "Give after how many days which payments go, such as { unpaid: 90 }." }]);
  }
  const problems: Problem[] = unknownNames(options, OPTIONS).map((message) => ({ at: "", message: `${message}.` }));
  problems.push(...(["unpaid", "paid"] as const).flatMap((at) => problemOf(at, options[at])));
  if (options.unpaid === undefined && options.paid === undefined) {
    problems.push({ at: "unpaid", message: "Give unpaid, paid or both: after how many days which payments go." });
  }
  if (problems.length === 0) return;
  throw refused(problems);
}

const refused = (problems: readonly Problem[]): AntomError =>
  new AntomError(
    "request_invalid",
    `Payments cannot be removed like this. ${problems.map(({ at, message }) => (at === "" ? message : `${at}: ${message}`)).join(" ")}`,
    { problems },
  );

function problemOf(at: keyof typeof KEPT_AT_LEAST, days: unknown): Problem[] {
  const least = KEPT_AT_LEAST[at];
  if (days === undefined) return [];
  if (typeof days === "number" && days >= least && days <= KEPT_AT_MOST) return [];
  const why = at === "paid" ? "Refunds and disputes may still come before." : "Antom may still tell of them before.";
  return [{ at, message: `Give days, ${least} to ${KEPT_AT_MOST}. ${why}` }];
}
