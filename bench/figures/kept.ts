import type { Contender, Rounds } from "../run/race.js";

/**
 * Nothing durable is given up for a figure: a shop that was sent each notification once has written down as many payments as authorized as
 * it has acknowledged.
 */
export async function checkKept(contenders: readonly Contender[], rounds: Rounds): Promise<void> {
  for (const { name, shop, once } of contenders) {
    if (!once) continue;
    const counts = await shop.count();
    const answered = (rounds.get(name) ?? []).reduce((sum, { answers }) => sum + answers, 0);
    if (counts === undefined || counts.authorized < answered) {
      throw new Error(
        `${name} acknowledged ${answered} notifications and more, and kept ${String(counts?.authorized)}.`,
      );
    }
  }
}
