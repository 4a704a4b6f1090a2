import { restsSince } from "../../../lib/payment/at-rest.js";
import type { JournalEntry } from "../../../lib/payment/journal.js";
import { defect, freeOrder, overlaid, roundTrip, type Defect } from "./defect.js";

export const PRUNE_DEFECTS: readonly Defect[] = [
  defect(
    "a payment is removed though one of its events was given up",
    "prune: keeps a payment of which a task waits, is out or was given up, until it is done",
    (storage) =>
      overlaid(storage, {
        prune: async (request) => {
          for (const { task } of (await storage.tasks({ state: "dead", limit: 1000 })).items) {
            await storage.redrive(task.id, 0);
            const [claimed] = await storage.claim({ now: 0, lease: 1, limit: 1 });
            if (claimed !== undefined) await storage.settle(claimed, { done: true });
          }
          return storage.prune(request);
        },
      }),
  ),
  defect("the journals stay behind", "prune: removes a payment with its journal and its events", (storage) => {
    const kept = new Map<string, JournalEntry[]>();
    return overlaid(storage, {
      prune: async (request) => {
        for (const { id } of (await storage.list({ limit: 1000 })).items) kept.set(id, await storage.journal(id));
        return storage.prune(request);
      },
      journal: async (id) => {
        const entries = await storage.journal(id);
        return entries.length > 0 ? entries : (kept.get(id) ?? []);
      },
    });
  }),
  defect(
    "a payment that is removed takes its order from the one that is live",
    "prune: leaves the order to its live payment where another one of it goes",
    (storage) =>
      overlaid(storage, {
        prune: async (request) => {
          const { items } = await storage.list({ limit: 1000 });
          const removed = await storage.prune(request);
          for (const { id, orderId } of items) {
            if ((await storage.get(id)) === undefined) await freeOrder(storage, orderId);
          }
          return removed;
        },
      }),
  ),
  defect(
    "whatever is at rest is removed, however new it is",
    "prune: goes by the time since when a payment rests, and by the one of its two kinds",
    (storage) =>
      overlaid(storage, {
        prune: (request) =>
          storage.prune({ ...request, unpaidBefore: Number.MAX_SAFE_INTEGER, paidBefore: Number.MAX_SAFE_INTEGER }),
      }),
  ),
  defect(
    "a payment that was paid goes when an unpaid one would",
    "prune: counts as paid what was given back, and what Antom's word leaves in doubt",
    (storage) =>
      overlaid(storage, { prune: (request) => storage.prune({ ...request, paidBefore: request.unpaidBefore }) }),
  ),
  defect(
    "a payment is looked at before, and not when it is removed",
    "prune beside others: lets a refund that begins have the whole payment, or finds it stale with nothing of it left",
    (storage) => {
      const lost = new Set<string>();
      const hidden = <T>(id: string, value: Promise<T>, nothing: T): Promise<T> =>
        lost.has(id) ? Promise.resolve(nothing) : value;
      return overlaid(storage, {
        prune: async (request) => {
          const { items } = await storage.list({ limit: 1000 });
          const seen = items.filter((payment) => (restsSince(payment) ?? Infinity) < request.paidBefore);
          await roundTrip();
          const removed = await storage.prune(request);
          for (const { id, version } of seen) {
            const now = await storage.get(id);
            if (now !== undefined && now.version > version) lost.add(id);
          }
          return removed;
        },
        get: (id) => hidden(id, storage.get(id), undefined),
        journal: (id) => hidden(id, storage.journal(id), []),
      });
    },
  ),
];
