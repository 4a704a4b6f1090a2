/** Milliseconds. */
const SHORTEST = 5;
const LONGEST = 250;

/** Milliseconds to wait before the next try, growing and scattered so that two instances do not stay in step. */
export const backOff = (tries: number): number =>
  Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2);

/** How long a connection is waited for, however short the time, in milliseconds: the pool may have to make one first, over the network. */
const SHORTEST_CONNECT = 1000;

/** Until when something is tried. */
export interface Deadline {
  readonly isOver: () => boolean;
  /** Milliseconds; at least one. */
  readonly left: () => number;
  /** Milliseconds in which a connection may still come; at least one. */
  readonly leftToConnect: () => number;
}

export const deadlineIn = (ms: number): Deadline => {
  const since = performance.now();
  const leftOf = (all: number): number => Math.max(1, since + all - performance.now());
  return {
    isOver: () => performance.now() >= since + ms,
    left: () => leftOf(ms),
    leftToConnect: () => leftOf(Math.max(ms, SHORTEST_CONNECT)),
  };
};

export const pause = (tries: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, backOff(tries)));
