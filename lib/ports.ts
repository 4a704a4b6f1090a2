/** What the core takes from outside, so that a whole history can be replayed from a seed. */

import { randomBytes } from "node:crypto";

/** Where the time comes from. All times in the kit are epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `action` once after `ms` milliseconds; the returned function calls it off. Must not keep the process alive. */
  after(ms: number, action: () => void): () => void;
}

/** Where unguessable bytes come from. */
export type Random = (bytes: number) => Buffer;

/** What the kit needs of a logger: pino's own shape, so a pino logger or a child of one fits as it is. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** Where it has this, every payment's lines are written through a child of their own. */
  child?(bindings: { readonly payment: string }): Logger;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

/** How many bytes are asked of the system at once: to ask costs more than the bytes do. */
const FETCHED = 4096;
let fetched = Buffer.alloc(0);

/** None are handed out twice, or left behind in memory by this. */
export const systemRandom: Random = (bytes) => {
  if (bytes > FETCHED) return randomBytes(bytes);
  if (bytes > fetched.length) fetched = randomBytes(FETCHED);
  const taken = Buffer.from(fetched.subarray(0, bytes));
  fetched.fill(0, 0, bytes);
  fetched = fetched.subarray(bytes);
  return taken;
};

/** Waits so many milliseconds. Unlike the clock's timers it keeps the process alive, for work that somebody waits for. */
export const systemPause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Lets everything else that is ready in the event loop have its turn: answers that came in, and what waits to be sent. */
export const turnOfTheLoop = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Does what somebody waits for with the process kept alive, though there be nothing to wait for but the clock's timers. */
export const keepingAlive = async <T>(work: Promise<T>): Promise<T> => {
  const held = setInterval(() => undefined, 2 ** 30);
  try {
    return await work;
  } finally {
    clearInterval(held);
  }
};
