import assert from "node:assert/strict";
import type { Payment } from "../../payment/payment.js";
import type { Storage } from "../storage.js";
import { times } from "./chance.js";
import { settledOrLeft } from "./in-time.js";
import { captured, failed, left, moved, openDelivered, pruneAll } from "./resting.js";
import { change, claimAll, deliver, NOW, openNew } from "./samples.js";
import { same } from "./same.js";
import type { Current, Suite } from "./suite.js";

const EVERYTHING = { unpaidBefore: NOW, paidBefore: NOW, limit: 1000 };

/** That a payment is there with all of its journal and its two delivered events and `more` tasks; or that nothing of it is. */
const isWhole = async (storage: Storage, id: string, more = 0): Promise<Payment | undefined> => {
  const payment = await storage.get(id);
  const journal = await storage.journal(id);
  const { items } = await storage.tasks({ payment: id, limit: 10 });
  assert.equal(journal.length, payment?.version ?? 0, id);
  assert.equal(items.length, payment === undefined ? 0 : 2 + more, id);
  return payment;
};

const openMany = async (current: Current, make: (id: string) => Payment, many: number): Promise<Payment[]> => {
  const opened = [];
  for (let nth = 0; nth < many; nth++) opened.push(await openDelivered(current(nth), make(`p${nth}`)));
  return opened;
};

/** A refund that the shop has asked for, with the task that carries it through. */
const refunded = (payment: Payment) => {
  const refund = moved("refund", { status: "pending" });
  const task = {
    kind: "refund",
    id: `refund:${payment.id}`,
    payment: payment.id,
    dueAt: NOW,
    operation: refund.id,
  } as const;
  return change(payment, { operations: [moved("capture"), refund], updatedAt: NOW }, [task]);
};

export const prunesAreRun = ({ describe, it, itNeeds }: Suite): void => {
  describe("prune beside others", () => {
    it("lets a refund that begins have the whole payment, or finds it stale with nothing of it left", async (current) => {
      const payments = await openMany(current, captured, 30);
      const pruning = times(4, (nth) => pruneAll(current(nth), { limit: 3 }));
      const outcomes = await Promise.all(payments.map((payment, nth) => current(nth).commit(refunded(payment))));
      const removed = (await Promise.all(pruning)).reduce((sum, count) => sum + count, 0);
      const kept = outcomes.filter((outcome) => outcome === "committed").length;
      assert.equal(kept + removed, 30);
      for (const [nth, { id }] of payments.entries()) {
        const payment = await isWhole(current(nth), id, 1);
        assert.equal(payment?.version, outcomes[nth] === "committed" ? 2 : undefined);
      }
      assert.equal((await claimAll(current())).length, kept);
    });

    it("lets an event that is given again have its payment", async (current) => {
      for (const id of times(20, (nth) => `p${nth}`)) await openNew(current(), failed(id), [deliver(failed(id), 1)]);
      for (const task of await claimAll(current())) await current().settle(task, { dead: "too often" });
      const [answers] = await Promise.all([
        Promise.all(times(20, (nth) => current(nth).redrive(`p${nth}:1`, NOW))),
        pruneAll(current(1)),
      ]);
      same(new Set(answers), new Set([true]));
      assert.equal((await claimAll(current())).length, 20);
    });

    it("counts each payment once, however many prune at the same time", async (current) => {
      await openMany(current, failed, 40);
      const counts = await Promise.all(times(6, (nth) => pruneAll(current(nth), { limit: 1 + nth })));
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        40,
      );
      same(await left(current()), []);
    });

    it("shows a payment that goes whole or not at all", async (current) => {
      const payments = await openMany(current, failed, 10);
      const pruner = { isDone: false };
      const looked = (async () => {
        for (let rounds = 0; rounds < 200 && !pruner.isDone; rounds++) {
          for (const { id } of payments) {
            const journal = await current(1).journal(id);
            // Once a part of it is gone, all of it is.
            if (journal.length === 0) assert.equal(await isWhole(current(1), id), undefined);
          }
        }
      })();
      const pruned = pruneAll(current(), { limit: 1 }).finally(() => {
        pruner.isDone = true;
      });
      await Promise.all([looked, pruned]);
      assert.equal(await pruned, 10);
    });

    itNeeds(
      "crashes",
      "has removed each payment wholly or not at all after a crash, and what was answered is gone",
      async (current, crash) => {
        const payments = await openMany(current, failed, 30);
        const answers: number[] = [];
        const pruning = times(10, async (nth) => {
          try {
            answers.push(await current(nth).prune({ ...EVERYTHING, limit: 3 }));
          } catch {
            // The crash came first.
          }
        });
        await Promise.race(pruning);
        const known = answers.reduce((sum, count) => sum + count, 0);
        const again = await crash();
        const there = [];
        for (const { id } of payments) if ((await isWhole(again, id)) !== undefined) there.push(id);
        assert(there.length <= 30 - known, `${known} were gone, and ${there.length} are there`);
        assert.equal(await pruneAll(again), there.length);
        same(await left(again), []);
        await settledOrLeft(pruning);
      },
    );
  });
};
