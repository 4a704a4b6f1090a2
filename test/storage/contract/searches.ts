import { expect } from "chai";
import fc from "fast-check";
import { ATTENTIONS, attentionOf } from "../../../lib/payment/attention.js";
import type { Operation } from "../../../lib/payment/operation.js";
import { PAYMENT_STATUSES, type Payment } from "../../../lib/payment/payment.js";
import type { ListQuery, Storage } from "../../../lib/storage/storage.js";
import type { Current } from "../contract.js";
import { allPages, NOW, sampleEntry, samplePayment } from "./samples.js";

type Filters = Omit<ListQuery, "limit" | "after">;

/** Few of each, so that payments share them; and one that is an order's, a buyer's and Antom's id at once. */
const IDS = ["x1", "x2", "x3", "x4"];
const BUYERS = ["ann", "Ann", "ann ", "x1"];
const VALUES = ["1", "1999", "9007199254740992", "9007199254740993", "9999999999999999"];
const CURRENCIES = ["EUR", "KRW"];

const pending: Operation = { id: "V1", kind: "void", status: "pending", requestedAt: NOW };

const changesArb: fc.Arbitrary<Partial<Payment>> = fc
  .record({
    status: fc.constantFrom(...PAYMENT_STATUSES),
    conflicts: fc.integer({ min: 0, max: 2 }),
    reviewed: fc.integer({ min: 0, max: 2 }),
    unanswered: fc.integer({ min: 0, max: 4 }),
    isWarned: fc.boolean(),
    isPending: fc.boolean(),
    paymentId: fc.option(fc.constantFrom(...IDS), { nil: undefined }),
  })
  .map(({ conflicts, reviewed, isWarned, isPending, paymentId, ...rest }) => ({
    ...rest,
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(reviewed === 0 ? {} : { reviewed: Math.min(reviewed, conflicts) }),
    conflicts: Array.from({ length: conflicts }, (_, i) => ({ code: "reversed" as const, at: NOW, seen: String(i) })),
    evidence: isWarned ? { warned: true as const } : {},
    operations: isPending ? [pending] : [],
  }));

const openedArb: fc.Arbitrary<Partial<Payment>> = fc
  .record({
    orderId: fc.constantFrom(...IDS),
    buyer: fc.option(fc.constantFrom(...BUYERS), { nil: undefined }),
    value: fc.constantFrom(...VALUES),
    currency: fc.constantFrom(...CURRENCIES),
    createdAt: fc.integer({ min: NOW, max: NOW + 12 }),
  })
  .map(({ value, currency, buyer, ...rest }) => ({
    ...rest,
    amount: { currency, value },
    ...(buyer === undefined ? {} : { buyer }),
  }));

const given = <T>(values: readonly T[]): fc.Arbitrary<T | undefined> =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 3 });

const queryArb: fc.Arbitrary<Filters> = fc
  .record({
    status: given(PAYMENT_STATUSES),
    conflict: given([true, false]),
    orderId: given([...IDS, "nobody's"]),
    buyer: given([...BUYERS, "ANN", "nobody"]),
    amount: given([...VALUES, "9007199254740991", "0"]),
    currency: given([...CURRENCIES, "eur"]),
    attention: given(ATTENTIONS),
    search: given([...IDS, ...BUYERS, "p7", "P7", "p", ""]),
    from: given([NOW, NOW + 3, NOW + 9]),
    to: given([NOW + 4, NOW + 10, NOW + 13]),
  })
  // Most of the time few of them, so that something is found.
  .chain((all) => {
    const names = Object.entries(all).filter(([, value]) => value !== undefined);
    return fc
      .subarray(names, { maxLength: Math.min(3, names.length) })
      .map((few) => Object.fromEntries(few) as Filters);
  });

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
  const opened = fc.sample(fc.tuple(openedArb, changesArb), { numRuns: 80, seed: 4 });
  const commits = [5, 6].map((seed) => fc.sample(changesArb, { numRuns: 50, seed }));
  const payments = opened.map(([first, second], i) => samplePayment(`p${String(i)}`, { ...first, ...second }));
  for (const payment of payments) await put(storage, payment);
  for (const changes of commits) {
    for (const [i, each] of changes.entries()) {
      const before = payments[i];
      if (before === undefined) continue;
      const { paymentId: _paymentId, reviewed: _reviewed, ...rest } = before;
      const payment: Payment = { ...rest, ...each, version: before.version + 1 };
      const entries = [sampleEntry(payment)];
      const change = { payment, isLive: false, expectedVersion: before.version, entries, tasks: [] };
      expect(await storage.commit(change)).to.equal("committed");
      payments[i] = payment;
    }
  }
  return payments
    .map((payment, number) => ({ payment, number }))
    .sort((a, b) => b.payment.createdAt - a.payment.createdAt || b.number - a.number)
    .map(({ payment }) => payment);
};

const codeOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => (typeof error === "object" && error !== null && "code" in error ? error.code : error),
  );

export const searchesAreKept = (current: Current): void => {
  describe("searching payments", () => {
    it("finds just those that meet everything asked for, newest first, in one page as in many", async () => {
      const payments = await stored(current());
      for (const attention of ATTENTIONS) {
        const many = payments.filter((payment) => matches(payment, { attention })).length;
        expect(many, attention).to.be.within(3, 77);
      }
      const found = new Set<string>();
      await fc.assert(
        fc.asyncProperty(queryArb, fc.integer({ min: 1, max: 30 }), async (query, limit) => {
          const { items, sizes } = await allPages((after) =>
            current().list({ ...query, limit, ...(after === undefined ? {} : { after }) }),
          );
          const expected = payments.filter((payment) => matches(payment, query));
          expect(items).to.deep.equal(expected);
          if (expected.length > 0) for (const name of Object.keys(query)) found.add(name);
          expect(Math.max(...sizes)).to.be.at.most(limit);
        }),
        { numRuns: 250 },
      );
      expect(found.size, `something was found by ${[...found].join(", ")}`).to.equal(10);
    });

    it("finds by each of the names of a payment, and one that bears several of them once", async () => {
      const payment = samplePayment("a", { orderId: "b", paymentId: "c", buyer: "d" });
      await put(current(), payment);
      for (const search of ["a", "b", "c", "d"]) {
        expect((await current().list({ search, limit: 5 })).items, search).to.deep.equal([payment]);
      }
      await put(current(), samplePayment("same", { orderId: "same", paymentId: "same", buyer: "same" }));
      const found = await current().list({ search: "same", limit: 1 });
      expect(found.items.map(({ id }) => id)).to.deep.equal(["same"]);
      expect(found).not.to.have.property("next");
    });

    it("takes no part of a name for the name", async () => {
      await put(current(), samplePayment("order-1", { orderId: "order-1-of-ann", buyer: "ann%" }));
      for (const search of ["order", "order-1-", "ann", "ann_", "%", "ann%\0", "order-1\ud800"]) {
        expect((await current().list({ search, limit: 5 })).items, search).to.deep.equal([]);
      }
      for (const buyer of ["ann", "ann%\0"])
        expect((await current().list({ buyer, limit: 5 })).items).to.deep.equal([]);
    });

    it("finds the newest of several that Antom has given one id", async () => {
      for (const [id, createdAt] of [
        ["a", NOW],
        ["b", NOW + 2],
        ["c", NOW + 1],
      ] as const) {
        await put(current(), samplePayment(id, { paymentId: "twice", createdAt }));
      }
      expect(await current().find({ paymentId: "twice" })).to.have.property("id", "b");
      const { items } = await current().list({ search: "twice", limit: 5 });
      expect(items.map(({ id }) => id)).to.deep.equal(["b", "c", "a"]);
    });

    it("refuses an amount that is not in minor units, and an attention that is none", async () => {
      for (const amount of ["19.99", "", "-1", "01", "1e3", " 1", "10000000000000000", "one"]) {
        expect(await codeOf(current().list({ amount, limit: 1 })), amount).to.equal("request_invalid");
      }
      const attention = "conflict = 1 OR 1" as (typeof ATTENTIONS)[number];
      expect(await codeOf(current().list({ attention, limit: 1 }))).to.equal("request_invalid");
    });
  });
};
