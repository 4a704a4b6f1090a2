import assert from "node:assert/strict";
import type { Storage } from "../storage.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";
import { change, claimAll, inquire, NOW, openNew, recording, samplePayment } from "./samples.js";

/** A driver may end a text at a NUL, and a database in UTF-8 has U+FFFD in place of half a surrogate pair. */
const ENDS = ["\0", "\0b", "\ud800", "\udfff"];
const STORED = ["", "\ufffd"];

/** What a collation, a pattern or a driver that normalises texts may take for one another. */
export const ALIKE = [
  "buyer",
  "Buyer",
  "buyer ",
  "buy",
  "b\u00fcyer",
  "bu\u0308yer",
  "%",
  "_____",
  "'buyer'",
  "\uad6c\ub9e4\uc790",
];

const LATER = NOW + 1e6;

const sample = (end: string) =>
  samplePayment(`a${end}`, { orderId: `order${end}`, buyer: `buyer${end}`, paymentId: `2026${end}` });

/** The payments that could be taken for another's, each with a task, and one that was deferred. */
const stored = async (storage: Storage): Promise<void> => {
  for (const end of STORED) {
    const payment = await openNew(storage, sample(end), [inquire(sample(end), LATER)]);
    await storage.defer(recording(payment, LATER));
  }
};

export const idsAreKeptApart = ({ describe, it }: Suite): void => {
  describe("what only begins like an id", () => {
    it("finds no payment, whichever of its names it is", async (current) => {
      await stored(current());
      for (const end of ENDS) {
        const { id, orderId, buyer = "", paymentId = "" } = sample(end);
        assert.equal(await current().get(id), undefined);
        assert.equal(await current().find({ paymentId }), undefined);
        same(await current().findByOrder(orderId), []);
        for (const query of [
          { orderId },
          { buyer },
          ...[id, orderId, buyer, paymentId].map((search) => ({ search })),
        ]) {
          same((await current().list({ ...query, limit: 5 })).items, [], JSON.stringify(query));
        }
      }
    });

    it("finds no journal", async (current) => {
      await stored(current());
      for (const end of ENDS) same(await current().journal(`a${end}`), []);
    });

    it("finds no task, and redrives none", async (current) => {
      await stored(current());
      for (const end of ENDS) {
        same((await current().tasks({ payment: `a${end}`, limit: 5 })).items, []);
        for (const kind of ["inquire", "record"]) assert.equal(await current().redrive(`${kind}:a${end}`, NOW), false);
      }
      same(await claimAll(current()), []);
    });

    it("changes no payment", async (current) => {
      await stored(current());
      for (const end of ENDS) {
        const changed = change(sample(end), { status: "failed" }, [{ id: "inquire:a", obsolete: true }]);
        assert.equal(await current().commit(changed), "stale");
      }
      for (const end of STORED) {
        same(await current().get(`a${end}`), sample(end));
        assert.equal((await current().tasks({ payment: `a${end}`, limit: 5 })).items.length, 2);
      }
    });

    it("is found by nothing else, where Antom has given it to a payment", async (current) => {
      for (const [nth, end] of ENDS.entries()) {
        const payment = await openNew(current(), samplePayment(`p${nth}`));
        const named = change(payment, { paymentId: `2026${end}` });
        assert.equal(await current().commit(named), "committed");
        same(await current().get(payment.id), named.payment);
      }
      for (const end of STORED) assert.equal(await current().find({ paymentId: `2026${end}` }), undefined);
    });
  });

  describe("ids that are alike", () => {
    it("are of different orders, each with a live payment of its own", async (current) => {
      const opened = [];
      for (const [nth, orderId] of ALIKE.entries()) {
        opened.push(await openNew(current(nth), samplePayment(`p${nth}`, { orderId })));
      }
      for (const payment of opened) {
        const failed = change(payment, { status: "failed" });
        assert.equal(await current().commit(failed), "committed");
        const late = change(failed.payment, { status: "authorized" });
        assert.equal(await current().commit(late), "committed", payment.orderId);
      }
    });

    it("find their own payments, and no others", async (current) => {
      const opened = [];
      for (const [nth, id] of ALIKE.entries()) {
        opened.push(await openNew(current(), samplePayment(`p${nth}`, { orderId: id, buyer: id, paymentId: id })));
      }
      for (const payment of opened) {
        const { orderId } = payment;
        same(await current().find({ paymentId: orderId }), payment);
        same(await current().findByOrder(orderId), [payment]);
        for (const query of [{ orderId }, { buyer: orderId }, { search: orderId }]) {
          same((await current().list({ ...query, limit: 100 })).items, [payment], JSON.stringify(query));
        }
      }
    });
  });
};
