import type { Payment } from "./payment.js";

/** How long after its opening no pay call of a payment is under way any more where nothing was heard of one, in milliseconds. */
const CALL_OVER = 30_000;

/** How far apart two answers by which Antom knows no such payment must be for both to count, in milliseconds. */
const APART = 10_000;

/** So many of them, over half a minute, say that the pay call is lost. */
const ENOUGH = 4;

/** How often Antom has said that it knows no such payment, as far as that counts. */
export interface Missing {
  readonly times: number;
  /** When it did so last; epoch milliseconds. */
  readonly at: number;
}

/** Whether a pay call that comes late takes money by itself. Any other only opens a page, to which nobody is sent any more. */
const takesByItself = ({ method }: Payment): boolean => method === "card" || method === "stored-card";

/** Nobody waits for an answer to the pay call any more. */
const isCallOver = ({ unanswered, createdAt }: Payment, at: number): boolean =>
  unanswered > 0 || at >= createdAt + CALL_OVER;

/** The payment after Antom has said that it knows no such payment. While the pay call may still be under way that says nothing. */
export function missed(payment: Payment, at: number): Payment {
  const { missing } = payment;
  if (payment.status !== "created" || !takesByItself(payment) || !isCallOver(payment, at)) return payment;
  if (missing === undefined) return { ...payment, missing: { times: 1, at } };
  if (missing.times >= ENOUGH || at < missing.at + APART) return payment;
  return { ...payment, missing: { times: missing.times + 1, at } };
}

/**
 * Whether a payment that Antom has just said it does not know can be given up, and the order be paid anew: its pay call will not arrive any
 * more, or would take nothing. One answer is not enough where it would: what Antom has just been sent its inquiry may not know yet.
 */
export function isLostForGood(payment: Payment, at: number): boolean {
  if (!takesByItself(payment)) return isCallOver(payment, at);
  return payment.missing !== undefined && payment.missing.times >= ENOUGH;
}

/** Whether the pay call of such a payment may arrive yet, and take money: a cancel that finds nothing to cancel proves nothing then. */
export const mayArriveLate = (payment: Payment, at: number): boolean =>
  payment.status === "created" && takesByItself(payment) && !isLostForGood(payment, at);
