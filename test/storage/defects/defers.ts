import { isLive } from "../../../lib/payment/payment.js";
import type { TaskChange } from "../../../lib/payment/task.js";
import type { DeferredTask, Storage } from "../../../lib/storage/storage.js";
import { defect, overlaid, roundTrip, type Defect } from "./defect.js";

/** Puts tasks of a payment with the version that it has; false if there is no such payment. */
const putQuietly = async (storage: Storage, id: string, tasks: readonly TaskChange[]): Promise<boolean> => {
  const payment = await storage.get(id);
  if (payment === undefined) return false;
  const change = { payment, isLive: isLive(payment), expectedVersion: payment.version, entries: [], tasks };
  return (await storage.commit(change)) === "committed";
};

const waitingIn = async (storage: Storage): Promise<DeferredTask[]> => {
  const { items } = await storage.tasks({ state: "waiting", limit: 1000 });
  return items.flatMap(({ task }) => (task.kind === "deliver" ? [] : [task]));
};

export const DEFER_DEFECTS: readonly Defect[] = [
  defect(
    "a task of a payment that there is not is stored all the same",
    "defer: says no, and stores nothing, for a payment whose id never was",
    (storage) => {
      const orphans: DeferredTask[] = [];
      return overlaid(storage, {
        defer: async (task) => {
          if (await storage.defer(task)) return true;
          if ((await storage.get(task.payment)) === undefined) orphans.push(task);
          return false;
        },
        tasks: async (query) => {
          const page = await storage.tasks(query);
          const left = orphans.map((task) => ({ task, state: "waiting" as const, attempts: 0 }));
          return { ...page, items: [...left, ...page.items] };
        },
      });
    },
  ),
  defect(
    "a task that is out is replaced by one that is deferred",
    "defer: says no where a task of that id is out, and leaves it with its holder",
    (storage) =>
      overlaid(storage, {
        defer: async (task) => {
          if (await storage.defer(task)) return true;
          const isOurs = (await waitingIn(storage)).some(
            ({ id, payment }) => id === task.id && payment === task.payment,
          );
          if (isOurs) await putQuietly(storage, task.payment, [task]);
          return false;
        },
      }),
  ),
  defect(
    "the id of a task that was given up is as good as free",
    "defer: says no where a task of that id was given up, and leaves it as it was",
    (storage) =>
      overlaid(storage, {
        defer: async (task) => {
          const { items } = await storage.tasks({ state: "dead", kind: task.kind, limit: 1000 });
          return items.some((dead) => dead.task.id === task.id)
            ? putQuietly(storage, task.payment, [task])
            : storage.defer(task);
        },
      }),
  ),
  defect(
    "a task that cannot be stored is answered as if it were",
    "defer: says no where a task of that id waits, and leaves it as it was",
    (storage) =>
      overlaid(storage, {
        defer: async (task) => (await storage.defer(task)) || (await storage.get(task.payment)) !== undefined,
      }),
  ),
  defect(
    "of those that are asked for in one turn each is answered like the first",
    "what is deferred: is all of many payments, each answered for itself",
    (storage) => {
      let first: Promise<boolean> | undefined;
      return overlaid(storage, {
        defer: async (task) => {
          const stored = storage.defer(task);
          first ??= stored.finally(() => {
            first = undefined;
          });
          const answer = first;
          await stored;
          return answer;
        },
      });
    },
  ),
  defect(
    "an id is looked at before the task is stored, and not then",
    "what is deferred: is of many at once one, where they have the same id",
    (storage) =>
      overlaid(storage, {
        defer: async (task) => {
          const { items } = await storage.tasks({ limit: 1000 });
          if (items.some((record) => record.task.id === task.id)) return false;
          await roundTrip();
          return (await storage.defer(task)) || putQuietly(storage, task.payment, [task]);
        },
      }),
  ),
  defect(
    "to defer a task is to change its payment",
    "defer: leaves the payment, its journal and its other tasks as they are",
    (storage) =>
      overlaid(storage, {
        defer: async (task) => {
          const isDeferred = await storage.defer(task);
          const payment = await storage.get(task.payment);
          if (isDeferred && payment !== undefined) {
            const next = { ...payment, version: payment.version + 1 };
            const change = { payment: next, isLive: isLive(next), expectedVersion: payment.version };
            await storage.commit({ ...change, entries: [], tasks: [] });
          }
          return isDeferred;
        },
      }),
  ),
  defect(
    "tasks are looked at before a payment is removed, and not then",
    "what is deferred: keeps the whole payment where others prune, or is refused with nothing of it left",
    (storage) =>
      overlaid(storage, {
        prune: async (request) => {
          const seen = new Set((await waitingIn(storage)).map(({ id }) => id));
          await roundTrip();
          for (const { id, payment } of await waitingIn(storage)) {
            if (!seen.has(id)) await putQuietly(storage, payment, [{ id, obsolete: true }]);
          }
          return storage.prune(request);
        },
      }),
  ),
];
