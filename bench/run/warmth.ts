import type { Contender } from "./race.js";
import type { RunningShop } from "./running-shop.js";

/** What each shop has been warmed up with, and when it was last sent something. */
const warm = new WeakMap<RunningShop, { readonly requests: Set<string>; last: number }>();

const requestsOf = ({ records, once }: Contender): string => `${records.file} ${once ? "once" : "again and again"}`;

/** Notes that a contender has just been sent its requests. */
export function keepWarm(contender: Contender): void {
  const { shop } = contender;
  const requests = warm.get(shop)?.requests ?? new Set<string>();
  warm.set(shop, { requests: requests.add(requestsOf(contender)), last: performance.now() });
}

/** Whether a contender's shop has been sent such requests, and something at all in the last so many seconds. */
export function isWarm(contender: Contender, seconds: number): boolean {
  const known = warm.get(contender.shop);
  return known?.requests.has(requestsOf(contender)) === true && performance.now() - known.last < seconds * 1000;
}
