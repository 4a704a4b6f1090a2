import type { OverviewDay, Payment, Storage } from "../../../lib/index.js";
import { check } from "./page.js";
import { up } from "./table.js";
import type { PaymentRow, Steps } from "./tables.js";
import { deliveryCounts } from "./tasks.js";

const DAY = 86_400_000;

/** Sums may be longer than a number, or 64 bits, hold. */
const sum = (values: readonly string[]): string =>
  values.reduce((total, value) => total + BigInt(value), 0n).toString();

const grouped = (payments: readonly Payment[], keyOf: (payment: Payment) => string): [string, Payment[]][] =>
  [...new Set(payments.map(keyOf))].sort().map((key) => [key, payments.filter((payment) => keyOf(payment) === key)]);

const told = (payments: readonly Payment[]): Omit<OverviewDay, "day" | "currency"> => {
  const count = (holds: (payment: Payment) => boolean): number => payments.filter(holds).length;
  const failed = payments.filter(({ status, failureCode }) => status === "failed" && failureCode !== undefined);
  return {
    opened: payments.length,
    authorized: count(({ evidence }) => evidence.succeeded === true),
    failed: count(({ status }) => status === "failed"),
    expired: count(({ status }) => status === "expired"),
    voided: count(({ status }) => status === "voided"),
    captured: sum(payments.map(({ capturedAmount }) => capturedAmount)),
    refunded: sum(payments.map(({ refundedAmount }) => refundedAmount)),
    declines: grouped(failed, ({ failureCode = "" }) => failureCode)
      .map(([code, those]) => ({ code, count: those.length }))
      .sort((a, b) => b.count - a.count),
  };
};

const dayOf = ({ createdAt }: Payment): string => new Date(createdAt).toISOString().replace(/T.*/, "");
const currencyOf = ({ amount }: Payment): string => amount.currency;
const paymentsIn = (rows: Iterable<PaymentRow>): Payment[] => [...rows].map(({ payment }) => payment);

export const overview: Steps<Storage, "overview">["overview"] = (tables, { from, to }) => {
  for (const [at, time] of Object.entries({ from, to })) {
    check(time >= 0 && new Date(time).getTime() === time, at, "Give a time in whole milliseconds since 1970.");
  }
  check(to >= from, "to", "Give one that is not before `from`.");
  check(to - from <= 100 * DAY, "from", "Give one at most 100 days before `to`.");
  const opened = paymentsIn(tables.payments.by("time", { start: [from], end: [to] }));
  const days = grouped(opened, dayOf).flatMap(([day, ofDay]) =>
    grouped(ofDay, currencyOf).map(([currency, those]) => ({ day, currency, ...told(those) })),
  );
  const authorized = paymentsIn(tables.payments.by("status", up("authorized")));
  const held = grouped(authorized, currencyOf).map(([currency, those]) => {
    return { currency, count: those.length, sum: sum(those.map(({ authorizedAmount }) => authorizedAmount)) };
  });
  return { days, held, waiting: deliveryCounts(tables) };
};
