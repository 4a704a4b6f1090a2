import type { Clock } from "../ports.js";

/** Payments remembered at most; the longest ago is forgotten first. */
const REMEMBERED = 10_000;

/** Lets something happen at most once in `interval` milliseconds for each id. */
export function createRateLimit(interval: number, clock: Clock): (id: string) => boolean {
  const last = new Map<string, number>();
  return (id) => {
    const now = clock.now();
    const before = last.get(id);
    if (before !== undefined && now >= before && now - before < interval) return false;
    last.delete(id);
    last.set(id, now);
    if (last.size > REMEMBERED) {
      const [oldest] = last.keys();
      if (oldest !== undefined) last.delete(oldest);
    }
    return true;
  };
}
