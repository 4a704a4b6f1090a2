import assert from "node:assert/strict";
import { PAYMENT_STATUSES, type Payment } from "../../payment/payment.js";
import type { OverviewDay, OverviewRange, Storage } from "../storage.js";
import { codeOf } from "./code-of.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";
import { has } from "./has.js";
import { type Chance, chance, times } from "./chance.js";
import { change, claimAll, deliver, inquire, NOW, openNew, sampleEntry, samplePayment } from "./samples.js";

const DAY = 24 * 60 * 60 * 1000;
/** Midnight in UTC. */
const START = Date.UTC(2026, 10, 20);
const VALUES = ["0", "1", "1999", "9007199254740993", "9999999999999999"];

const someChanges = (by: Chance): Partial<Payment> => {
  const failureCode = by.oneOf([undefined, "DO_NOT_HONOR", "CARD_EXPIRED", "RISK_REJECT"]);
  return {
    status: by.oneOf([...PAYMENT_STATUSES, "failed"] as const),
    amount: { currency: by.oneOf(["EUR", "KRW", "JPY"]), value: "1999" },
    authorizedAmount: by.oneOf(VALUES),
    capturedAmount: by.oneOf(VALUES),
    refundedAmount: by.oneOf(VALUES),
    evidence: by.isTrue() ? { succeeded: true } : {},
    ...(failureCode === undefined ? {} : { failureCode }),
    createdAt: by.isTrue()
      ? START + by.upTo(4 * DAY)
      : by.oneOf([START, START + DAY - 1, START + DAY, START + 2 * DAY]),
  };
};

const put = async (storage: Storage, payment: Payment): Promise<void> => {
  await storage.open({ payment, isLive: false, entry: sampleEntry(payment), tasks: [] });
};

/** Said plainly: each line by looking through all payments again. */
const expectedDays = (all: readonly Payment[], { from, to }: OverviewRange): OverviewDay[] => {
  const payments = all.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  const dateOf = ({ createdAt }: Payment): string => new Date(createdAt).toISOString().slice(0, 10);
  const keys = new Set(payments.map((payment) => `${dateOf(payment)} ${payment.amount.currency}`));
  return [...keys].sort().map((key) => {
    const of = payments.filter((payment) => `${dateOf(payment)} ${payment.amount.currency}` === key);
    const failed = of.filter(({ status }) => status === "failed");
    const codes = new Set(failed.flatMap(({ failureCode }) => failureCode ?? []));
    const [day = "", currency = ""] = key.split(" ");
    return {
      day,
      currency,
      opened: of.length,
      authorized: of.filter(({ evidence }) => evidence.succeeded).length,
      failed: failed.length,
      expired: of.filter(({ status }) => status === "expired").length,
      voided: of.filter(({ status }) => status === "voided").length,
      captured: of.reduce((sum, { capturedAmount }) => sum + BigInt(capturedAmount), 0n).toString(),
      refunded: of.reduce((sum, { refundedAmount }) => sum + BigInt(refundedAmount), 0n).toString(),
      declines: [...codes]
        .sort()
        .map((code) => ({ code, count: failed.filter(({ failureCode }) => failureCode === code).length }))
        .sort((a, b) => b.count - a.count),
    };
  });
};

const NOTHING = { days: [], held: [], waiting: { waiting: 0, failing: 0, dead: 0 } };

export const overviewsAreKept = ({ describe, it }: Suite): void => {
  describe("overview", () => {
    it("is empty where there is nothing", async (current) => {
      same(await current().overview({ from: START, to: START + DAY }), NOTHING);
      same(await current().overview({ from: 0, to: 0 }), NOTHING);
    });

    it("adds up each day and currency of whatever range, as the payments now stand", async (current) => {
      const by = chance(4);
      const opened = times(150, () => someChanges(by));
      const changed = times(75, () => someChanges(by));
      const payments = opened.map((changes, i) => samplePayment(`p${String(i)}`, changes));
      for (const payment of payments) await put(current(), payment);
      for (const [i, changes] of changed.entries()) {
        const before = payments[i];
        if (before === undefined) continue;
        const { failureCode: _failureCode, ...rest } = before;
        const { amount, createdAt } = before;
        const next = change({ ...rest }, { ...changes, amount, createdAt });
        assert.equal(await current().commit({ ...next, isLive: false }), "committed");
        payments[i] = next.payment;
      }
      const time = (): number => START - DAY + by.upTo(6 * DAY);
      const ranges = times(40, () => {
        const [from = 0, to = 0] = [time(), time()].sort((a, b) => a - b);
        return { from, to };
      });
      const edges = [
        { from: START, to: START + 4 * DAY },
        { from: START, to: START + DAY },
        { from: START + DAY - 1, to: START + DAY },
      ];
      for (const range of [...edges, ...ranges]) {
        same((await current().overview(range)).days, expectedDays(payments, range));
      }
    });

    it("counts what is held now, whenever it was opened", async (current) => {
      const held = (id: string, currency: string, authorizedAmount: string): Payment =>
        samplePayment(id, {
          status: "authorized",
          amount: { currency, value: "1" },
          authorizedAmount,
          createdAt: START,
        });
      for (const [i, value] of ["1999", "9999999999999999", "9999999999999999"].entries()) {
        await put(current(), held(`k${String(i)}`, "KRW", value));
      }
      for (const id of ["a", "b"]) await put(current(), held(id, "EUR", "5"));
      // Of what Antom has not decided about nothing is held, whatever is asked for.
      for (const status of ["created", "requires_action", "processing", "failed"] as const) {
        await put(current(), { ...held(status, "EUR", "7"), status });
      }
      const before = held("b", "EUR", "5");
      await current().commit({ ...change(before, { status: "captured", capturedAmount: "5" }), isLive: false });
      const overview = await current().overview({ from: 0, to: 1 });
      same(overview.days, []);
      same(overview.held, [
        { currency: "EUR", count: 1, sum: "5" },
        { currency: "KRW", count: 3, sum: "20000000000001997" },
      ]);
    });

    it("is exact beyond what 64 bits hold", async (current) => {
      const most = "9999999999999999";
      const payments = Array.from({ length: 1000 }, (_, i) =>
        samplePayment(`p${String(i)}`, {
          createdAt: START,
          status: i === 0 ? "authorized" : "captured",
          authorizedAmount: most,
          capturedAmount: most,
          refundedAmount: most,
        }),
      );
      await Promise.all(payments.map((payment) => put(current(), payment)));
      const { days, held } = await current().overview({ from: START, to: START + 1 });
      assert.equal(days.length, 1);
      has(days[0], { captured: "9999999999999999000", refunded: "9999999999999999000", opened: 1000 });
      same(held, [{ currency: "EUR", count: 1, sum: most }]);
    });

    it("counts the hooks that wait, that fail and that were given up, and no other work", async (current) => {
      const counts = async () => (await current().overview({ from: 0, to: 0 })).waiting;
      for (let i = 0; i < 4; i++) {
        const payment = samplePayment(`p${String(i)}`);
        await openNew(current(), payment, [deliver(payment, 1), deliver(payment, 2), inquire(payment)]);
      }
      same(await counts(), { waiting: 8, failing: 0, dead: 0 });
      const claimed = await claimAll(current());
      const delivers = claimed.filter(({ task }) => task.kind === "deliver");
      same(await counts(), { waiting: 8, failing: 4, dead: 0 });
      const [inquiry] = claimed.filter(({ task }) => task.kind === "inquire");
      if (inquiry !== undefined) await current().settle(inquiry, { dead: "y" });
      same(await counts(), { waiting: 8, failing: 4, dead: 0 });
      const outcomes = [{ again: NOW + 1 }, { dead: "x" }, { done: true }, { done: true }] as const;
      for (const [i, outcome] of outcomes.entries()) {
        const task = delivers[i];
        if (task !== undefined) await current().settle(task, outcome);
      }
      same(await counts(), { waiting: 5, failing: 1, dead: 1 });
      await current().redrive(delivers[1]?.task.id ?? "", NOW);
      same(await counts(), { waiting: 6, failing: 1, dead: 0 });
    });

    it("refuses times that are none, backwards, or more than a hundred days apart", async (current) => {
      same(await current().overview({ from: START + 1, to: START + 1 + 100 * DAY }), NOTHING);
      const refused: OverviewRange[] = [
        { from: START, to: START + 100 * DAY + 1 },
        { from: START, to: START - 1 },
        { from: -1, to: 1 },
        { from: NaN, to: 1 },
        { from: 0, to: 1.5 },
        { from: 0, to: Infinity },
        { from: 8_640_000_000_000_000, to: 8_640_000_000_000_001 },
      ];
      for (const range of refused) {
        assert.equal(await codeOf(() => current().overview(range)), "request_invalid", JSON.stringify(range));
      }
    });
  });
};
