import assert from "node:assert/strict";
import { ATTENTIONS, attentionOf } from "../../payment/attention.js";
import type { Operation } from "../../payment/operation.js";
import { PAYMENT_STATUSES, type Payment } from "../../payment/payment.js";
import type { ListQuery, Storage } from "../storage.js";
import { codeOf } from "./code-of.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";
import { type Chance, chance, times } from "./chance.js";
import { allPages, NOW, sampleEntry, samplePayment } from "./samples.js";

type Filters = Omit<ListQuery, "limit" | "after">;

/** Few of each, so that payments share them; and one that is an order's, a buyer's and Antom's id at once. */
const IDS = ["x1", "x2", "x3", "x4"];
const BUYERS = ["ann", "Ann", "ann ", "x1"];
const VALUES = ["1", "1999", "9007199254740992", "9007199254740993", "9999999999999999"];
const CURRENCIES = ["EUR", "KRW"];

const pending: Operation = { id: "V1", kind: "void", status: "pending", requestedAt: NOW };

const someChanges = (by: Chance): Partial<Payment> => {
  const conflicts = by.upTo(2);
  const reviewed = by.upTo(2);
  const paymentId = by.oneOf([undefined, ...IDS]);
  return {
    status: by.oneOf(PAYMENT_STATUSES),
    unanswered: by.upTo(4),
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(reviewed === 0 ? {} : { reviewed: Math.min(reviewed, conflicts) }),
    conflicts: times(conflicts, (nth) => ({ code: "reversed" as const, at: NOW, seen: String(nth) })),
    evidence: by.isTrue() ? { warned: true } : {},
    operations: by.isTrue() ? [pending] : [],
  };
};

const someOpened = (by: Chance): Partial<Payment> => {
  const buyer = by.oneOf([undefined, ...BUYERS]);
  return {
    orderId: by.oneOf(IDS),
    amount: { currency: by.oneOf(CURRENCIES), value: by.oneOf(VALUES) },
    createdAt: NOW + by.upTo(12),
    ...(buyer === undefined ? {} : { buyer }),
  };
};

/** One to three filters, so that most of the time something is found; or none. */
const someQuery = (by: Chance): Filters => {
  const makers: readonly (() => Filters)[] = [
    () => ({ status: by.oneOf(PAYMENT_STATUSES) }),
    () => ({ conflict: by.isTrue() }),
    () => ({ orderId: by.oneOf([...IDS, "nobody's"]) }),
    () => ({ buyer: by.oneOf([...BUYERS, "ANN", "nobody"]) }),
    () => ({ amount: by.oneOf([...VALUES, "9007199254740991", "0"]) }),
    () => ({ currency: by.oneOf([...CURRENCIES, "eur"]) }),
    () => ({ attention: by.oneOf(ATTENTIONS) }),
    () => ({ search: by.oneOf([...IDS, ...BUYERS, "p7", "P7", "p", ""]) }),
    () => ({ from: by.oneOf([NOW, NOW + 3, NOW + 9]) }),
    () => ({ to: by.oneOf([NOW + 4, NOW + 10, NOW + 13]) }),
  ];
  return Object.assign({}, ...times(by.upTo(3), () => by.oneOf(makers)())) as Filters;
};

const matches = (payment: Payment, query: Filters): boolean => {
  const checks: boolean[] = [];
  if (query.status !== undefined) checks.push(payment.status === query.status);
  if (query.conflict !== undefined) checks.push(payment.conflicts.length > 0 === query.conflict);
  if (query.orderId !== undefined) checks.push(payment.orderId === query.orderId);
  if (query.buyer !== undefined) checks.push(payment.buyer === query.buyer);
  if (query.amount !== undefined) checks.push(BigInt(payment.amount.value) === BigInt(query.amount));
  if (query.currency !== undefined) checks.push(payment.amount.currency === query.currency);
  if (query.attention !== undefined) checks.push(attentionOf(payment).includes(query.attention));
  if (query.from !== undefined) checks.push(payment.createdAt >= query.from);
  if (query.to !== undefined) checks.push(payment.createdAt < query.to);
  const { id, paymentId, orderId, buyer } = payment;
  if (query.search !== undefined) checks.push([id, paymentId, orderId, buyer].some((name) => name === query.search));
  return checks.every(Boolean);
};

/** Opens a payment that is not live, so that an order may have any number of them, whatever their status says. */
const put = async (storage: Storage, payment: Payment): Promise<void> => {
  await storage.open({ payment, isLive: false, entry: sampleEntry(payment), tasks: [] });
};

/** Many payments, most of them changed once or twice; as they are stored in the end, newest first. */
const stored = async (storage: Storage): Promise<Payment[]> => {
  const by = chance(4);
  const payments = times(80, (nth) => samplePayment(`p${nth}`, { ...someOpened(by), ...someChanges(by) }));
  const commits = times(2, () => times(50, () => someChanges(by)));
  for (const payment of payments) await put(storage, payment);
  for (const changes of commits) {
    for (const [i, each] of changes.entries()) {
      const before = payments[i];
      if (before === undefined) continue;
      const { paymentId: _paymentId, reviewed: _reviewed, ...rest } = before;
      const payment: Payment = { ...rest, ...each, version: before.version + 1 };
      const entries = [sampleEntry(payment)];
      const change = { payment, isLive: false, expectedVersion: before.version, entries, tasks: [] };
      assert.equal(await storage.commit(change), "committed");
      payments[i] = payment;
    }
  }
  return payments
    .map((payment, number) => ({ payment, number }))
    .sort((a, b) => b.payment.createdAt - a.payment.createdAt || b.number - a.number)
    .map(({ payment }) => payment);
};

export const searchesAreKept = ({ describe, it }: Suite): void => {
  describe("searching payments", () => {
    it("finds just those that meet everything asked for, newest first, in one page as in many", async (current) => {
      const payments = await stored(current());
      for (const attention of ATTENTIONS) {
        const many = payments.filter((payment) => matches(payment, { attention })).length;
        assert(many >= 3 && many <= 77, attention);
      }
      const found = new Set<string>();
      const by = chance(7);
      for (const query of times(250, () => someQuery(by))) {
        const limit = 1 + by.upTo(29);
        const { items, sizes } = await allPages((after) =>
          current().list({ ...query, limit, ...(after === undefined ? {} : { after }) }),
        );
        const expected = payments.filter((payment) => matches(payment, query));
        same(items, expected, JSON.stringify(query));
        if (expected.length > 0) for (const name of Object.keys(query)) found.add(name);
        assert(Math.max(...sizes) <= limit);
      }
      assert.equal(found.size, 10, `something was found by ${[...found].join(", ")}`);
    });

    it("finds by each of the names of a payment, and one that bears several of them once", async (current) => {
      const payment = samplePayment("a", { orderId: "b", paymentId: "c", buyer: "d" });
      await put(current(), payment);
      for (const search of ["a", "b", "c", "d"]) {
        same((await current().list({ search, limit: 5 })).items, [payment], search);
      }
      await put(current(), samplePayment("same", { orderId: "same", paymentId: "same", buyer: "same" }));
      const found = await current().list({ search: "same", limit: 1 });
      same(
        found.items.map(({ id }) => id),
        ["same"],
      );
      assert(!("next" in found));
    });

    it("takes no part of a name for the name", async (current) => {
      await put(current(), samplePayment("order-1", { orderId: "order-1-of-ann", buyer: "ann%" }));
      for (const search of ["order", "order-1-", "ann", "ann_", "%", "ann%\0", "order-1\ud800"]) {
        same((await current().list({ search, limit: 5 })).items, [], search);
      }
      for (const buyer of ["ann", "ann%\0"]) same((await current().list({ buyer, limit: 5 })).items, []);
    });

    it("finds the newest of several that Antom has given one id", async (current) => {
      for (const [id, createdAt] of [
        ["a", NOW],
        ["b", NOW + 2],
        ["c", NOW + 1],
      ] as const) {
        await put(current(), samplePayment(id, { paymentId: "twice", createdAt }));
      }
      assert.equal((await current().find({ paymentId: "twice" }))?.id, "b");
      const { items } = await current().list({ search: "twice", limit: 5 });
      same(
        items.map(({ id }) => id),
        ["b", "c", "a"],
      );
    });

    it("refuses an amount that is not in minor units, and an attention that is none", async (current) => {
      for (const amount of ["19.99", "", "-1", "01", "1e3", " 1", "10000000000000000", "one"]) {
        assert.equal(await codeOf(() => current().list({ amount, limit: 1 })), "request_invalid", amount);
      }
      const attention = "conflict = 1 OR 1" as (typeof ATTENTIONS)[number];
      assert.equal(await codeOf(() => current().list({ attention, limit: 1 })), "request_invalid");
    });
  });
};
