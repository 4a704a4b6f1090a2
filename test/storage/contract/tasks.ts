import { expect } from "chai";
import type { Current } from "../contract.js";
import { change, claimAll, claimOne, idsOf, inquire, NOW, openNew, samplePayment, voiding } from "./samples.js";

export const tasksAreKept = (current: Current): void => {
  describe("claim", () => {
    it("gives what is due, oldest first, and leaves what is not", async () => {
      const dues = [300, 100, 200, 400];
      for (const due of dues) {
        const payment = samplePayment(`p${String(due)}`);
        await openNew(current(), payment, [inquire(payment, NOW + due)]);
      }
      const claimed = await claimAll(current(), NOW + 300);
      expect(idsOf(claimed)).to.deep.equal(["inquire:p100", "inquire:p200", "inquire:p300"]);
      expect(claimed.map(({ attempts }) => attempts)).to.deep.equal([1, 1, 1]);
      expect(claimed[0]?.task).to.deep.equal(inquire(samplePayment("p100"), NOW + 100));
    });

    it("gives no more than the limit, the oldest of them", async () => {
      for (let i = 0; i < 5; i++) {
        const payment = samplePayment(`p${String(i)}`);
        await openNew(current(), payment, [inquire(payment, NOW - i)]);
      }
      const request = { now: NOW, lease: 1000, limit: 2 };
      expect(idsOf(await current().claim(request))).to.deep.equal(["inquire:p4", "inquire:p3"]);
      expect(idsOf(await current().claim(request))).to.deep.equal(["inquire:p2", "inquire:p1"]);
      expect(idsOf(await current().claim(request))).to.deep.equal(["inquire:p0"]);
      expect(await current().claim(request)).to.deep.equal([]);
    });

    it("gives each task to one of many workers", async () => {
      for (let i = 0; i < 60; i++) {
        const payment = samplePayment(`p${String(i)}`);
        await openNew(current(), payment, [inquire(payment)]);
      }
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, i) => current(i).claim({ now: NOW, lease: 1000, limit: 7 })),
      );
      const ids = claims.flatMap(idsOf);
      expect(ids).to.have.lengthOf(60);
      expect(new Set(ids).size).to.equal(60);
      const leases = claims.flat().map(({ task, lease }) => `${task.id} ${lease}`);
      expect(new Set(leases).size).to.equal(60);
    });

    it("gives a task again when its lease has run out, and not before", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const first = await claimOne(current(), NOW, 1000);
      expect(await claimAll(current(), NOW + 999)).to.deep.equal([]);
      const second = await claimOne(current(), NOW + 1000);
      expect(second.attempts).to.equal(2);
      expect(second.lease).not.to.equal(first.lease);
    });

    it("gives tasks of different kinds of one payment side by side", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment), voiding(payment)]);
      expect(idsOf(await claimAll(current()))).to.have.members(["inquire:a", "void:a"]);
    });
  });

  describe("settle", () => {
    it("is done with a task for good", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      expect(await current().settle(await claimOne(current()), { done: true })).to.equal(true);
      expect(await claimAll(current(), NOW + 1e9)).to.deep.equal([]);
    });

    it("puts a task off to the time told, counts on, and keeps the error for people", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const claimed = await claimOne(current());
      expect(await current().settle(claimed, { again: NOW + 500, error: "no answer" })).to.equal(true);
      expect((await current().tasks({ limit: 10 })).items).to.deep.equal([
        { task: inquire(payment, NOW + 500), state: "waiting", attempts: 1, lastError: "no answer" },
      ]);
      expect(await claimAll(current(), NOW + 499)).to.deep.equal([]);
      const again = await claimOne(current(), NOW + 500);
      expect(again.attempts).to.equal(2);
      expect(again.task.dueAt).to.equal(NOW + 500);
    });

    it("gives a task up, with the reason", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      expect(await current().settle(await claimOne(current()), { dead: "too often" })).to.equal(true);
      expect(await claimAll(current(), NOW + 1e9)).to.deep.equal([]);
      const [record] = (await current().tasks({ state: "dead", limit: 10 })).items;
      expect(record).to.include({ state: "dead", lastError: "too often", attempts: 1 });
    });

    for (const outcome of [{ done: true }, { again: NOW }, { dead: "late" }] as const) {
      const name = Object.keys(outcome).join();
      it(`refuses "${name}" from a worker whose lease another has taken over`, async () => {
        const payment = samplePayment("a");
        await openNew(current(), payment, [inquire(payment)]);
        const slow = await claimOne(current(), NOW, 1000);
        const quick = await claimOne(current(), NOW + 1000);
        expect(await current().settle(slow, outcome)).to.equal(false);
        expect((await current().tasks({ limit: 10 })).items[0]).to.include({ state: "waiting", attempts: 2 });
        expect(await current().settle(quick, { done: true })).to.equal(true);
      });

      it(`refuses "${name}" from a worker whose task was put anew meanwhile`, async () => {
        const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
        const held = await claimOne(current());
        await current().commit(change(payment, {}, [inquire(payment, NOW + 5)]));
        expect(await current().settle(held, outcome)).to.equal(false);
        const fresh = await claimOne(current(), NOW + 5);
        expect(fresh.attempts).to.equal(1);
        expect(fresh.lease).not.to.equal(held.lease);
      });
    }

    it("takes the outcome once", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const claimed = await claimOne(current());
      const answers = await Promise.all([0, 1, 2].map((i) => current(i).settle(claimed, { again: NOW + 10 })));
      expect(answers.toSorted()).to.deep.equal([false, false, true]);
    });

    it("takes the outcome of a lease that ran out as long as nobody else has claimed the task", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const late = await claimOne(current(), NOW, 1);
      expect(await current().settle(late, { done: true })).to.equal(true);
      expect(await claimAll(current(), NOW + 1e6)).to.deep.equal([]);
    });

    it("refuses the outcome of a task that is no longer needed", async () => {
      const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      const held = await claimOne(current());
      await current().commit(change(payment, {}, [{ id: "inquire:a", obsolete: true }]));
      expect(await current().settle(held, { again: NOW })).to.equal(false);
      expect(await claimAll(current(), NOW + 1e6)).to.deep.equal([]);
    });
  });

  describe("redrive", () => {
    it("makes a dead task due, as if it had never been tried", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      await current().settle(await claimOne(current()), { dead: "too often" });
      expect(await current().redrive("inquire:a", NOW + 50)).to.equal(true);
      expect(await claimAll(current(), NOW + 49)).to.deep.equal([]);
      const claimed = await claimOne(current(), NOW + 50);
      expect(claimed).to.deep.include({ task: inquire(payment, NOW + 50), attempts: 1 });
    });

    it("brings a waiting task forward", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment, NOW + 1e6)]);
      expect(await current().redrive("inquire:a", NOW)).to.equal(true);
      expect((await claimOne(current())).attempts).to.equal(1);
    });

    it("takes a task that is out from its holder", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const held = await claimOne(current());
      expect(await current().redrive("inquire:a", NOW)).to.equal(true);
      const taken = await claimOne(current());
      expect(await current().settle(held, { done: true })).to.equal(false);
      expect(await current().settle(taken, { done: true })).to.equal(true);
    });

    it("says no to what is done or was never there", async () => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      await current().settle(await claimOne(current()), { done: true });
      expect(await current().redrive("inquire:a", NOW)).to.equal(false);
      expect(await current().redrive("never-was", NOW)).to.equal(false);
      expect(await claimAll(current(), NOW + 1e6)).to.deep.equal([]);
    });
  });
};
