import { expect } from "chai";
import type { Current } from "../contract.js";
import {
  change,
  claimAll,
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

export const ordersAreKept = (current: Current): void => {
  describe("open", () => {
    it("stores the payment, its first journal entry and its tasks", async () => {
      const payment = samplePayment("a");
      const answer = await current().open(opening(payment, [inquire(payment)]));
      expect(answer).to.deep.equal({ payment, isNew: true });
      expect(await current().get("a")).to.deep.equal(payment);
      expect(await current().journal("a")).to.deep.equal([sampleEntry(payment)]);
      expect(idsOf(await claimAll(current()))).to.deep.equal(["inquire:a"]);
    });

    it("answers with the live payment of the order, and stores nothing of the second", async () => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      const second = samplePayment("b", { orderId: "order" });
      const answer = await current().open(opening(second, [inquire(second)]));
      expect(answer).to.deep.equal({ payment: first, isNew: false });
      expect(await current().get("b")).to.equal(undefined);
      expect(await current().journal("b")).to.deep.equal([]);
      expect(await claimAll(current())).to.deep.equal([]);
    });

    it("opens one payment when a hundred checkouts of an order come at once", async () => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          current(i).open(opening(samplePayment(`p${String(i)}`, { orderId: "order" }))),
        ),
      );
      expect(answers.filter(({ isNew }) => isNew)).to.have.lengthOf(1);
      expect(new Set(answers.map(({ payment }) => payment.id)).size).to.equal(1);
      expect(await current().findByOrder("order")).to.have.lengthOf(1);
    });

    it("opens another once the order's payment is no longer live", async () => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      await current().commit(change(first, { status: "failed" }));
      expect((await current().open(opening(samplePayment("b", { orderId: "order" })))).isNew).to.equal(true);
    });

    it("keeps the payments of different orders apart", async () => {
      const answers = await Promise.all(["a", "b", "c"].map((id, i) => current(i).open(opening(samplePayment(id)))));
      expect(answers.map(({ isNew }) => isNew)).to.deep.equal([true, true, true]);
    });

    it("refuses an id that another order's payment has, and stores nothing of it", async () => {
      const first = await openNew(current(), samplePayment("a"));
      const second = samplePayment("a", { orderId: "other" });
      expect(await rejects(current().open(opening(second, [inquire(second)])))).to.equal(true);
      expect(await current().get("a")).to.deep.equal(first);
      expect(await current().findByOrder("other")).to.deep.equal([]);
      expect(await claimAll(current())).to.deep.equal([]);
    });
  });

  describe("commit", () => {
    it("stores the payment, its entries and its tasks", async () => {
      const first = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      const next = change(first, { status: "authorized", paymentId: "2026" }, [deliver(first, 1)]);
      expect(await current().commit(next)).to.equal("committed");
      expect(await current().get("a")).to.deep.equal(next.payment);
      expect(await current().journal("a")).to.deep.equal([sampleEntry(first), ...next.entries]);
      expect(idsOf(await claimAll(current()))).to.have.members(["inquire:a", "a:1"]);
    });

    it("stores nothing when the version has moved on", async () => {
      const first = await openNew(current(), samplePayment("a"));
      const second = change(first, { status: "processing" });
      await current().commit(second);
      expect(await current().commit(change(first, { status: "failed" }, [deliver(first, 1)]))).to.equal("stale");
      expect(await current().get("a")).to.deep.equal(second.payment);
      expect(await current().journal("a")).to.have.lengthOf(2);
      expect(await claimAll(current())).to.deep.equal([]);
    });

    it("finds a payment that was never opened stale", async () => {
      expect(await current().commit(change(samplePayment("a")))).to.equal("stale");
      expect(await current().get("a")).to.equal(undefined);
    });

    it("lets one of many changes of the same version through", async () => {
      const first = await openNew(current(), samplePayment("a"));
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          current(i).commit(change(first, { updatedAt: NOW + i }, [inquire(first, NOW, `task-${String(i)}`)])),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === "committed")).to.have.lengthOf(1);
      expect(outcomes.filter((outcome) => outcome === "stale")).to.have.lengthOf(49);
      const winner = outcomes.indexOf("committed");
      expect((await current().get("a"))?.updatedAt).to.equal(NOW + winner);
      expect(idsOf(await claimAll(current()))).to.deep.equal([`task-${String(winner)}`]);
      expect(await current().journal("a")).to.have.lengthOf(2);
    });

    it("does not make a payment live while another of its order is, and stores nothing then", async () => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      const failed = change(first, { status: "failed" });
      await current().commit(failed);
      const second = await openNew(current(), samplePayment("b", { orderId: "order" }));
      const late = change(failed.payment, { status: "authorized" }, [deliver(first, 1)]);
      expect(await current().commit(late)).to.equal("occupied");
      expect(await current().get("a")).to.deep.equal(failed.payment);
      expect(await current().journal("a")).to.have.lengthOf(2);
      expect(await claimAll(current())).to.deep.equal([]);

      await current().commit(change(second, { status: "expired" }));
      expect(await current().commit(late)).to.equal("committed");
    });

    it("calls a change stale, not occupied, when it is both", async () => {
      const first = await openNew(current(), samplePayment("a", { orderId: "order" }));
      await current().commit(change(first, { status: "failed" }));
      await openNew(current(), samplePayment("b", { orderId: "order" }));
      expect(await current().commit(change(first, { status: "authorized" }))).to.equal("stale");
    });

    it("lets one of two given-up payments of an order come alive", async () => {
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
      expect(outcomes.toSorted()).to.deep.equal(["committed", "occupied"]);
    });

    it("takes away tasks that are no longer needed, and passes over those that are not there", async () => {
      const first = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      const obsolete = ["inquire:a", "never-was"].map((id) => ({ id, obsolete: true }) as const);
      expect(await current().commit(change(first, {}, obsolete))).to.equal("committed");
      expect(await claimAll(current())).to.deep.equal([]);
      expect((await current().tasks({ limit: 10 })).items).to.deep.equal([]);
    });
  });

  describe("journal", () => {
    it("gives the entries in the order of their versions, and those of one commit as they were handed in", async () => {
      let payment = await openNew(current(), samplePayment("a"));
      const expected = [sampleEntry(payment)];
      for (let version = 2; version <= 12; version++) {
        const next = change(payment);
        const entries = [1, 2, 3].map((at) => sampleEntry(next.payment, { at }));
        await current().commit({ ...next, entries });
        expected.push(...entries);
        payment = next.payment;
      }
      expect(await current().journal("a")).to.deep.equal(expected);
    });

    it("is empty for a payment that is not there", async () => {
      expect(await current().journal("nobody")).to.deep.equal([]);
    });
  });
};
