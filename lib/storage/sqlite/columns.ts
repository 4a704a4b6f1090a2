import { isPaid, restsSince } from "../../payment/at-rest.js";
import { type Attention, attentionOf } from "../../payment/attention.js";
import type { Payment } from "../../payment/payment.js";
import { isFit } from "../ids.js";
import { dayOf } from "../tally.js";
import type { SqliteValue } from "./driver.js";
import { integer, integerOrNull } from "./row.js";

/** The columns that stay as they were when the payment was opened. */
export const FIXED = ["id", "order_id", "created_at", "day", "buyer", "currency", "amount"] as const;

export const fixedValues = (payment: Payment): SqliteValue[] => {
  const { currency, value } = payment.amount;
  const { id, orderId, createdAt, buyer = null } = payment;
  return inOrder(FIXED, {
    id,
    order_id: orderId,
    created_at: createdAt,
    day: dayOf(createdAt),
    buyer,
    currency,
    amount: value,
  });
};

export const columnOf = <A extends Attention>(attention: A): `attention_${A}` => `attention_${attention}`;

/** The columns that a commit writes where they change, beside `data`. */
export const CHANGING = [
  "payment_id",
  "status",
  "live",
  "conflict",
  "version",
  "succeeded",
  "failure_code",
  "authorized",
  "captured",
  "refunded",
  "attention_conflict",
  "attention_unknown",
  "attention_expiring",
  "rests_since",
  "paid",
] as const;

/** Those of them that a rule of the kit's produces, which a later version may change: a row may hold what an earlier one did. */
export const RULED = [
  "live",
  "attention_conflict",
  "attention_unknown",
  "attention_expiring",
  "rests_since",
  "paid",
] as const satisfies readonly Changing[];

type Changing = (typeof CHANGING)[number];
type Ruled = (typeof RULED)[number];

export const changingValues = (payment: Payment, isLive: boolean): SqliteValue[] => {
  const attentions = attentionOf(payment);
  return valuesOf(payment, {
    live: flag(isLive),
    attention_conflict: flag(attentions.includes("conflict")),
    attention_unknown: flag(attentions.includes("unknown")),
    attention_expiring: flag(attentions.includes("expiring")),
    rests_since: restsSince(payment) ?? null,
    paid: flag(isPaid(payment)),
  });
};

/** The same as a row has them, read with `RULED`. */
export const storedValues = (payment: Payment, row: unknown): SqliteValue[] =>
  valuesOf(payment, {
    live: integer(row, "live"),
    attention_conflict: integer(row, "attention_conflict"),
    attention_unknown: integer(row, "attention_unknown"),
    attention_expiring: integer(row, "attention_expiring"),
    rests_since: integerOrNull(row, "rests_since"),
    paid: integer(row, "paid"),
  });

const valuesOf = (payment: Payment, ruled: Readonly<Record<Ruled, SqliteValue>>): SqliteValue[] => {
  const { paymentId } = payment;
  return inOrder(CHANGING, {
    // One that no text can hold is found by nobody.
    payment_id: paymentId !== undefined && isFit(paymentId) ? paymentId : null,
    status: payment.status,
    conflict: flag(payment.conflicts.length > 0),
    version: payment.version,
    succeeded: flag(payment.evidence.succeeded === true),
    failure_code: payment.failureCode ?? null,
    // Given as text, which SQLite takes for whole numbers: those of JavaScript are exact to fifteen digits only.
    authorized: payment.authorizedAmount,
    captured: payment.capturedAmount,
    refunded: payment.refundedAmount,
    // Not spread: to copy them in costs Node 20 as much as all the rest.
    live: ruled.live,
    attention_conflict: ruled.attention_conflict,
    attention_unknown: ruled.attention_unknown,
    attention_expiring: ruled.attention_expiring,
    rests_since: ruled.rests_since,
    paid: ruled.paid,
  });
};

const flag = (value: boolean): number => (value ? 1 : 0);

const inOrder = <Name extends string>(
  names: readonly Name[],
  values: Readonly<Record<Name, SqliteValue>>,
): SqliteValue[] => names.map((name) => values[name]);
