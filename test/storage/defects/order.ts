import type { DeliverTask } from "../../../lib/payment/task.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { defect, overlaid, roundTrip, type Defect } from "./defect.js";

/** A payment's events that wait, whether they are due or not. */
const waitingOf = async (storage: Storage, payment: string): Promise<DeliverTask[]> => {
  const { items } = await storage.tasks({ kind: "deliver", state: "waiting", payment, limit: 1000 });
  return items.flatMap(({ task }) => (task.kind === "deliver" ? [task] : []));
};

/** An event that was given up. */
const deadEvent = async (storage: Storage, id: string): Promise<DeliverTask | undefined> => {
  const { items } = await storage.tasks({ kind: "deliver", state: "dead", limit: 1000 });
  return items.flatMap(({ task }) => (task.kind === "deliver" && task.id === id ? [task] : []))[0];
};

/** Events that are not to be claimed before a time, or until another one is settled, though they are the next. */
const withUnready = (storage: Storage, unready: Map<string, number>): Pick<Storage, "settle" | "claim"> => ({
  settle: async (task, outcome) => {
    const others = await waitingOf(storage, task.task.payment);
    const isSettled = await storage.settle(task, outcome);
    if (isSettled) for (const { id } of others) unready.delete(id);
    return isSettled;
  },
  claim: async (request) =>
    (await storage.claim(request)).filter(({ task }) => (unready.get(task.id) ?? 0) <= request.now),
});

export const ORDER_DEFECTS: readonly Defect[] = [
  defect(
    "whether an event is the next is looked at before it is stored, and not then",
    "events of one payment, beside others: come all, where one is settled while the next is stored",
    (storage) => {
      const unready = new Map<string, number>();
      return overlaid(storage, {
        ...withUnready(storage, unready),
        commit: async (handed) => {
          const change = structuredClone(handed);
          const { id } = change.payment;
          const before = await waitingOf(storage, id);
          const outcome = await storage.commit(change);
          if (outcome !== "committed") return outcome;
          for (const task of change.tasks) {
            if ("obsolete" in task) unready.clear();
            else if (task.kind === "deliver" && before.some(({ sequence }) => sequence < task.sequence)) {
              unready.set(task.id, Infinity);
            }
          }
          return outcome;
        },
      });
    },
  ),
  defect(
    "an event that is redriven is held up by one that was out when somebody looked",
    "events of one payment, beside others: come all, where an earlier one is redriven while a later one is settled",
    (storage) => {
      const unready = new Map<string, number>();
      const over = withUnready(storage, unready);
      /** Until when an event of a payment is out. */
      const out = new Map<string, number>();
      return overlaid(storage, {
        claim: async (request) => {
          const claimed = await over.claim(request);
          for (const { task } of claimed) {
            if (task.kind === "deliver") out.set(task.payment, request.now + request.lease);
          }
          return claimed;
        },
        settle: async (task, outcome) => {
          const isSettled = await over.settle(task, outcome);
          if (isSettled) out.delete(task.task.payment);
          return isSettled;
        },
        redrive: async (id, now) => {
          const until = out.get((await deadEvent(storage, id))?.payment ?? "");
          const isRedriven = await storage.redrive(id, now);
          if (isRedriven && until !== undefined) unready.set(id, until);
          return isRedriven;
        },
      });
    },
  ),
  defect(
    "an event is redriven beside a later one that is claimed since somebody looked",
    "events of one payment, beside others: are never two out where an earlier one is redriven while a later one is claimed",
    (storage) => {
      const out = new Set<string>();
      const dead = new Map<string, DeliverTask>();
      /** Those that nobody holds up any more, by their payments. */
      const free = new Map<string, DeliverTask>();
      return overlaid(storage, {
        claim: async (request) => {
          const claimed = await storage.claim(request);
          for (const { task } of claimed) {
            if (task.kind === "deliver") out.add(task.payment);
            if (free.get(task.payment)?.id === task.id) free.delete(task.payment);
          }
          for (const [payment, task] of free) {
            if (!out.has(payment)) continue;
            free.delete(payment);
            claimed.push({ task, attempts: 1, lease: `free ${task.id}` });
          }
          return claimed;
        },
        settle: (task, outcome) => {
          out.delete(task.task.payment);
          if ("dead" in outcome && task.task.kind === "deliver") dead.set(task.task.id, task.task);
          return storage.settle(task, outcome);
        },
        redrive: async (id, now) => {
          const task = dead.get(id);
          const isOut = task === undefined || out.has(task.payment);
          await roundTrip();
          if (!isOut) free.set(task.payment, { ...task, dueAt: now });
          return storage.redrive(id, now);
        },
      });
    },
  ),
];
