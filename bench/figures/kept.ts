import { acknowledgedBy, type Contender } from "../run/race.js";

/**
 * Nothing durable is given up for a figure: a shop that was sent each notification once has written down as many payments as authorized as
 * it has acknowledged.
 */
export async function checkKept(contenders: readonly Contender[]): Promise<void> {
  for (const { name, shop, once } of contenders) {
    if (!once) continue;
    const counts = await shop.count();
    const acknowledged = acknowledgedBy(shop);
    if (counts === undefined || counts.authorized < acknowledged) {
      throw new Error(`${name} acknowledged ${acknowledged} notifications, and kept ${String(counts?.authorized)}.`);
    }
  }
}
