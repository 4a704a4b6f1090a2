import type { Clock } from "../ports.js";

/**
 * Lets something happen `most` times at once and then once in `interval` milliseconds; what is not used is saved up to `most`. Each call
 * takes one turn, if there is one.
 */
export function createTokenBucket(most: number, interval: number, clock: Clock): () => boolean {
  let left = most;
  let since = clock.now();
  return () => {
    const now = clock.now();
    // A clock that was set back begins anew, rather than give no turns until it has caught up.
    const earned = now < since ? 0 : Math.floor((now - since) / interval);
    since = now < since || left + earned >= most ? now : since + earned * interval;
    left = Math.min(most, left + earned);
    if (left === 0) return false;
    left--;
    return true;
  };
}
