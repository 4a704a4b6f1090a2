import type { TaskChange } from "../../../lib/payment/task.js";
import type { ClaimedTask, Storage } from "../../../lib/storage/storage.js";
import { defect, overlaid, type Defect } from "./defect.js";

/** Lays what is done to tasks over both steps that put them. */
const putting = (storage: Storage, put: (tasks: readonly TaskChange[]) => TaskChange[]): Partial<Storage> => ({
  commit: (change) => storage.commit({ ...change, tasks: put(change.tasks) }),
});

/** Has events come in the order of what their numbers are made into. */
const numbering = (storage: Storage, made: (sequence: number) => number): Storage =>
  overlaid(storage, {
    ...putting(storage, (tasks) =>
      tasks.map((task) =>
        "kind" in task && task.kind === "deliver" ? { ...task, sequence: made(task.sequence) } : task,
      ),
    ),
    claim: async (request) =>
      (await storage.claim(request)).map((claimed) =>
        claimed.task.kind === "deliver"
          ? { ...claimed, task: { ...claimed.task, sequence: claimed.task.event.sequence } }
          : claimed,
      ),
  });

const paymentOf = ({ task }: ClaimedTask): string => task.payment;

export const TASK_DEFECTS: readonly Defect[] = [
  defect(
    "a double claim: two workers that ask at once are given the same",
    "claim: gives each task to one of many workers",
    (storage) => {
      let asked: Promise<ClaimedTask[]> | undefined;
      return overlaid(storage, {
        claim: (request) => {
          asked ??= storage.claim(request).finally(() => {
            asked = undefined;
          });
          return asked;
        },
      });
    },
  ),
  defect(
    "a lease without fencing: whoever had the task may settle it",
    'settle: refuses "done" from a worker whose lease another has taken over',
    (storage) => {
      const leases = new Map<string, string>();
      return overlaid(storage, {
        claim: async (request) => {
          const claimed = await storage.claim(request);
          for (const { task, lease } of claimed) leases.set(task.id, lease);
          return claimed;
        },
        settle: (task, outcome) => storage.settle({ ...task, lease: leases.get(task.task.id) ?? task.lease }, outcome),
      });
    },
  ),
  defect(
    "leases that are alike: the number of the attempt",
    "redrive: takes a task that is out from its holder",
    (storage) => {
      const leases = new Map<string, string>();
      const nameOf = ({ task, attempts }: ClaimedTask): string => `${task.id} ${attempts}`;
      return overlaid(storage, {
        claim: async (request) => {
          const claimed = await storage.claim(request);
          for (const task of claimed) leases.set(nameOf(task), task.lease);
          return claimed.map((task) => ({ ...task, lease: nameOf(task) }));
        },
        settle: (task, outcome) => storage.settle({ ...task, lease: leases.get(task.lease) ?? "" }, outcome),
      });
    },
  ),
  defect(
    "the order is broken: events come as they were put",
    "events of one payment: come in the order of their numbers, however they were put and whenever they are due",
    (storage) => numbering(storage, () => 1),
  ),
  defect(
    "events are in order as texts are: the tenth before the second",
    "events of one payment: come in the order of their numbers, however many there are",
    (storage) =>
      numbering(storage, (sequence) => Number(`${String(sequence).padEnd(4, "0")}${String(sequence).length}`)),
  ),
  defect(
    "a claim that is given back untried counts",
    "settle: does not count a claim that is given back untried",
    (storage) =>
      overlaid(storage, {
        settle: (task, outcome) => {
          if (!("again" in outcome)) return storage.settle(task, outcome);
          const { isUntried: _isUntried, ...counted } = outcome;
          return storage.settle(task, counted);
        },
      }),
  ),
  defect(
    "a task is taken over of which the claim before was settled",
    "events of one payment: are taken over where the claim before was never settled, and say so only then",
    (storage) =>
      overlaid(storage, {
        claim: async (request) =>
          (await storage.claim(request)).map((claimed) =>
            claimed.attempts > 1 ? { ...claimed, isTakenOver: true } : claimed,
          ),
      }),
  ),
  defect(
    "an event that is put off lets the later ones pass",
    "events of one payment: are held up by an earlier one that is put off",
    (storage) => {
      const putOff = new Map<string, number>();
      return overlaid(storage, {
        settle: async (task, outcome) => {
          const isSettled = await storage.settle(task, "again" in outcome ? { dead: "put off" } : outcome);
          if (isSettled && "again" in outcome) putOff.set(task.task.id, outcome.again);
          return isSettled;
        },
        claim: async (request) => {
          for (const [id, at] of putOff) {
            if (at <= request.now && putOff.delete(id)) await storage.redrive(id, at);
          }
          return storage.claim(request);
        },
      });
    },
  ),
  defect(
    "an event that was given up holds up the later ones",
    "events of one payment: go on when an earlier one has been given up",
    (storage) => {
      const blocked = new Set<string>();
      return overlaid(storage, {
        settle: async (task, outcome) => {
          if ("dead" in outcome) blocked.add(paymentOf(task));
          return storage.settle(task, outcome);
        },
        claim: async (request) => (await storage.claim(request)).filter((task) => !blocked.has(paymentOf(task))),
      });
    },
  ),
  defect(
    "a task that is replaced keeps its lease",
    'settle: refuses "done" from a worker whose task was put anew meanwhile',
    (storage) => {
      const out = new Set<string>();
      return overlaid(storage, {
        ...putting(storage, (tasks) => tasks.filter(({ id }) => !out.has(id))),
        claim: async (request) => {
          const claimed = await storage.claim(request);
          for (const { task } of claimed) out.add(task.id);
          return claimed;
        },
        settle: (task, outcome) => {
          out.delete(task.task.id);
          return storage.settle(task, outcome);
        },
      });
    },
  ),
  defect("what is done is redriven", "redrive: says no to what is done or was never there", (storage) =>
    overlaid(storage, {
      redrive: async (id, now) => {
        await storage.redrive(id, now);
        return true;
      },
    }),
  ),
  defect("leases go by the storage's own clock", "times: are the caller's, also where it is 0", (storage) =>
    overlaid(storage, { claim: (request) => storage.claim({ ...request, now: Date.now() }) }),
  ),
  defect(
    "what is claimed goes by when it is due, also where a lease ran out since",
    "claim: gives first what could be claimed first, which may be since a lease ran out",
    (storage) =>
      overlaid(storage, {
        claim: async (request) => (await storage.claim(request)).sort((a, b) => a.task.dueAt - b.task.dueAt),
      }),
  ),
  defect(
    "tasks that are held up use up the limit",
    "events of one payment: do not use up the limit while they are held up",
    (storage) =>
      overlaid(storage, {
        claim: async (request) => {
          const { items } = await storage.tasks({ state: "waiting", limit: 1000 });
          const due = items.filter(({ task }) => task.dueAt <= request.now).map(({ task }) => task);
          const first = due.sort((a, b) => a.dueAt - b.dueAt).slice(0, request.limit);
          const ids = new Set(first.map(({ id }) => id));
          return (await storage.claim({ ...request, limit: 500 })).filter(({ task }) => ids.has(task.id));
        },
      }),
  ),
  defect(
    "a task that is put anew is removed and inserted",
    "a task that is put anew: keeps its place among the tasks, whatever becomes of them",
    (storage) =>
      overlaid(
        storage,
        putting(storage, (tasks) =>
          tasks.flatMap((task) => ("obsolete" in task ? [task] : [{ id: task.id, obsolete: true as const }, task])),
        ),
      ),
  ),
  defect(
    "a task that is put anew keeps its error",
    "a task that is put anew: starts afresh where it was given up, and has lost its error",
    (storage) => {
      const errors = new Map<string, string>();
      return overlaid(storage, {
        commit: async (handed) => {
          const change = structuredClone(handed);
          for (const { task, lastError } of (await storage.tasks({ limit: 1000 })).items) {
            if (lastError !== undefined && change.tasks.some(({ id }) => id === task.id))
              errors.set(task.id, lastError);
          }
          return storage.commit(change);
        },
        tasks: async (query) => {
          const page = await storage.tasks(query);
          const items = page.items.map((record) => {
            const lastError = record.lastError ?? errors.get(record.task.id);
            return lastError === undefined ? record : { ...record, lastError };
          });
          return { ...page, items };
        },
      });
    },
  ),
  defect(
    "a task that is put anew while it is put off keeps its error",
    "a task that is put anew: starts afresh where it was put off, and has lost its error",
    (storage) => {
      const again = new Set<string>();
      return overlaid(storage, {
        settle: async (task, outcome) => {
          const isSettled = await storage.settle(task, outcome);
          if (isSettled && "again" in outcome && outcome.error !== undefined) again.add(task.task.id);
          return isSettled;
        },
        tasks: async (query) => {
          const page = await storage.tasks(query);
          const items = page.items.map((record) =>
            record.attempts === 0 && again.has(record.task.id) ? { ...record, lastError: "no answer" } : record,
          );
          return { ...page, items };
        },
      });
    },
  ),
  defect(
    "the attempts of a dead task are put at nought when it is redriven, those of a waiting one are not",
    "redrive: puts the attempts of a waiting task at nought, whether it is put off or out",
    (storage) => {
      const before = new Map<string, number>();
      const counted = <T extends { readonly task: { readonly id: string }; readonly attempts: number }>(of: T): T => ({
        ...of,
        attempts: of.attempts + (before.get(of.task.id) ?? 0),
      });
      return overlaid(storage, {
        redrive: async (id, now) => {
          const { items } = await storage.tasks({ state: "waiting", limit: 1000 });
          const waiting = items.find(({ task }) => task.id === id);
          if (waiting !== undefined) before.set(id, counted(waiting).attempts);
          return storage.redrive(id, now);
        },
        claim: async (request) => (await storage.claim(request)).map(counted),
        tasks: async (query) => {
          const page = await storage.tasks(query);
          return { ...page, items: page.items.map(counted) };
        },
      });
    },
  ),
];
