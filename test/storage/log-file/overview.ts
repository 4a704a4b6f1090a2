import type { HeldMoney, OverviewDay, OverviewRange, Payment } from "../../../lib/index.js";
import { checkQuery } from "./page.js";

const DAY = 86_400_000;
const END_OF_TIME = 8_640_000_000_000_000;

const checkRange = ({ from, to }: OverviewRange): void => {
  for (const [at, time] of Object.entries({ from, to })) {
    const isTime = Number.isSafeInteger(time) && time >= 0 && time <= END_OF_TIME;
    checkQuery(isTime, at, "Give a time in whole milliseconds since 1970.");
  }
  checkQuery(to >= from, "to", "Give one that is not before `from`.");
  checkQuery(to - from <= 100 * DAY, "from", "Give one at most 100 days before `to`.");
};

/** Sums may be longer than a number, or 64 bits, hold. */
const sum = (values: readonly string[]): string =>
  values.reduce((total, value) => total + BigInt(value), 0n).toString();

const byLetters = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const groupsOf = (payments: readonly Payment[], keyOf: (payment: Payment) => string): [string, Payment[]][] =>
  [...new Set(payments.map(keyOf))]
    .sort(byLetters)
    .map((key) => [key, payments.filter((payment) => keyOf(payment) === key)]);

export const daysOf = (payments: readonly Payment[], range: OverviewRange): OverviewDay[] => {
  checkRange(range);
  const opened = payments.filter(({ createdAt }) => createdAt >= range.from && createdAt < range.to);
  const dayOf = ({ createdAt }: Payment): string => new Date(createdAt).toISOString().replace(/T.*/, "");
  return groupsOf(opened, dayOf).flatMap(([day, ofDay]) =>
    groupsOf(ofDay, ({ amount }) => amount.currency).map(([currency, those]) => ({ day, currency, ...told(those) })),
  );
};

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
    declines: groupsOf(failed, ({ failureCode = "" }) => failureCode)
      .map(([code, those]) => ({ code, count: those.length }))
      .sort((a, b) => b.count - a.count),
  };
};

export const heldOf = (payments: readonly Payment[]): HeldMoney[] =>
  groupsOf(
    payments.filter(({ status }) => status === "authorized"),
    ({ amount }) => amount.currency,
  ).map(([currency, those]) => ({
    currency,
    count: those.length,
    sum: sum(those.map(({ authorizedAmount }) => authorizedAmount)),
  }));
