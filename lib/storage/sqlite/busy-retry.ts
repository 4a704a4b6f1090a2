import { isBusy } from "./errors.js";

const SHORTEST = 2;
const LONGEST = 20;

/** Milliseconds to wait before the next try, growing from a few to twenty, scattered so that two processes do not stay in step. */
export const backOff = (tries: number): number =>
  Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2);

/** Does the work as soon as no other connection is in the way, without blocking the event loop meanwhile; gives up with SQLite's error after `timeout` milliseconds. */
export const patiently = async <T>(timeout: number, work: () => T): Promise<T> => {
  const since = performance.now();
  for (let tries = 0; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - since >= timeout) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, backOff(tries)));
  }
};
