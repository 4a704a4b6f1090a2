import assert from "node:assert/strict";
import type { Payment } from "../../payment/payment.js";
import type { Storage, TaskOutcome } from "../storage.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";
import { has } from "./has.js";
import { change, claimAll, claimOne, deliver, idsOf, inquire, NOW, openNew, samplePayment } from "./samples.js";

/** Opens a payment with that many events, all due. */
const withEvents = async (storage: Storage, id: string, count: number): Promise<Payment> => {
  const payment = await openNew(storage, samplePayment(id));
  const next = change(
    payment,
    {},
    Array.from({ length: count }, (_, i) => deliver(payment, i + 1)),
  );
  await storage.commit(next);
  return next.payment;
};

const settleOne = async (storage: Storage, outcome: TaskOutcome, now = NOW): Promise<string> => {
  const claimed = await claimOne(storage, now);
  assert.equal(await storage.settle(claimed, outcome), true);
  return claimed.task.id;
};

export const deliveriesAreKept = ({ describe, it }: Suite): void => {
  describe("events of one payment", () => {
    it("come one at a time and in order", async (current) => {
      await withEvents(current(), "a", 4);
      const order = [];
      for (let i = 0; i < 4; i++) {
        order.push(await settleOne(current(), { done: true }));
        if (i < 3) assert.equal((await current().tasks({ state: "done", limit: 10 })).items.length, i + 1);
      }
      same(order, ["a:1", "a:2", "a:3", "a:4"]);
      same(await claimAll(current(), NOW + 1e9), []);
    });

    it("come in the order of their numbers, however they were put and whenever they are due", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const tasks = [deliver(payment, 3, NOW - 9), deliver(payment, 1, NOW - 1), deliver(payment, 2, NOW - 5)];
      await current().commit(change(payment, {}, tasks));
      const order = [];
      for (let i = 0; i < 3; i++) order.push(await settleOne(current(), { done: true }));
      same(order, ["a:1", "a:2", "a:3"]);
    });

    it("come in the order of their numbers, however many there are", async (current) => {
      await withEvents(current(), "a", 12);
      for (let sequence = 1; sequence <= 12; sequence++) {
        assert.equal(await settleOne(current(), { done: true }), `a:${sequence}`);
      }
    });

    it("are held up by an earlier one that is out, over every worker", async (current) => {
      await withEvents(current(), "a", 3);
      const claims = await Promise.all(Array.from({ length: 10 }, (_, i) => claimAll(current(i))));
      same(claims.flatMap(idsOf), ["a:1"]);
    });

    it("are held up by an earlier one that is put off", async (current) => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { again: NOW + 100, error: "hook threw" });
      same(await claimAll(current(), NOW + 99), []);
      same(idsOf(await claimAll(current(), NOW + 100)), ["a:1"]);
    });

    it("are held up by an earlier one that is not yet due", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const next = change(payment, {}, [deliver(payment, 1, NOW + 100)]);
      await current().commit(next);
      await current().commit(change(next.payment, {}, [deliver(payment, 2, NOW)]));
      same(await claimAll(current(), NOW + 99), []);
      same(idsOf(await claimAll(current(), NOW + 100)), ["a:1"]);
    });

    it("go on when an earlier one has been given up", async (current) => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      same(idsOf(await claimAll(current())), ["a:2"]);
    });

    it("go on when an earlier one is no longer needed", async (current) => {
      const payment = await withEvents(current(), "a", 2);
      await current().commit(change(payment, {}, [{ id: "a:1", obsolete: true }]));
      same(idsOf(await claimAll(current())), ["a:2"]);
    });

    it("go on with the same one when a worker never came back", async (current) => {
      await withEvents(current(), "a", 2);
      await claimOne(current(), NOW, 1000);
      const again = await claimOne(current(), NOW + 1000);
      has(again, { attempts: 2 });
      assert.equal(again.task.id, "a:1");
    });

    it("are taken over where the claim before was never settled, and say so only then", async (current) => {
      await withEvents(current(), "a", 1);
      const isTakenOver = async (now: number): Promise<boolean | undefined> =>
        (await claimOne(current(), now, 1000)).isTakenOver;
      const first = await claimOne(current(), NOW, 1000);
      assert.equal(first.isTakenOver, undefined);
      assert.equal(await isTakenOver(NOW + 1000), true);
      const third = await claimOne(current(), NOW + 2000, 1000);
      assert.equal(third.isTakenOver, true);
      await current().settle(third, { again: NOW + 2000, isUntried: true });
      const fourth = await claimOne(current(), NOW + 2000, 1000);
      assert.equal(fourth.isTakenOver, undefined);
      await current().settle(fourth, { again: NOW + 2500 });
      assert.equal(await isTakenOver(NOW + 2500), undefined);
      await current().redrive("a:1", NOW + 2600);
      assert.equal(await isTakenOver(NOW + 2600), undefined);
    });

    it("wait for one that is put anew while it is out", async (current) => {
      const payment = await withEvents(current(), "a", 2);
      const held = await claimOne(current());
      await current().commit(change(payment, {}, [deliver(payment, 1, NOW + 5)]));
      same(await claimAll(current(), NOW), []);
      assert.equal(await current().settle(held, { done: true }), false);
      assert.equal(await settleOne(current(), { done: true }, NOW + 5), "a:1");
      assert.equal(await settleOne(current(), { done: true }, NOW + 5), "a:2");
    });

    it("hold up neither other payments nor other tasks", async (current) => {
      const payment = await withEvents(current(), "a", 2);
      await withEvents(current(), "b", 2);
      await current().commit(change(payment, {}, [inquire(payment)]));
      same(idsOf(await claimAll(current())).toSorted(), ["a:1", "b:1", "inquire:a"].toSorted());
    });

    it("do not use up the limit while they are held up", async (current) => {
      for (let i = 0; i < 30; i++) {
        const payment = await openNew(current(), samplePayment(`slow${String(i)}`));
        const events = [deliver(payment, 1, NOW + 1e6), deliver(payment, 2, NOW - 10), deliver(payment, 3, NOW - 10)];
        await current().commit(change(payment, {}, events));
      }
      await withEvents(current(), "quick", 1);
      same(idsOf(await current().claim({ now: NOW, lease: 1000, limit: 1 })), ["quick:1"]);
    });

    it("stay readable when they are delivered", async (current) => {
      const payment = await withEvents(current(), "a", 1);
      await settleOne(current(), { done: true });
      const { items } = await current().tasks({ kind: "deliver", payment: "a", limit: 10 });
      same(items, [{ task: deliver({ ...payment, version: 1 }, 1), state: "done", attempts: 1 }]);
      assert.equal(await current().redrive("a:1", NOW), false);
    });
  });

  describe("an event that is redriven", () => {
    it("comes before the later ones again", async (current) => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      assert.equal(await current().redrive("a:1", NOW), true);
      assert.equal(await settleOne(current(), { done: true }), "a:1");
      assert.equal(await settleOne(current(), { done: true }), "a:2");
    });

    it("waits until a later one that is out is settled", async (current) => {
      await withEvents(current(), "a", 3);
      await settleOne(current(), { dead: "too often" });
      const later = await claimOne(current());
      assert.equal(later.task.id, "a:2");
      await current().redrive("a:1", NOW);
      same(await claimAll(current()), []);
      assert.equal(await current().settle(later, { done: true }), true);
      assert.equal(await settleOne(current(), { done: true }), "a:1");
      assert.equal(await settleOne(current(), { done: true }), "a:3");
    });

    it("comes before a later one that was out when its worker went away", async (current) => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      await claimOne(current(), NOW, 1000);
      await current().redrive("a:1", NOW);
      same(await claimAll(current(), NOW + 999), []);
      assert.equal(await settleOne(current(), { done: true }, NOW + 1000), "a:1");
      assert.equal(await settleOne(current(), { done: true }, NOW + 1000), "a:2");
    });

    it("is as old as the end of the lease that it waited for", async (current) => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      await claimOne(current(), NOW, 1000);
      await current().redrive("a:1", NOW);
      await openNew(current(), samplePayment("b"), [inquire(samplePayment("b"), NOW + 500)]);
      const request = { now: NOW + 1000, lease: 1000, limit: 1 };
      same(idsOf(await current().claim(request)), ["inquire:b"]);
      same(idsOf(await current().claim(request)), ["a:1"]);
    });

    it("comes before a later one that is put off", async (current) => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      const later = await claimOne(current());
      await current().redrive("a:1", NOW);
      await current().settle(later, { again: NOW });
      same(idsOf(await claimAll(current())), ["a:1"]);
    });

    it("stays behind an earlier one that is waiting", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      await current().commit(change(payment, {}, [deliver(payment, 1, NOW + 100), deliver(payment, 2, NOW + 200)]));
      assert.equal(await current().redrive("a:2", NOW), true);
      same(await claimAll(current(), NOW + 99), []);
      assert.equal(await settleOne(current(), { done: true }, NOW + 100), "a:1");
      assert.equal(await settleOne(current(), { done: true }, NOW + 100), "a:2");
    });
  });
};
