import { performance, type EventLoopUtilization } from "node:perf_hooks";

/** The event loop is busy when it had something to do for so much of the time. */
export const BUSY = 0.8;

/** The time that is looked at, in milliseconds, at least. */
const WINDOW = 50;

/**
 * How long the worker pauses after a few tasks in a rush, in milliseconds, so that its work goes on, slowly, however long that lasts: where the
 * process is busy, and where it waits for its database. That one may well be what is short, and each task asks more of it than a notification does.
 */
export const PAUSE = { busy: 200, waiting: 40 } as const;

/** Whether this process's event loop is near its limit, by what it did lately. A process that waits for a database is not. */
export function createBusy(): () => boolean {
  let from: EventLoopUtilization = performance.eventLoopUtilization();
  let isBusy = false;
  return () => {
    const { active, idle, utilization } = performance.eventLoopUtilization(from);
    if (active + idle < WINDOW) return isBusy;
    isBusy = utilization >= BUSY;
    from = performance.eventLoopUtilization();
    return isBusy;
  };
}

/**
 * How long the worker is to pause after a few tasks, in milliseconds: 0 unless there is a rush.
 *
 * @param isRush whether notifications come in faster than they are taken in whole
 */
export function createGivingWay(isRush: () => boolean): () => number {
  const isBusy = createBusy();
  return () => (isRush() ? PAUSE[isBusy() ? "busy" : "waiting"] : 0);
}
