import assert from "node:assert/strict";
import { times } from "./chance.js";
import { settledOrLeft } from "./in-time.js";
import { failed, left, openDelivered, pruneAll } from "./resting.js";
import { change, claimAll, claimOne, NOW, openNew, recording, sampleEntry, samplePayment } from "./samples.js";
import { same } from "./same.js";
import { TEXTS } from "./texts.js";
import type { Current, Suite } from "./suite.js";

const openAll = async (current: Current, many: number): Promise<string[]> => {
  const ids = times(many, (nth) => `p${nth}`);
  await Promise.all(ids.map((id, nth) => openNew(current(nth), samplePayment(id))));
  return ids;
};

export const deferralsAreRun = ({ describe, it, itNeeds }: Suite): void => {
  describe("what is deferred", () => {
    for (const [name, code] of Object.entries(TEXTS)) {
      it(`comes back as it went in: ${name}`, async (current) => {
        const payment = await openNew(current(), samplePayment("a"));
        const task = recording(payment, NOW, code);
        assert.equal(await current().defer(task), true);
        same((await current(1).tasks({ limit: 5 })).items[0]?.task, task);
        same((await claimOne(current(1))).task, task);
      });
    }

    it("is not changed when the caller changes it, before it is written or afterwards", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const facts: unknown[] = [{ kind: "authorization", outcome: "succeeded", code: "SUCCESS" }];
      const task = recording(payment);
      Object.assign(task.observation, { facts });
      const pending = current().defer(task);
      facts.push("pushed");
      Object.assign(task, { dueAt: NOW + 1e9, payment: "b", id: "other" });
      assert.equal(await pending, true);
      Object.assign(task.observation, { source: "clock" });
      same((await claimOne(current())).task, recording(payment));
    });

    it("is of many at once one, where they have the same id", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const tasks = times(40, (nth) => recording(payment, NOW + nth, `CODE${nth}`));
      const answers = await Promise.all(tasks.map((task, nth) => current(nth).defer(task)));
      same(
        answers.filter((answer) => answer),
        [true],
      );
      const { items } = await current().tasks({ limit: 50 });
      same(items, [{ task: tasks[answers.indexOf(true)], state: "waiting", attempts: 0 }]);
    });

    it("is all of many payments, each answered for itself", async (current) => {
      const ids = await openAll(current, 150);
      const taken = ids.filter((_id, nth) => nth % 10 === 4);
      for (const id of taken) await current().defer(recording({ id }, NOW, "BEFORE"));
      const asked = ids.flatMap((id, nth) => (nth % 10 === 7 ? [id, `unknown-${nth}`, `\0${nth}`] : [id]));
      const answers = await Promise.all(asked.map((id) => current().defer(recording({ id }))));
      same(
        answers,
        asked.map((id) => ids.includes(id) && !taken.includes(id)),
      );
      const claimed = await claimAll(current(1));
      same(
        claimed.map(({ task }) => task).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        ids
          .map((id) => recording({ id }, NOW, taken.includes(id) ? "BEFORE" : "SUCCESS"))
          .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      );
    });

    it("is stored once, in whatever order several instances are told of it", async (current) => {
      const ids = await openAll(current, 60);
      const orders = [ids, ids.toReversed(), [...ids.slice(30), ...ids.slice(0, 30)]];
      const answers = await Promise.all(
        orders.map((order, nth) =>
          Promise.all(order.map(async (id) => ((await current(nth).defer(recording({ id }))) ? [id] : []))),
        ),
      );
      same(answers.flat(2).toSorted(), ids.toSorted());
      assert.equal((await claimAll(current())).length, 60);
    });

    it("and a commit of the same payment do not keep each other from being made", async (current) => {
      const ids = await openAll(current, 20);
      const outcomes = await Promise.all(
        ids.flatMap((id, nth) => [
          current(nth).commit(change(samplePayment(id), { status: "authorized" })),
          current(nth + 1).defer(recording({ id })),
        ]),
      );
      same(
        outcomes,
        ids.flatMap(() => ["committed", true]),
      );
      assert.equal((await claimAll(current())).length, 20);
    });

    it("is done once, though it is put again and again while workers take it", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      let put = 0;
      let done = 0;
      const work = async (nth: number): Promise<void> => {
        for (let round = 0; round < 15; round++) {
          if (await current(nth).defer(recording(payment, NOW, `CODE${nth}-${round}`))) put++;
          for (const task of await claimAll(current(nth + 1))) {
            assert.equal(await current(nth).settle(task, { done: true }), true);
            done++;
          }
        }
      };
      await Promise.all(times(4, work));
      done += (await claimAll(current())).length;
      assert(put > 0);
      assert.equal(done, put);
    });

    it("keeps the whole payment where others prune, or is refused with nothing of it left", async (current) => {
      const ids = times(30, (nth) => `p${nth}`);
      for (const [nth, id] of ids.entries()) await openDelivered(current(nth), failed(id));
      const pruning = times(3, (nth) => pruneAll(current(nth), { limit: 3 }));
      const answers = await Promise.all(ids.map((id, nth) => current(nth).defer(recording({ id }))));
      const removed = (await Promise.all(pruning)).reduce((sum, count) => sum + count, 0);
      const kept = ids.filter((_id, nth) => answers[nth]);
      same(await left(current()), kept.toSorted());
      assert.equal(kept.length + removed, 30);
      const { items } = await current().tasks({ kind: "record", limit: 50 });
      same(items.map(({ task }) => task.payment).toSorted(), kept.toSorted());
      for (const id of kept) same(await current().journal(id), [sampleEntry(failed(id))]);
    });

    it("is not lost where a payment is about to be removed, however often", async (current) => {
      for (let round = 0; round < 10; round++) {
        const id = `p${round}`;
        await openDelivered(current(round), failed(id));
        const pruning = pruneAll(current(round));
        for (let turn = 0; turn < round; turn++) await current(round + 1).get(id);
        const isDeferred = await current(round + 1).defer(recording({ id }));
        assert.equal(await pruning, isDeferred ? 0 : 1);
        assert.equal((await current().get(id)) !== undefined, isDeferred);
        const claimed = await claimAll(current());
        assert.equal(claimed.length, isDeferred ? 1 : 0);
        for (const task of claimed) await current().settle(task, { done: true });
        await pruneAll(current());
      }
    });

    itNeeds(
      "crashes",
      "is there after a crash once it was answered, and stored once if not",
      async (current, crash) => {
        const ids = await openAll(current, 40);
        const answered = new Set<string>();
        const under = ids.map(async (id, nth) => {
          try {
            if (await current(nth).defer(recording({ id }))) answered.add(id);
          } catch {
            // The crash came first.
          }
        });
        await Promise.race(under);
        const known = [...answered];
        const again = await crash();
        const there = (await again.tasks({ kind: "record", limit: 50 })).items.map(({ task }) => task.payment);
        for (const id of known) assert(there.includes(id), `${id} was answered`);
        for (const id of ids) {
          same(await again.get(id), samplePayment(id));
          // Whether it was stored is found out by storing it again.
          assert.equal(await again.defer(recording({ id })), !there.includes(id));
        }
        assert.equal((await claimAll(again)).length, 40);
        await settledOrLeft(under);
      },
    );
  });
};
