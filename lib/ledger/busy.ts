import { performance, type EventLoopUtilization } from "node:perf_hooks";

/** The event loop is busy when it had something to do for so much of the time. */
export const BUSY = 0.8;

/** The time that is looked at, in milliseconds, at least. */
const WINDOW = 50;

/**
 * Whether this process's event loop is near its limit, by what it did lately. A process that waits for a database or a disk is not: then work for
 * nobody in particular takes nothing from those who wait for an answer.
 */
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
