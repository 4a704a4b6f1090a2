import { setTimeout as delay } from "node:timers/promises";
import type { Simulator } from "../../lib/simulator.js";
import type { Storage } from "../../lib/storage/storage.js";
import { all } from "./check/evidence.js";
import type { QuickClock } from "./quick-clock.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The leaps by which time goes on until nothing is left to wait for: past every lease and retry, past the last notification Antom sends
 * again, and past the end of every hold.
 */
const LEAPS = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  15 * HOUR,
  ...Array.from({ length: 12 }, () => DAY),
];

/** How long it may take until everything that is due has been done, in milliseconds, and how often it is looked at. */
const QUIET_WITHIN = 6_000;
const LOOK_EVERY = 15;

/** How often in a row nothing is seen to wait until that is believed: a list of tasks need not be of one moment. */
const SURE = 3;

export interface RestParts {
  readonly storage: Storage;
  readonly simulator: Simulator;
  readonly clock: QuickClock;
  /** Lets everybody know that the time has leapt. */
  readonly onLeap: () => void;
}

/**
 * Lets time pass until nothing is waited for any more, or more time has passed than anything may take. Events that are dead by then, as they
 * were claimed by so many processes that died, are redriven once, as a person would; answers with how often each had been claimed, by id.
 */
export async function comeToRest({
  storage,
  simulator,
  clock,
  onLeap,
}: RestParts): Promise<ReadonlyMap<string, number>> {
  const redriven = new Map<string, number>();
  /** Whether there were any. */
  const redrive = async (): Promise<boolean> => {
    const before = redriven.size;
    for (const { task, attempts } of await all((after) =>
      storage.tasks({ kind: "deliver", state: "dead", limit: 100, ...after }),
    )) {
      if (redriven.has(task.id)) continue;
      redriven.set(task.id, attempts);
      await storage.redrive(task.id, clock.now());
    }
    return redriven.size > before;
  };

  /** The earliest time something waits for, of the shops' or of Antom's. */
  const awaited = async (): Promise<number> => {
    const tasks = await all((after) => storage.tasks({ state: "waiting", limit: 100, ...after }));
    let earliest = tasks.reduce((first, { task }) => Math.min(first, task.dueAt), Infinity);
    for (const { state, nextAttemptAt } of simulator.notifications()) {
      if (state === "pending") earliest = Math.min(earliest, Date.parse(nextAttemptAt ?? ""));
    }
    return earliest;
  };

  /** Waits until nothing that is due is left; whether anything at all is waited for then. */
  const quiet = async (): Promise<boolean> => {
    const until = Date.now() + QUIET_WITHIN;
    let seenNothing = 0;
    for (;;) {
      await simulator.settled();
      const earliest = await awaited();
      seenNothing = earliest === Infinity ? seenNothing + 1 : 0;
      if (seenNothing === SURE) return false;
      if (earliest !== Infinity && (earliest > clock.now() || Date.now() > until)) return true;
      await delay(LOOK_EVERY);
    }
  };

  /** The same, with those redriven that died meanwhile. */
  const quietWithRedriven = async (): Promise<boolean> => {
    await redrive();
    let isAwaited = await quiet();
    while (!isAwaited && (await redrive())) isAwaited = await quiet();
    return isAwaited;
  };

  let isAwaited = await quietWithRedriven();
  for (const leap of LEAPS) {
    if (!isAwaited) break;
    clock.leap(leap);
    onLeap();
    await delay(LOOK_EVERY);
    isAwaited = await quietWithRedriven();
  }
  return redriven;
}
