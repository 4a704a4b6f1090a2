import { expect } from "chai";
import type { Payment } from "../../../lib/payment/payment.js";
import type { Storage, TaskOutcome } from "../../../lib/storage/storage.js";
import type { Current } from "../contract.js";
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
  expect(await storage.settle(claimed, outcome)).to.equal(true);
  return claimed.task.id;
};

export const deliveriesAreKept = (current: Current): void => {
  describe("events of one payment", () => {
    it("come one at a time and in order", async () => {
      await withEvents(current(), "a", 4);
      const order = [];
      for (let i = 0; i < 4; i++) {
        order.push(await settleOne(current(), { done: true }));
        if (i < 3) expect((await current().tasks({ state: "done", limit: 10 })).items).to.have.lengthOf(i + 1);
      }
      expect(order).to.deep.equal(["a:1", "a:2", "a:3", "a:4"]);
      expect(await claimAll(current(), NOW + 1e9)).to.deep.equal([]);
    });

    it("come in the order of their numbers, however they were put and whenever they are due", async () => {
      const payment = await openNew(current(), samplePayment("a"));
      const tasks = [deliver(payment, 3, NOW - 9), deliver(payment, 1, NOW - 1), deliver(payment, 2, NOW - 5)];
      await current().commit(change(payment, {}, tasks));
      const order = [];
      for (let i = 0; i < 3; i++) order.push(await settleOne(current(), { done: true }));
      expect(order).to.deep.equal(["a:1", "a:2", "a:3"]);
    });

    it("are held up by an earlier one that is out, over every worker", async () => {
      await withEvents(current(), "a", 3);
      const claims = await Promise.all(Array.from({ length: 10 }, (_, i) => claimAll(current(i))));
      expect(claims.flatMap(idsOf)).to.deep.equal(["a:1"]);
    });

    it("are held up by an earlier one that is put off", async () => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { again: NOW + 100, error: "hook threw" });
      expect(await claimAll(current(), NOW + 99)).to.deep.equal([]);
      expect(idsOf(await claimAll(current(), NOW + 100))).to.deep.equal(["a:1"]);
    });

    it("are held up by an earlier one that is not yet due", async () => {
      const payment = await openNew(current(), samplePayment("a"));
      const next = change(payment, {}, [deliver(payment, 1, NOW + 100)]);
      await current().commit(next);
      await current().commit(change(next.payment, {}, [deliver(payment, 2, NOW)]));
      expect(await claimAll(current(), NOW + 99)).to.deep.equal([]);
      expect(idsOf(await claimAll(current(), NOW + 100))).to.deep.equal(["a:1"]);
    });

    it("go on when an earlier one has been given up", async () => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      expect(idsOf(await claimAll(current()))).to.deep.equal(["a:2"]);
    });

    it("go on when an earlier one is no longer needed", async () => {
      const payment = await withEvents(current(), "a", 2);
      await current().commit(change(payment, {}, [{ id: "a:1", obsolete: true }]));
      expect(idsOf(await claimAll(current()))).to.deep.equal(["a:2"]);
    });

    it("go on with the same one when a worker never came back", async () => {
      await withEvents(current(), "a", 2);
      await claimOne(current(), NOW, 1000);
      const again = await claimOne(current(), NOW + 1000);
      expect(again).to.deep.include({ attempts: 2 });
      expect(again.task.id).to.equal("a:1");
    });

    it("wait for one that is put anew while it is out", async () => {
      const payment = await withEvents(current(), "a", 2);
      const held = await claimOne(current());
      await current().commit(change(payment, {}, [deliver(payment, 1, NOW + 5)]));
      expect(await claimAll(current(), NOW)).to.deep.equal([]);
      expect(await current().settle(held, { done: true })).to.equal(false);
      expect(await settleOne(current(), { done: true }, NOW + 5)).to.equal("a:1");
      expect(await settleOne(current(), { done: true }, NOW + 5)).to.equal("a:2");
    });

    it("hold up neither other payments nor other tasks", async () => {
      const payment = await withEvents(current(), "a", 2);
      await withEvents(current(), "b", 2);
      await current().commit(change(payment, {}, [inquire(payment)]));
      expect(idsOf(await claimAll(current()))).to.have.members(["a:1", "b:1", "inquire:a"]);
    });

    it("do not use up the limit while they are held up", async () => {
      for (let i = 0; i < 30; i++) {
        const payment = await openNew(current(), samplePayment(`slow${String(i)}`));
        const events = [deliver(payment, 1, NOW + 1e6), deliver(payment, 2, NOW - 10), deliver(payment, 3, NOW - 10)];
        await current().commit(change(payment, {}, events));
      }
      await withEvents(current(), "quick", 1);
      expect(idsOf(await current().claim({ now: NOW, lease: 1000, limit: 1 }))).to.deep.equal(["quick:1"]);
    });

    it("stay readable when they are delivered", async () => {
      const payment = await withEvents(current(), "a", 1);
      await settleOne(current(), { done: true });
      const { items } = await current().tasks({ kind: "deliver", payment: "a", limit: 10 });
      expect(items).to.deep.equal([{ task: deliver({ ...payment, version: 1 }, 1), state: "done", attempts: 1 }]);
      expect(await current().redrive("a:1", NOW)).to.equal(false);
    });
  });

  describe("an event that is redriven", () => {
    it("comes before the later ones again", async () => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      expect(await current().redrive("a:1", NOW)).to.equal(true);
      expect(await settleOne(current(), { done: true })).to.equal("a:1");
      expect(await settleOne(current(), { done: true })).to.equal("a:2");
    });

    it("waits until a later one that is out is settled", async () => {
      await withEvents(current(), "a", 3);
      await settleOne(current(), { dead: "too often" });
      const later = await claimOne(current());
      expect(later.task.id).to.equal("a:2");
      await current().redrive("a:1", NOW);
      expect(await claimAll(current())).to.deep.equal([]);
      expect(await current().settle(later, { done: true })).to.equal(true);
      expect(await settleOne(current(), { done: true })).to.equal("a:1");
      expect(await settleOne(current(), { done: true })).to.equal("a:3");
    });

    it("comes before a later one that was out when its worker went away", async () => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      await claimOne(current(), NOW, 1000);
      await current().redrive("a:1", NOW);
      expect(await claimAll(current(), NOW + 999)).to.deep.equal([]);
      expect(await settleOne(current(), { done: true }, NOW + 1000)).to.equal("a:1");
      expect(await settleOne(current(), { done: true }, NOW + 1000)).to.equal("a:2");
    });

    it("comes before a later one that is put off", async () => {
      await withEvents(current(), "a", 2);
      await settleOne(current(), { dead: "too often" });
      const later = await claimOne(current());
      await current().redrive("a:1", NOW);
      await current().settle(later, { again: NOW });
      expect(idsOf(await claimAll(current()))).to.deep.equal(["a:1"]);
    });

    it("stays behind an earlier one that is waiting", async () => {
      const payment = await openNew(current(), samplePayment("a"));
      await current().commit(change(payment, {}, [deliver(payment, 1, NOW + 100), deliver(payment, 2, NOW + 200)]));
      expect(await current().redrive("a:2", NOW)).to.equal(true);
      expect(await claimAll(current(), NOW + 99)).to.deep.equal([]);
      expect(await settleOne(current(), { done: true }, NOW + 100)).to.equal("a:1");
      expect(await settleOne(current(), { done: true }, NOW + 100)).to.equal("a:2");
    });
  });
};
