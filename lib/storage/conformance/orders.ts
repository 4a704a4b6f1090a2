import assert from "node:assert/strict";
import { same } from "./same.js";
import type { Suite } from "./suite.js";
import {
  change,
  claimAll,
  claimOne,
  deliver,
  idsOf,
  inquire,
  NOW,
  opening,
  openNew,
  sampleEntry,
  samplePayment,
} from "./samples.js";

const rejects = async (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => false,
    () => true,
  );

export const ordersAreKept = ({ describe, it }: Suite): void => {
  describe("open", () => {
    it("stores the payment, its first journal entry and its tasks", async (current) => {
      const payment = samplePayment("a");
      const answer = await current().open(opening(payment, [inquire(payment)]));
      same(answer, { payment, isNew: true });
      same(await current().get("a"), payment);
      same(await current().journal("a"), [sampleEntry(payment)]);
      same(idsOf(await claimAll(current())), ["inquire:a"]);
    });

    it("answers with the live payment of the order, and stores nothing of the second", async (current) => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      const second = samplePayment("b", { orderId: "order" });
      const answer = await current().open(opening(second, [inquire(second)]));
      same(answer, { payment: first, isNew: false });
      assert.equal(await current().get("b"), undefined);
      same(await current().journal("b"), []);
      same(await claimAll(current()), []);
    });

    it("opens one payment when a hundred checkouts of an order come at once", async (current) => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          current(i).open(opening(samplePayment(`p${String(i)}`, { orderId: "order" }))),
        ),
      );
      assert.equal(answers.filter(({ isNew }) => isNew).length, 1);
      assert.equal(new Set(answers.map(({ payment }) => payment.id)).size, 1);
      assert.equal((await current().findByOrder("order")).length, 1);
    });

    it("opens another once the order's payment is no longer live", async (current) => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      await current().commit(change(first, { status: "failed" }));
      assert.equal((await current().open(opening(samplePayment("b", { orderId: "order" })))).isNew, true);
    });

    it("answers with the live payment also to one that would not be live", async (current) => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      const second = samplePayment("b", { orderId: "order", status: "failed" });
      same(await current(1).open(opening(second, [inquire(second)])), { payment: first, isNew: false });
      assert.equal(await current().get("b"), undefined);
      same(await current().journal("b"), []);
      same(await current().findByOrder("order"), [first]);
      same(await claimAll(current()), []);
    });

    it("answers with the payment as it is stored when the very same is opened again, and adds nothing", async (current) => {
      const payment = samplePayment("a");
      const again = (nth: number) => current(nth).open(opening(payment, [inquire(payment)]));
      await current().open(opening(payment, [inquire(payment)]));
      same((await again(1)).payment, payment);
      same(await current().journal("a"), [sampleEntry(payment)]);
      const held = await claimOne(current());
      const next = change(payment, { status: "processing" });
      assert.equal(await current().commit(next), "committed");
      same((await again(2)).payment, next.payment);
      same(await current().get("a"), next.payment);
      same(await current().findByOrder(payment.orderId), [next.payment]);
      same(await current().journal("a"), [sampleEntry(payment), ...next.entries]);
      same((await current().tasks({ limit: 5 })).items, [{ task: inquire(payment), state: "waiting", attempts: 1 }]);
      assert.equal(await current().settle(held, { done: true }), true);
      same((await again(0)).payment, next.payment);
      same(await claimAll(current(), NOW + 1e9), []);
    });

    it("adds nothing either when the very same is opened many times at once", async (current) => {
      const payment = samplePayment("a");
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, i) => current(i).open(opening(payment, [inquire(payment)]))),
      );
      for (const answer of answers) same(answer.payment, payment);
      same(await current().findByOrder(payment.orderId), [payment]);
      same(await current().journal("a"), [sampleEntry(payment)]);
      same(idsOf(await claimAll(current())), ["inquire:a"]);
    });

    it("keeps the payments of different orders apart", async (current) => {
      const answers = await Promise.all(["a", "b", "c"].map((id, i) => current(i).open(opening(samplePayment(id)))));
      same(
        answers.map(({ isNew }) => isNew),
        [true, true, true],
      );
    });

    it("refuses an id that another order's payment has, and stores nothing of it", async (current) => {
      const first = await openNew(current(), samplePayment("a"));
      const second = samplePayment("a", { orderId: "other" });
      assert.equal(await rejects(current().open(opening(second, [inquire(second)]))), true);
      same(await current().get("a"), first);
      same(await current().findByOrder("other"), []);
      same(await claimAll(current()), []);
    });
  });

  describe("commit", () => {
    it("stores the payment, its entries and its tasks", async (current) => {
      const first = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      const next = change(first, { status: "authorized", paymentId: "2026" }, [deliver(first, 1)]);
      assert.equal(await current().commit(next), "committed");
      same(await current().get("a"), next.payment);
      same(await current().journal("a"), [sampleEntry(first), ...next.entries]);
      same(idsOf(await claimAll(current())).toSorted(), ["inquire:a", "a:1"].toSorted());
    });

    it("stores nothing when the version has moved on", async (current) => {
      const first = await openNew(current(), samplePayment("a"));
      const second = change(first, { status: "processing" });
      await current().commit(second);
      assert.equal(await current().commit(change(first, { status: "failed" }, [deliver(first, 1)])), "stale");
      same(await current().get("a"), second.payment);
      assert.equal((await current().journal("a")).length, 2);
      same(await claimAll(current()), []);
    });

    it("finds a payment that was never opened stale", async (current) => {
      assert.equal(await current().commit(change(samplePayment("a"))), "stale");
      assert.equal(await current().get("a"), undefined);
    });

    it("lets one of many changes of the same version through", async (current) => {
      const first = await openNew(current(), samplePayment("a"));
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          current(i).commit(change(first, { updatedAt: NOW + i }, [inquire(first, NOW, `task-${String(i)}`)])),
        ),
      );
      assert.equal(outcomes.filter((outcome) => outcome === "committed").length, 1);
      assert.equal(outcomes.filter((outcome) => outcome === "stale").length, 49);
      const winner = outcomes.indexOf("committed");
      assert.equal((await current().get("a"))?.updatedAt, NOW + winner);
      same(idsOf(await claimAll(current())), [`task-${String(winner)}`]);
      assert.equal((await current().journal("a")).length, 2);
    });

    it("does not make a payment live while another of its order is, and stores nothing then", async (current) => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      const failed = change(first, { status: "failed" });
      await current().commit(failed);
      const second = await openNew(current(), samplePayment("b", { orderId: "order" }));
      const late = change(failed.payment, { status: "authorized" }, [deliver(first, 1)]);
      assert.equal(await current().commit(late), "occupied");
      same(await current().get("a"), failed.payment);
      assert.equal((await current().journal("a")).length, 2);
      same(await claimAll(current()), []);

      await current().commit(change(second, { status: "expired" }));
      assert.equal(await current().commit(late), "committed");
    });

    it("leaves the order to its live payment where another one of it changes", async (current) => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      const failed = change(first, { status: "failed" });
      await current().commit(failed);
      const live = await openNew(current(), samplePayment("b", { orderId: "order" }));
      const noted = change(failed.payment, { unanswered: 1 });
      assert.equal(await current().commit(noted), "committed");
      const third = samplePayment("c", { orderId: "order" });
      same(await current(1).open(opening(third)), { payment: live, isNew: false });
      assert.equal(await current(2).commit(change(noted.payment, { status: "authorized" })), "occupied");
      same(await current().findByOrder("order"), [live, noted.payment]);
    });

    it("calls a change stale, not occupied, when it is both", async (current) => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      await current().commit(change(first, { status: "failed" }));
      await openNew(current(), samplePayment("b", { orderId: "order" }));
      assert.equal(await current().commit(change(first, { status: "authorized" })), "stale");
    });

    it("lets one of two given-up payments of an order come alive", async (current) => {
      const given = [];
      for (const id of ["a", "b"]) {
        const payment = await openNew(current(), samplePayment(id, { orderId: "order" }));
        const failed = change(payment, { status: "failed" });
        await current().commit(failed);
        given.push(failed.payment);
      }
      const outcomes = await Promise.all(
        given.map((payment, i) => current(i).commit(change(payment, { status: "authorized" }))),
      );
      same(outcomes.toSorted(), ["committed", "occupied"]);
    });

    it("takes away tasks that are no longer needed, and passes over those that are not there", async (current) => {
      const first = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      const obsolete = ["inquire:a", "never-was"].map((id) => ({ id, obsolete: true }) as const);
      assert.equal(await current().commit(change(first, {}, obsolete)), "committed");
      same(await claimAll(current()), []);
      same((await current().tasks({ limit: 10 })).items, []);
    });
  });

  describe("journal", () => {
    it("gives the entries in the order of their versions, and those of one commit as they were handed in", async (current) => {
      let payment = await openNew(current(), samplePayment("a"));
      const expected = [sampleEntry(payment)];
      for (let version = 2; version <= 12; version++) {
        const next = change(payment);
        const entries = [1, 2, 3].map((at) => sampleEntry(next.payment, { at }));
        await current().commit({ ...next, entries });
        expected.push(...entries);
        payment = next.payment;
      }
      same(await current().journal("a"), expected);
    });

    it("is empty for a payment that is not there", async (current) => {
      same(await current().journal("nobody"), []);
    });
  });
};
