import { expect } from "chai";
import fc from "fast-check";
import { isLive, type Payment } from "../../lib/payment/payment.js";
import type { TaskChange } from "../../lib/payment/task.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import type { ClaimedTask, Storage, TaskOutcome } from "../../lib/storage/storage.js";
import {
  deliver,
  idsOf,
  inquire,
  NOW,
  opening,
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
  | { readonly do: "claim"; readonly lease: number; readonly later: number }
  | { readonly do: "settle"; readonly nth: number; readonly outcome: number; readonly later: number }
  | { readonly do: "redrive"; readonly id: string }
  | { readonly do: "defer"; readonly payment: number; readonly task: number; readonly later: number }
  | { readonly do: "prune"; readonly limit: number };

type Put =
  | { readonly put: "deliver"; readonly sequence: number; readonly later: number }
  | { readonly put: "inquire"; readonly later: number }
  | { readonly put: "nothing"; readonly sequence: number };

const PAYMENTS = 3;
const payment = fc.nat(PAYMENTS - 1);
const sequence = fc.integer({ min: 1, max: 4 });
const later = fc.integer({ min: -20, max: 60 });
const put: fc.Arbitrary<Put> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ put: fc.constant("deliver" as const), sequence, later }) },
  fc.record({ put: fc.constant("inquire" as const), later }),
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
      id: fc.tuple(payment, sequence).map(([p, s]) => `p${String(p)}:${String(s)}`),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("defer" as const), payment, task: payment, later }) },
  fc.record({ do: fc.constant("prune" as const), limit: fc.integer({ min: 1, max: 3 }) }),
);

const changesOf = (of: Payment, puts: readonly Put[], now: number): TaskChange[] =>
  puts.map((each) => {
    if (each.put === "deliver") return deliver(of, each.sequence, now + each.later);
    if (each.put === "inquire") return inquire(of, now + each.later);
    return { id: `${of.id}:${String(each.sequence)}`, obsolete: true };
  });

const outcomeOf = (which: number, at: number): TaskOutcome =>
  which < 2 ? { done: true } : which === 2 ? { again: at, error: "again" } : { dead: "dead" };

/** Does the actions to one storage and writes down all it answers; leases are told by who holds them, not by their words. */
const playTo = async (storage: Storage, actions: readonly Action[]): Promise<unknown[]> => {
  const answers: unknown[] = [];
  const held: ClaimedTask[] = [];
  let now = NOW;
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
        const tasks = changesOf(samplePayment(before.id), each.tasks, now);
        answers.push(
          await storage.commit({
            payment: after,
            isLive: isLive(after),
            expectedVersion,
            entries: [sampleEntry(after)],
            tasks,
          }),
        );
        break;
      }
      case "claim": {
        now += each.later;
        const claimed = await storage.claim({ now, lease: each.lease, limit: 100 });
        answers.push(
          idsOf(claimed),
          claimed.map(({ attempts, task }) => [attempts, task]),
        );
        held.push(...claimed);
        break;
      }
      case "settle": {
        const task = held.at(-1 - each.nth);
        if (task !== undefined) answers.push(await storage.settle(task, outcomeOf(each.outcome, now + each.later)));
        break;
      }
      case "redrive":
        answers.push(await storage.redrive(each.id, now));
        break;
      case "defer": {
        // Of another payment now and then, so that its id may be taken.
        const made = samplePayment(`p${String(each.payment)}`);
        answers.push(await storage.defer(inquire(made, now + each.later, `deferred:p${String(each.task)}`)));
        break;
      }
      case "prune": {
        // Whoever fails is at rest: all of these go that no task holds. Each time is another one, for a new look from the start.
        const before = Number.MAX_SAFE_INTEGER - answers.length;
        answers.push(await storage.prune({ unpaidBefore: before, paidBefore: before, limit: each.limit }));
        break;
      }
    }
    answers.push((await storage.tasks({ limit: 100 })).items);
  }
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
