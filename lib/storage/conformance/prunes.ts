import assert from "node:assert/strict";
import type { Payment } from "../../payment/payment.js";
import { sampleCard } from "./cards.js";
import { times } from "./chance.js";
import { codeOf } from "./code-of.js";
import { captured, failed, left, LONG_AGO, moved, openDelivered, pruneAll } from "./resting.js";
import { change, claimAll, deliver, inquire, NOW, opening, openNew, sampleEntry, samplePayment } from "./samples.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";

const CONFLICT = { code: "reversed", at: LONG_AGO } as const;
const OTHER = { code: "late_success", at: LONG_AGO } as const;
const CONSENT = { buyer: "ann", by: "shop", at: LONG_AGO } as const;

/** Old as they are, something is still to come of each of these, or somebody has to look at it. */
const NEEDED: Readonly<Record<string, Payment>> = {
  "is not paid yet": failed("a", { status: "requires_action" }),
  "is being decided": failed("a", { status: "processing", unanswered: 5 }),
  "is held": failed("a", { status: "authorized", captureMode: "MANUAL", evidence: { succeeded: true } }),
  "is to be captured by Antom": failed("a", { status: "authorized", evidence: { succeeded: true } }),
  "has a refund pending": captured("a", { operations: [moved("capture"), moved("refund", { status: "pending" })] }),
  "has a void pending": failed("a", { operations: [moved("void", { status: "pending" })] }),
  "has a conflict that nobody has looked at": failed("a", { conflicts: [CONFLICT, OTHER], reviewed: 1 }),
  "has a dispute that is open": captured("a", {
    disputes: [
      { id: "D1", steps: ["DISPUTE_CREATED", "DISPUTE_JUDGED"] },
      { id: "D2", steps: ["DISPUTE_CREATED", "DEFENSE_SUPPLIED"] },
    ],
  }),
  "brings a card that is still to come": captured("a", { saving: CONSENT }),
  "is to be undone, and is not": failed("a", { evidence: { failed: true, succeeded: true, superseded: true } }),
  "is to be given back, and is not": captured("a", {
    evidence: { succeeded: true, superseded: true },
    operations: [moved("capture"), moved("refund", { status: "failed" })],
  }),
  "was given back more than is known to be taken": failed("a", { operations: [moved("refund")] }),
};

export const prunesAreKept = ({ describe, it }: Suite): void => {
  describe("prune", () => {
    it("removes a payment with its journal and its events", async (current) => {
      const first = await openDelivered(current(), failed("a", { paymentId: "2026" }));
      await current().commit(change(first, { unanswered: 1 }));
      await openDelivered(current(), captured("b"));
      assert.equal(await pruneAll(current()), 2);
      for (const id of ["a", "b"]) {
        assert.equal(await current(1).get(id), undefined);
        same(await current(1).journal(id), []);
        same(await current(1).tasks({ payment: id, limit: 5 }), { items: [] });
      }
      assert.equal(await current(1).find({ paymentId: "2026" }), undefined);
      same(await current(1).findByOrder(first.orderId), []);
      same(await current(1).list({ limit: 5 }), { items: [] });
      same(await current(1).list({ limit: 5, search: "2026" }), { items: [] });
      same(await current(1).tasks({ limit: 5 }), { items: [] });
      same((await current(1).overview({ from: LONG_AGO, to: LONG_AGO + 1 })).days, []);
    });

    it("touches nothing else", async (current) => {
      const stays = await openDelivered(current(), failed("stays", { updatedAt: NOW, orderId: "order" }));
      await openDelivered(current(), failed("goes", { orderId: "order" }));
      await current().cards.put(sampleCard("a"));
      assert.equal(await pruneAll(current()), 1);
      same(await current().findByOrder("order"), [stays]);
      same(await current().journal("stays"), [sampleEntry(stays)]);
      assert.equal((await current().tasks({ payment: "stays", state: "done", limit: 5 })).items.length, 2);
      same(await current().cards.list("buyer"), [sampleCard("a")]);
    });

    it("leaves the order to its live payment where another one of it goes", async (current) => {
      const orderId = "order";
      await openDelivered(current(), failed("goes", { orderId }));
      const stays = await openDelivered(current(), failed("stays", { orderId, updatedAt: NOW }));
      const live = await openNew(current(), samplePayment("live", { orderId }));
      assert.equal(await pruneAll(current()), 1);
      same(await current(1).open(opening(samplePayment("another", { orderId }))), { payment: live, isNew: false });
      assert.equal(await current(2).commit(change(stays, { status: "authorized" })), "occupied");
      same(await current().findByOrder(orderId), [live, stays]);
    });

    for (const [name, payment] of Object.entries(NEEDED)) {
      it(`keeps a payment that ${name}`, async (current) => {
        await openDelivered(current(), payment);
        assert.equal(await pruneAll(current()), 0);
        same(await current().get("a"), payment);
        same(await current().journal("a"), [sampleEntry(payment)]);
        assert.equal((await current().tasks({ payment: "a", limit: 5 })).items.length, 2);
      });
    }

    it("keeps a payment of which a task waits, is out or was given up, until it is done", async (current) => {
      for (const id of ["waits", "out", "dead", "late"]) {
        await openNew(current(), failed(id), [deliver(failed(id), 1, id === "late" ? NOW + 5 : LONG_AGO)]);
      }
      await openNew(current(), failed("asks"), [inquire(failed("asks"), NOW + 5)]);
      for (const task of await claimAll(current(), LONG_AGO, 10)) {
        const id = task.task.payment;
        if (id === "waits") await current().settle(task, { again: NOW + 5 });
        if (id === "dead") await current().settle(task, { dead: "too often" });
      }
      assert.equal(await pruneAll(current()), 0);
      same(await left(current()), ["asks", "dead", "late", "out", "waits"]);

      assert.equal(await current().redrive("dead:1", NOW), true);
      for (const task of await claimAll(current(), NOW + 5)) await current().settle(task, { done: true });
      assert.equal(await pruneAll(current(1)), 5);
      same(await left(current()), []);
    });

    it("goes by the time since when a payment rests, and by the one of its two kinds", async (current) => {
      for (const [nth, at] of [NOW - 2, NOW - 1, NOW, NOW + 1].entries()) {
        await openNew(current(), failed(`unpaid${nth}`, { createdAt: LONG_AGO + nth, updatedAt: at }));
        await openNew(current(), captured(`paid${nth}`, { createdAt: LONG_AGO + nth, updatedAt: at }));
      }
      assert.equal(await pruneAll(current(), { unpaidBefore: NOW, paidBefore: NOW - 1 }), 3);
      same(await left(current()), ["paid1", "paid2", "paid3", "unpaid2", "unpaid3"]);
      assert.equal(await pruneAll(current(), { unpaidBefore: 0, paidBefore: NOW + 1 }), 2);
      same(await left(current()), ["paid3", "unpaid2", "unpaid3"]);
      assert.equal(await pruneAll(current(), { unpaidBefore: 0, paidBefore: 0 }), 0);
      assert.equal(await pruneAll(current(), { unpaidBefore: NOW + 2, paidBefore: 0 }), 2);
      same(await left(current()), ["paid3"]);
    });

    it("lets a payment rest only from the end of its buyer's time and of its hold on", async (current) => {
      await openNew(current(), failed("time", { expiresAt: NOW }));
      await openNew(current(), captured("hold", { authorizationExpiresAt: NOW }));
      assert.equal(await pruneAll(current()), 0);
      assert.equal(await pruneAll(current(), { unpaidBefore: NOW + 1, paidBefore: NOW + 1 }), 2);
    });

    it("counts as paid what was given back, and what Antom's word leaves in doubt", async (current) => {
      const back = { refundedAmount: "1999", operations: [moved("capture"), moved("refund")] };
      await openNew(current(), captured("back", back));
      await openNew(current(), failed("doubt", { conflicts: [CONFLICT], reviewed: 1 }));
      await openNew(current(), failed("disputed", { disputes: [{ id: "D1", steps: ["DISPUTE_CANCELLED"] }] }));
      assert.equal(await pruneAll(current(), { paidBefore: LONG_AGO }), 0);
      assert.equal(await pruneAll(current(), { unpaidBefore: 0 }), 3);
    });

    it("lets a payment rest anew when something has happened to it", async (current) => {
      const first = await openNew(current(), captured("a"));
      const refund = moved("refund", { status: "pending" });
      const asked = change(first, { operations: [moved("capture"), refund], updatedAt: NOW });
      assert.equal(await current().commit(asked), "committed");
      assert.equal(await pruneAll(current(1), { paidBefore: NOW + 2 }), 0);
      const done = { operations: [moved("capture"), moved("refund")], refundedAmount: "1999", updatedAt: NOW + 1 };
      assert.equal(await current().commit(change(asked.payment, done)), "committed");
      assert.equal(await pruneAll(current(1), { paidBefore: NOW + 1 }), 0);
      assert.equal(await pruneAll(current(1), { paidBefore: NOW + 2 }), 1);
    });

    it("removes no more than were asked for, and those first that rest longest, paid or not", async (current) => {
      for (const [nth, id] of ["c", "e", "a", "d", "b"].entries()) {
        const since = LONG_AGO + "abcde".indexOf(id);
        const changes = { createdAt: LONG_AGO - nth, updatedAt: since, expiresAt: since };
        await openDelivered(current(), nth % 2 === 0 ? failed(id, changes) : captured(id, changes));
      }
      const request = { unpaidBefore: NOW, paidBefore: NOW, limit: 1 };
      assert.equal(await current().prune(request), 1);
      same(await left(current()), ["b", "c", "d", "e"]);
      assert.equal(await current(1).prune(request), 1);
      same(await left(current()), ["c", "d", "e"]);
      assert.equal(await pruneAll(current(2), { limit: 2 }), 3);
    });

    it("comes to an end with many payments, those that have to stay being the oldest", async (current) => {
      const stays = times(300, (nth) => failed(`stays${nth}`, { updatedAt: LONG_AGO - 1, expiresAt: LONG_AGO - 1 }));
      const goes = times(300, (nth) => failed(`goes${nth}`));
      await Promise.all(stays.map((payment) => openNew(current(), payment, [inquire(payment)])));
      await Promise.all(goes.map((payment) => openNew(current(), payment)));
      assert.equal(await pruneAll(current()), 300);
      assert((await left(current())).every((id) => id.startsWith("stays")));
      for (const task of await claimAll(current())) await current().settle(task, { done: true });
      assert.equal(await pruneAll(current()), 300);
    });

    it("refuses a limit that is none", async (current) => {
      await openNew(current(), failed("a"));
      for (const limit of [0, -1, 1.5, NaN]) {
        const request = { unpaidBefore: NOW, paidBefore: NOW, limit };
        assert.equal(await codeOf(() => current().prune(request)), "request_invalid", `${limit}`);
      }
      same(await left(current()), ["a"]);
    });

    it("leaves an order to be paid anew", async (current) => {
      await openDelivered(current(), captured("live", { orderId: "order" }));
      await openDelivered(current(), failed("gone", { orderId: "other" }));
      const again = samplePayment("again", { orderId: "order" });
      assert.equal((await current().open(opening(again))).isNew, false);
      assert.equal(await pruneAll(current()), 2);
      for (const orderId of ["order", "other"]) {
        const payment = samplePayment(`new-${orderId}`, { orderId });
        same(await current(1).open(opening(payment, [inquire(payment)])), { payment, isNew: true });
        same(await current().findByOrder(orderId), [payment]);
        same(await current().journal(payment.id), [sampleEntry(payment)]);
      }
    });

    it("makes a change of what is gone stale", async (current) => {
      const first = await openNew(current(), failed("a"));
      assert.equal(await pruneAll(current()), 1);
      assert.equal(await current(1).commit(change(first, {}, [inquire(first)])), "stale");
      assert.equal(await current().get("a"), undefined);
      same(await claimAll(current()), []);
    });

    it("does not mix up what is stored before with what is stored after", async (current) => {
      const old = await openDelivered(current(), samplePayment("old", { createdAt: NOW }));
      await openDelivered(current(), failed("gone", { createdAt: NOW }));
      assert.equal(await pruneAll(current()), 1);
      const later = [];
      for (const id of ["x", "y"]) later.push(await openDelivered(current(), samplePayment(id)));
      same((await current().list({ limit: 5 })).items, [...later.toReversed(), old]);
      for (const payment of [old, ...later]) same(await current().journal(payment.id), [sampleEntry(payment)]);
      const events = (await current().tasks({ limit: 10 })).items.map(({ task }) => task.id);
      same(events, ["y:2", "y:1", "x:2", "x:1", "old:2", "old:1"]);
    });
  });
};
