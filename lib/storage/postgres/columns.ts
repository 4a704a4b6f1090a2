import { isPaid, restsSince } from "../../payment/at-rest.js";
import { type Attention, attentionOf } from "../../payment/attention.js";
import type { Payment } from "../../payment/payment.js";
import { isFit, writable } from "../ids.js";

export type Value = string | number | boolean | null;

/** The columns that stay as they were when the payment was opened, with their types. */
export const FIXED = {
  id: "text",
  order_id: "text",
  created_at: "bigint",
  buyer: "text",
  currency: "text",
  amount: "bigint",
} as const;

export const fixedValues = (payment: Payment): Value[] => {
  const { id, orderId, createdAt, buyer = null } = payment;
  const { currency, value } = payment.amount;
  return inOrder(FIXED, {
    id,
    order_id: orderId,
    created_at: createdAt,
    buyer,
    currency: writable(currency),
    amount: value,
  });
};

export const columnOf = <A extends Attention>(attention: A): `attention_${A}` => `attention_${attention}`;

/** The columns that each commit writes, with their types. */
export const CHANGING = {
  payment_id: "text",
  status: "text",
  live: "boolean",
  conflict: "boolean",
  version: "integer",
  succeeded: "boolean",
  failure_code: "text",
  authorized: "bigint",
  captured: "bigint",
  refunded: "bigint",
  attention_conflict: "boolean",
  attention_unknown: "boolean",
  attention_expiring: "boolean",
  rests_since: "bigint",
  paid: "boolean",
  token: "bigint",
  data: "json",
} as const;

export const changingValues = (payment: Payment, isLive: boolean, token: number, json: string): Value[] => {
  const attentions = attentionOf(payment);
  const { paymentId, failureCode } = payment;
  return inOrder(CHANGING, {
    // One that no text can hold is found by nobody.
    payment_id: paymentId !== undefined && isFit(paymentId) ? paymentId : null,
    status: payment.status,
    live: isLive,
    conflict: payment.conflicts.length > 0,
    version: payment.version,
    succeeded: payment.evidence.succeeded === true,
    failure_code: failureCode === undefined ? null : writable(failureCode),
    authorized: payment.authorizedAmount,
    captured: payment.capturedAmount,
    refunded: payment.refundedAmount,
    attention_conflict: attentions.includes("conflict"),
    attention_unknown: attentions.includes("unknown"),
    attention_expiring: attentions.includes("expiring"),
    rests_since: restsSince(payment) ?? null,
    paid: isPaid(payment),
    token,
    data: json,
  });
};

const inOrder = <Name extends string>(
  types: Readonly<Record<Name, string>>,
  values: Readonly<Record<NoInfer<Name>, Value>>,
): Value[] => Object.keys(types).map((name) => values[name as Name]);
