import { isPaid, restsSince } from "../../payment/at-rest.js";
import { type Attention, attentionOf } from "../../payment/attention.js";
import type { Payment } from "../../payment/payment.js";
import { dayOf } from "../tally.js";
import type { SqliteValue } from "./driver.js";

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

export const changingValues = (payment: Payment, isLive: boolean): SqliteValue[] => {
  const attentions = attentionOf(payment);
  return inOrder(CHANGING, {
    payment_id: payment.paymentId ?? null,
    status: payment.status,
    live: flag(isLive),
    conflict: flag(payment.conflicts.length > 0),
    version: payment.version,
    succeeded: flag(payment.evidence.succeeded === true),
    failure_code: payment.failureCode ?? null,
    // Given as text, which SQLite takes for whole numbers: those of JavaScript are exact to fifteen digits only.
    authorized: payment.authorizedAmount,
    captured: payment.capturedAmount,
    refunded: payment.refundedAmount,
    attention_conflict: flag(attentions.includes("conflict")),
    attention_unknown: flag(attentions.includes("unknown")),
    attention_expiring: flag(attentions.includes("expiring")),
    rests_since: restsSince(payment) ?? null,
    paid: flag(isPaid(payment)),
  });
};

const flag = (value: boolean): number => (value ? 1 : 0);

const inOrder = <Name extends string>(
  names: readonly Name[],
  values: Readonly<Record<Name, SqliteValue>>,
): SqliteValue[] => names.map((name) => values[name]);
