import { expect } from "chai";
import fc from "fast-check";
import { isLive, type Payment } from "../../lib/payment/payment.js";
import { recordTaskId, type TaskChange } from "../../lib/payment/task.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import type { ClaimedTask, Storage, TaskOutcome, TaskQuery } from "../../lib/storage/storage.js";
import {
  deliver,
  idsOf,
  inquire,
  NOW,
  opening,
  recording,
  sampleEntry,
  samplePayment,
} from "../../lib/storage/conformance/samples.js";
import { makeFolder } from "./sqlite/folder.js";

/**
 * The memory storage says plainly what is claimable and what is not; the SQLite storage keeps it in a column. Whatever is
 * asked of both, in whatever order, they have to answer the same.
 */
type Action =
  | { readonly do: "open"; readonly payment: number }
  | {
      readonly do: "commit";
      readonly payment: number;
      readonly status: Payment["status"];
      readonly tasks: readonly Put[];
      readonly isStale: boolean;
    }
  | { readonly do: "claim"; readonly lease: number; readonly later: number; readonly limit: number }
  | { readonly do: "settle"; readonly nth: number; readonly outcome: number; readonly later: number }
  | { readonly do: "redrive"; readonly id: string }
  | { readonly do: "record"; readonly payment: number; readonly later: number }
  | { readonly do: "defer"; readonly payment: number; readonly id: string; readonly later: number }
  | { readonly do: "prune"; readonly limit: number }
  | { readonly do: "list"; readonly query: Omit<TaskQuery, "limit"> };

type Put =
  | { readonly put: "deliver"; readonly sequence: number; readonly later: number }
  | { readonly put: "inquire" | "record" | "no record"; readonly later: number }
  | { readonly put: "nothing"; readonly sequence: number };

const PAYMENTS = 3;
/** A unit of time, in milliseconds: more than there are times in a play. */
const STEP = 1000;
const payment = fc.nat(PAYMENTS - 1);
const sequence = fc.integer({ min: 1, max: 4 });
const later = fc.integer({ min: -20, max: 60 });
const named = fc.tuple(fc.constantFrom("record", "deferred"), payment).map(([kind, p]) => `${kind}:p${String(p)}`);
const put: fc.Arbitrary<Put> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ put: fc.constant("deliver" as const), sequence, later }) },
  fc.record({ put: fc.constantFrom("inquire" as const, "record" as const, "no record" as const), later }),
  fc.record({ put: fc.constant("nothing" as const), sequence }),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant("open" as const), payment }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("commit" as const),
      payment,
      status: fc.constantFrom("authorized" as const, "authorized" as const, "failed" as const),
      tasks: fc.array(put, { maxLength: 4 }),
      isStale: fc.nat(9).map((chance) => chance === 0),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("claim" as const),
      lease: fc.integer({ min: 1, max: 50 }),
      later: fc.nat(30),
      limit: fc.constantFrom(1, 2, 3, 100, 100),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("settle" as const), nth: fc.nat(3), outcome: fc.nat(3), later }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("redrive" as const),
      id: fc.oneof(
        named,
        fc.tuple(payment, sequence).map(([p, s]) => `p${String(p)}:${String(s)}`),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("record" as const), payment, later }) },
  fc.record({ do: fc.constant("defer" as const), payment, id: named, later }),
  fc.record({ do: fc.constant("prune" as const), limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    do: fc.constant("list" as const),
    query: fc.oneof(
      fc.constantFrom({}, { kind: "record" as const }, { kind: "deliver" as const }, { state: "dead" as const }),
      payment.map((p) => ({ payment: `p${String(p)}` })),
    ),
  }),
);

const changesOf = (of: Payment, puts: readonly Put[], at: (later: number) => number): TaskChange[] => {
  // Where one that is another payment's is to go and to be put, either may be looked at first.
  const isPut = puts.some(({ put }) => put === "record");
  const kept = puts.filter(({ put }) => put !== "no record" || !isPut);
  return kept.map((each) => {
    if (each.put === "deliver") return deliver(of, each.sequence, at(each.later));
    if (each.put === "inquire") return inquire(of, at(each.later));
    if (each.put === "record") return recording(of, at(each.later));
    return { id: each.put === "nothing" ? `${of.id}:${String(each.sequence)}` : recordTaskId(of.id), obsolete: true };
  });
};

const outcomeOf = (which: number, at: number): TaskOutcome => {
  if (which < 2) return { done: true };
  if (which < 4) return { again: at, error: "again", ...(which === 3 ? { isUntried: true } : {}) };
  return { dead: "dead" };
};

/** The tasks by their ids: what was deferred may take its place among them late. */
const tasksOf = async (storage: Storage, query: Omit<TaskQuery, "limit">): Promise<unknown[]> => {
  const { items } = await storage.tasks({ ...query, limit: 100 });
  return items.toSorted((a, b) => (a.task.id < b.task.id ? -1 : 1));
};

/** Does the actions to one storage and writes down all it answers; leases are told by who holds them, not by their words. */
const playTo = async (storage: Storage, actions: readonly Action[]): Promise<unknown[]> => {
  const answers: unknown[] = [];
  const held: ClaimedTask[] = [];
  let now = NOW;
  let times = 0;
  /** No two are alike, or the places of the tasks would tell which is claimed first. */
  const at = (later: number): number => now + later * STEP + ++times;
  for (const each of actions) {
    switch (each.do) {
      case "open": {
        // Two payments of one order and one of another, so that there is something to be occupied by.
        const made = samplePayment(`p${String(each.payment)}`, { orderId: `order${String(each.payment % 2)}` });
        answers.push(await storage.open(opening(made)).catch(() => "refused"));
        break;
      }
      case "commit": {
        const before = await storage.get(`p${String(each.payment)}`);
        if (before === undefined) break;
        const after = { ...before, version: before.version + 1, status: each.status };
        const expectedVersion = each.isStale ? before.version - 1 : before.version;
        const tasks = changesOf(samplePayment(before.id), each.tasks, at);
        const change = { payment: after, isLive: isLive(after), expectedVersion, entries: [sampleEntry(after)], tasks };
        const outcome = await storage.commit(change).catch(() => "refused");
        // The id of its `record` task may be another payment's, and the version stale as well: either may be looked at first.
        const isSure = !tasks.some((task) => "kind" in task && task.kind === "record");
        answers.push(isSure || outcome === "committed" ? outcome : "not committed");
        break;
      }
      case "claim": {
        now += each.later * STEP;
        const claimed = await storage.claim({ now, lease: at(each.lease) - now, limit: each.limit });
        answers.push(
          idsOf(claimed),
          claimed.map(({ attempts, task, isTakenOver }) => [attempts, task, isTakenOver]),
        );
        held.push(...claimed);
        // Leases that end together leave the order to the tasks' places, and that of what was deferred may be another.
        const apart = claimed.length > 1 ? claimed.filter(({ task }) => task.kind === "record") : [];
        for (const [nth, task] of apart.entries()) {
          answers.push(await storage.settle(task, outcomeOf(2 + (nth % 2), at(1))));
        }
        break;
      }
      case "settle": {
        const task = held.at(-1 - each.nth);
        if (task !== undefined) answers.push(await storage.settle(task, outcomeOf(each.outcome, at(each.later))));
        break;
      }
      case "redrive":
        answers.push(await storage.redrive(each.id, at(-1)));
        break;
      case "record":
        answers.push(await storage.defer(recording({ id: `p${String(each.payment)}` }, at(each.later))));
        break;
      case "defer": {
        // Of another payment now and then, so that its id may be taken.
        const made = samplePayment(`p${String(each.payment)}`);
        answers.push(await storage.defer(inquire(made, at(each.later), each.id)));
        break;
      }
      case "prune": {
        // Whoever fails is at rest: all of these go that no task holds. Each time is another one, for a new look from the start.
        const before = Number.MAX_SAFE_INTEGER - answers.length;
        answers.push(await storage.prune({ unpaidBefore: before, paidBefore: before, limit: each.limit }));
        break;
      }
      case "list":
        answers.push(await tasksOf(storage, each.query));
        break;
    }
  }
  answers.push(await tasksOf(storage, {}));
  for (let i = 0; i < PAYMENTS; i++) {
    answers.push(await storage.get(`p${String(i)}`), await storage.journal(`p${String(i)}`));
  }
  return answers;
};

describe("memoryStorage and sqliteStorage", () => {
  it("answer the same, whatever is asked of them in whatever order", async function () {
    const runs = Number(process.env["AGREEMENT_RUNS"] ?? 40);
    this.timeout(20_000 + runs * 500);
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 60 }), async (actions) => {
        const folder = makeFolder();
        const sqlite = sqliteStorage(folder.path("payments.db"));
        await sqlite.start();
        try {
          expect(await playTo(sqlite, actions)).to.deep.equal(await playTo(memoryStorage(), actions));
        } finally {
          await sqlite.stop();
          folder.remove();
        }
      }),
      { numRuns: runs },
    );
  });
});
