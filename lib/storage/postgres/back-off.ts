/** Milliseconds. */
const SHORTEST = 5;
const LONGEST = 250;

/** Milliseconds to wait before the next try, growing and scattered so that two instances do not stay in step. */
export const backOff = (tries: number): number =>
  Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2);

/** Until when something is tried. */
export interface Deadline {
  readonly isOver: () => boolean;
  /** Milliseconds; at least one. */
  readonly left: () => number;
}

export const deadlineIn = (ms: number): Deadline => {
  const until = performance.now() + ms;
  return { isOver: () => performance.now() >= until, left: () => Math.max(1, until - performance.now()) };
};

export const pause = (tries: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, backOff(tries)));
