import assert from "node:assert/strict";
import { has } from "./has.js";
import { change, claimAll, claimOne, deliver, inquire, NOW, openNew, samplePayment } from "./samples.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";

/** Long before and long after any clock that a storage could read by itself. */
const TIMES = [0, 1, 2 ** 31, 2 ** 32 + 1, NOW, 8_000_000_000_000_000];

export const clocksAreTheCallers = ({ describe, it }: Suite): void => {
  describe("times", () => {
    for (const at of TIMES) {
      it(`are the caller's, also where it is ${at}`, async (current) => {
        const payment = samplePayment("a", { createdAt: at, updatedAt: at, expiresAt: at });
        await openNew(current(), payment, [inquire(payment, at + 10)]);
        same(await current().get("a"), payment);
        same(await claimAll(current(), at + 9), []);
        const first = await claimOne(current(1), at + 10, 100);
        same(await claimAll(current(2), at + 109), []);
        const second = await claimOne(current(2), at + 110, 100);
        has(second, { attempts: 2, task: inquire(payment, at + 10) });
        assert.equal(await current(1).settle(first, { done: true }), false);
        assert.equal(await current(2).settle(second, { again: at + 500 }), true);
        same(await claimAll(current(), at + 499), []);
        assert.equal((await claimOne(current(), at + 500)).task.dueAt, at + 500);
      });
    }

    it("may go back between two calls without giving a task that is out to a second worker", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment, NOW - 1000), deliver(payment, 1, NOW - 1000)]);
      const held = await claimAll(current(), NOW, 1000);
      assert.equal(held.length, 2);
      for (const back of [1, 500, 1000]) same(await claimAll(current(1), NOW - back), []);
      for (const each of held) assert.equal(await current().settle(each, { done: true }), true);
    });

    it("may differ between workers by less than a lease", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      const behind = await claimOne(current(), NOW, 10_000);
      same(await claimAll(current(1), NOW + 9_000), []);
      assert.equal(await current().settle(behind, { done: true }), true);
    });

    it("of a payment that is changed go back without changing its place in the lists", async (current) => {
      for (const [nth, id] of ["a", "b", "c"].entries()) {
        const payment = await openNew(current(), samplePayment(id, { createdAt: NOW + nth, orderId: id }));
        await current().commit(change(payment, { updatedAt: NOW - 1000 * nth }));
      }
      const { items } = await current(1).list({ limit: 5 });
      same(
        items.map(({ id }) => id),
        ["c", "b", "a"],
      );
    });

    it("of leases may be as short as a millisecond and as long as a year", async (current) => {
      const year = 31_536_000_000;
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      await claimOne(current(), NOW, 1);
      await claimOne(current(), NOW + 1, year);
      same(await claimAll(current(), NOW + year), []);
      assert.equal((await claimOne(current(), NOW + year + 1)).attempts, 3);
    });

    it("of a lease that is none, or of a limit, are refused", async (current) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment)]);
      for (const request of [
        { now: NOW, lease: 0, limit: 1 },
        { now: NOW, lease: -1, limit: 1 },
        { now: NOW, lease: NaN, limit: 1 },
        { now: NOW, lease: 1000, limit: 0 },
        { now: NOW, lease: 1000, limit: 1.5 },
      ]) {
        await assert.rejects(async () => current().claim(request), JSON.stringify(request));
      }
      assert.equal((await claimOne(current())).attempts, 1);
    });
  });
};
