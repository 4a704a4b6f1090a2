import { COUNTED, type Need } from "../../pages/operations/needs-section.js";
import { ATTENTIONS, type Attention } from "../../payment/attention.js";
import type { Clock } from "../../ports.js";
import type { Storage } from "../../storage/storage.js";

const NAMES: Readonly<Record<Attention, string>> = {
  conflict: "conflicts to look at",
  unknown: "outcomes unknown",
  expiring: "holds end within a day",
};

/** What needs a person now, counted as far as it matters. */
export async function attentionCounts(storage: Storage, clock: Clock, root: string): Promise<Need[]> {
  const now = clock.now();
  const [{ waiting }, ...counts] = await Promise.all([
    // An empty range: only what is waiting now is wanted.
    storage.overview({ from: now, to: now }),
    ...ATTENTIONS.map(async (attention) => (await storage.list({ attention, limit: COUNTED + 1 })).items.length),
  ]);
  return [
    ...ATTENTIONS.map((attention, index) => ({
      name: NAMES[attention],
      count: counts[index] ?? 0,
      href: `${root}?attention=${attention}`,
    })),
    { name: "hooks failing", count: waiting.failing, href: `${root}events?state=waiting` },
    { name: "hooks given up", count: waiting.dead, href: `${root}events?state=dead` },
  ];
}
