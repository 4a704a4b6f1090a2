import type { Contender } from "../run/race.js";
import { acknowledgedBy } from "../run/sending.js";
import type { Counts } from "../shops/shop.js";

/**
 * Nothing durable is given up for a figure: a shop that was sent each request once has written down as many payments as opened, or as
 * authorized, as it has acknowledged requests. Throws an Error that names the one that has not.
 */
export async function checkKept(contenders: readonly Contender[], what: keyof Counts): Promise<void> {
  for (const { name, shop, once, had = 0 } of contenders) {
    if (!once) continue;
    const kept = (await shop.count())?.[what];
    const acknowledged = acknowledgedBy(shop);
    if (kept === undefined || kept - had < acknowledged) {
      const more = kept === undefined ? "none" : kept - had;
      throw new Error(`${name} acknowledged ${acknowledged} requests, and kept ${more} payments as ${what}.`);
    }
  }
}
