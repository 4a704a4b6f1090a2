import assert from "node:assert/strict";
import { same } from "./same.js";
import type { Suite } from "./suite.js";
import { has } from "./has.js";
import {
  change,
  claimAll,
  claimOn,
  claimOne,
  deliver,
  idsOf,
  inquire,
  NOW,
  openNew,
  recording,
  samplePayment,
  voiding,
} from "./samples.js";

export const tasksAreKept = ({ describe, it }: Suite): void => {
  describe("claim", () => {
    it("gives what is due, oldest first, and leaves what is not", async (current) => {
      const dues = [300, 100, 200, 400];
      for (const due of dues) {
        const payment = samplePayment(`p${String(due)}`);
        await openNew(current(), payment, [inquire(payment, NOW + due)]);
      }
      const claimed = await claimAll(current(), NOW + 300);
      same(idsOf(claimed), ["inquire:p100", "inquire:p200", "inquire:p300"]);
      same(
        claimed.map(({ attempts }) => attempts),
        [1, 1, 1],
      );
      same(claimed[0]?.task, inquire(samplePayment("p100"), NOW + 100));
    });

    it("gives no more than the limit, the oldest of them", async (current) => {
      for (let i = 0; i < 5; i++) {
        const payment = samplePayment(`p${String(i)}`);
        await openNew(current(), payment, [inquire(payment, NOW - i)]);
      }
      const request = { now: NOW, lease: 1000, limit: 2 };
      same(idsOf(await current().claim(request)), ["inquire:p4", "inquire:p3"]);
      same(idsOf(await current().claim(request)), ["inquire:p2", "inquire:p1"]);
      same(idsOf(await current().claim(request)), ["inquire:p0"]);
      same(await current().claim(request), []);
    });

    it("gives each task to one of many workers", async (current) => {
      for (let i = 0; i < 60; i++) {
        const payment = samplePayment(`p${String(i)}`);
        await openNew(current(), payment, [inquire(payment)]);
      }
      const request = { now: NOW, lease: 1000, limit: 7 };
      const claims = await Promise.all(Array.from({ length: 20 }, (_, i) => current(i).claim(request)));
      const claimed = [...claims.flat(), ...(await claimOn(() => current().claim(request)))];
      const ids = idsOf(claimed);
      assert.equal(ids.length, 60);
      assert.equal(new Set(ids).size, 60);
      const leases = claimed.map(({ task, lease }) => `${task.id} ${lease}`);
      assert.equal(new Set(leases).size, 60);
    });

    it("gives a task again when its lease has run out, and not before", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const first = await claimOne(current(), NOW, 1000);
      same(await claimAll(current(), NOW + 999), []);
      const second = await claimOne(current(), NOW + 1000);
      assert.equal(second.attempts, 2);
      assert.notEqual(second.lease, first.lease);
    });

    it("gives first what could be claimed first, which may be since a lease ran out", async (current) => {
      for (const [id, due] of [
        ["a", NOW - 1000],
        ["b", NOW + 50],
      ] as const) {
        await openNew(current(), samplePayment(id), [inquire(samplePayment(id), due)]);
      }
      await claimOne(current(), NOW, 100);
      same(idsOf(await current(1).claim({ now: NOW + 100, lease: 50, limit: 1 })), ["inquire:b"]);
      same(idsOf(await current(2).claim({ now: NOW + 100, lease: 100, limit: 1 })), ["inquire:a"]);
      await current(1).defer(recording({ id: "a" }, NOW + 170));
      same(idsOf(await claimAll(current(), NOW + 200)), ["inquire:b", "record:a", "inquire:a"]);
    });

    it("gives tasks of different kinds of one payment side by side", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment), voiding(payment)]);
      same(idsOf(await claimAll(current())).toSorted(), ["inquire:a", "void:a"].toSorted());
    });
  });

  describe("settle", () => {
    it("is done with a task for good", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      assert.equal(await current().settle(await claimOne(current()), { done: true }), true);
      same(await claimAll(current(), NOW + 1e9), []);
    });

    it("puts a task off to the time told, counts on, and keeps the error for people", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const claimed = await claimOne(current());
      assert.equal(await current().settle(claimed, { again: NOW + 500, error: "no answer" }), true);
      same((await current().tasks({ limit: 10 })).items, [
        { task: inquire(payment, NOW + 500), state: "waiting", attempts: 1, lastError: "no answer" },
      ]);
      same(await claimAll(current(), NOW + 499), []);
      const again = await claimOne(current(), NOW + 500);
      assert.equal(again.attempts, 2);
      assert.equal(again.task.dueAt, NOW + 500);
    });

    it("does not count a claim that is given back untried", async (current) => {
      const payment = samplePayment("a");
      const kinds = [inquire(payment), deliver(payment, 1, NOW)];
      await openNew(current(), payment, [inquire(payment)]);
      await current().commit(change(payment, {}, [deliver(payment, 1, NOW)]));
      const tried = await claimAll(current());
      same(
        tried.map(({ attempts }) => attempts),
        [1, 1],
      );
      for (const claimed of tried) await current().settle(claimed, { again: NOW, error: "no answer" });
      for (let time = 0; time < 3; time++) {
        const claimed = await claimAll(current());
        same(
          claimed.map(({ attempts }) => attempts),
          kinds.map(() => 2),
        );
        for (const each of claimed) {
          assert.equal(await current().settle(each, { again: NOW, error: "no room", isUntried: true }), true);
        }
      }
      const { items } = await current().tasks({ limit: 5 });
      same(
        items.map(({ attempts, lastError }) => [attempts, lastError]),
        kinds.map(() => [1, "no room"]),
      );
    });

    it("gives a task up, with the reason", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      assert.equal(await current().settle(await claimOne(current()), { dead: "too often" }), true);
      same(await claimAll(current(), NOW + 1e9), []);
      const [record] = (await current().tasks({ state: "dead", limit: 10 })).items;
      has(record, { state: "dead", lastError: "too often", attempts: 1 });
    });

    for (const outcome of [{ done: true }, { again: NOW }, { dead: "late" }] as const) {
      const name = Object.keys(outcome).join();
      it(`refuses "${name}" from a worker whose lease another has taken over`, async (current) => {
        const payment = samplePayment("a");
        await openNew(current(), payment, [inquire(payment)]);
        const slow = await claimOne(current(), NOW, 1000);
        const quick = await claimOne(current(), NOW + 1000);
        assert.equal(await current().settle(slow, outcome), false);
        has((await current().tasks({ limit: 10 })).items[0], { state: "waiting", attempts: 2 });
        assert.equal(await current().settle(quick, { done: true }), true);
      });

      it(`refuses "${name}" from a worker whose task was put anew meanwhile`, async (current) => {
        const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
        const held = await claimOne(current());
        await current().commit(change(payment, {}, [inquire(payment, NOW + 5)]));
        assert.equal(await current().settle(held, outcome), false);
        const fresh = await claimOne(current(), NOW + 5);
        assert.equal(fresh.attempts, 1);
        assert.notEqual(fresh.lease, held.lease);
      });
    }

    it("takes the outcome once", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const claimed = await claimOne(current());
      const answers = await Promise.all([0, 1, 2].map((i) => current(i).settle(claimed, { again: NOW + 10 })));
      same(answers.toSorted(), [false, false, true]);
    });

    it("takes the outcome of a lease that ran out as long as nobody else has claimed the task", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const late = await claimOne(current(), NOW, 1);
      assert.equal(await current().settle(late, { done: true }), true);
      same(await claimAll(current(), NOW + 1e6), []);
    });

    it("refuses the outcome of a task that is no longer needed", async (current) => {
      const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      const held = await claimOne(current());
      await current().commit(change(payment, {}, [{ id: "inquire:a", obsolete: true }]));
      assert.equal(await current().settle(held, { again: NOW }), false);
      same(await claimAll(current(), NOW + 1e6), []);
    });
  });

  describe("a task that is put anew", () => {
    for (const [name, outcome] of [
      ["was put off", { again: NOW + 1e6, error: "no answer" }],
      ["was given up", { dead: "too often" }],
    ] as const) {
      it(`starts afresh where it ${name}, and has lost its error`, async (current) => {
        const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
        await current().settle(await claimOne(current()), outcome);
        const again = inquire(payment, NOW + 50);
        assert.equal(await current(1).commit(change(payment, {}, [again])), "committed");
        same((await current().tasks({ limit: 5 })).items, [{ task: again, state: "waiting", attempts: 0 }]);
        same(await claimAll(current(), NOW + 49), []);
        has(await claimOne(current(), NOW + 50), { task: again, attempts: 1 });
      });
    }

    it("keeps its place among the tasks, whatever becomes of them", async (current) => {
      const ids = ["first", "second", "third"];
      const payment = samplePayment("a");
      const stored = await openNew(
        current(),
        payment,
        ids.map((id) => inquire(payment, NOW, id)),
      );
      const listed = async (): Promise<string[]> =>
        (await current(1).tasks({ limit: 5 })).items.map(({ task }) => task.id);
      same(await listed(), ids.toReversed());
      const next = change(stored, {}, [inquire(payment, NOW + 5, "first")]);
      assert.equal(await current().commit(next), "committed");
      same(await listed(), ids.toReversed());
      for (const task of await claimAll(current())) {
        await current().settle(task, task.task.id === "second" ? { again: NOW + 9 } : { dead: "too often" });
      }
      assert.equal(await current().redrive("third", NOW + 7), true);
      assert.equal(await current().commit(change(next.payment, {}, [inquire(payment, NOW, "second")])), "committed");
      same(await listed(), ids.toReversed());
      const page = await current().tasks({ limit: 2 });
      const rest = await current().tasks({ limit: 2, ...(page.next === undefined ? {} : { after: page.next }) });
      same(
        [...page.items, ...rest.items].map(({ task }) => task.id),
        ids.toReversed(),
      );
    });
  });

  describe("redrive", () => {
    it("makes a dead task due, as if it had never been tried", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      await current().settle(await claimOne(current()), { dead: "too often" });
      assert.equal(await current().redrive("inquire:a", NOW + 50), true);
      same(await claimAll(current(), NOW + 49), []);
      const claimed = await claimOne(current(), NOW + 50);
      has(claimed, { task: inquire(payment, NOW + 50), attempts: 1 });
    });

    it("brings a waiting task forward", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment, NOW + 1e6)]);
      assert.equal(await current().redrive("inquire:a", NOW), true);
      assert.equal((await claimOne(current())).attempts, 1);
    });

    it("puts the attempts of a waiting task at nought, whether it is put off or out", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const attempts = async () => (await current(1).tasks({ limit: 5 })).items.map((record) => record.attempts);
      await current().settle(await claimOne(current()), { again: NOW + 1e6, error: "no answer" });
      same(await attempts(), [1]);
      assert.equal(await current().redrive("inquire:a", NOW), true);
      same(await attempts(), [0]);
      assert.equal((await claimOne(current())).attempts, 1);
      assert.equal(await current().redrive("inquire:a", NOW), true);
      same(await attempts(), [0]);
      assert.equal((await claimOne(current())).attempts, 1);
    });

    it("takes a task that is out from its holder", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const held = await claimOne(current());
      assert.equal(await current().redrive("inquire:a", NOW), true);
      const taken = await claimOne(current());
      assert.equal(await current().settle(held, { done: true }), false);
      assert.equal(await current().settle(taken, { done: true }), true);
    });

    it("says no to what is done or was never there", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      await current().settle(await claimOne(current()), { done: true });
      assert.equal(await current().redrive("inquire:a", NOW), false);
      assert.equal(await current().redrive("never-was", NOW), false);
      same(await claimAll(current(), NOW + 1e6), []);
    });
  });
};
