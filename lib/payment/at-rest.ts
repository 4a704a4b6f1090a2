import { sum, units } from "./amount.js";
import { attentionOf } from "./attention.js";
import { movedBy } from "./money.js";
import { awaitsAntom, isCancelled, type Dispute, type Payment } from "./payment.js";

/** Antom's `disputeNotificationType`s after which a dispute is over (notifyDispute). */
const DISPUTE_ENDS: ReadonlySet<string> = new Set([
  "DISPUTE_JUDGED",
  "DISPUTE_ACCEPTED",
  "DISPUTE_CANCELLED",
  "RDR_RESOLVED",
]);

/**
 * Since when nothing is expected to happen to the payment by itself any more, epoch milliseconds; undefined while Antom owes an answer,
 * something is held or is to be undone, a dispute is open, or a person has something to look at. It may still be refunded, or disputed.
 *
 * It is the last of the times that the payment knows of: its last change, and the ends of the buyer's time and of the hold, until which
 * Antom may still do something with it.
 *
 * Storages keep this in a column: a change of the rule needs a migration in each of them, and a line in the changelog for other adapters.
 */
export const restsSince = (payment: Payment): number | undefined => {
  const { updatedAt, expiresAt, authorizationExpiresAt = 0 } = payment;
  return isSettled(payment) ? Math.max(updatedAt, expiresAt, authorizationExpiresAt) : undefined;
};

/** Whether nothing is expected to happen to the payment by itself any more. */
export const isAtRest = (payment: Payment): boolean => restsSince(payment) !== undefined;

const isSettled = (payment: Payment): boolean =>
  payment.status !== "authorized" &&
  !awaitsAntom(payment) &&
  attentionOf(payment).length === 0 &&
  payment.disputes.every(isOver) &&
  isUndone(payment) &&
  // More was given back than is known to have been taken: of a capture Antom has still to tell.
  sum(movedBy(payment, "refund")) === payment.refundedAmount;

const isOver = ({ steps }: Dispute): boolean => steps.some((step) => DISPUTE_ENDS.has(step));

/** Of a payment that succeeded beside another one of its order nothing may be left, neither held nor taken. */
const isUndone = ({ evidence, capturedAmount, refundedAmount }: Payment): boolean => {
  if (evidence.superseded === undefined) return true;
  const captured = units(capturedAmount);
  return captured > 0n ? units(refundedAmount) >= captured : isCancelled(evidence);
};

/**
 * Whether money was ever taken, be it given back since. One of which Antom told something that disagrees counts as paid, looked at or not:
 * what was told may have been money, and such a fact is not added up.
 *
 * Storages keep this in a column: a change of the rule needs a migration in each of them, and a line in the changelog for other adapters.
 */
export const isPaid = ({ capturedAmount, conflicts, disputes }: Payment): boolean =>
  capturedAmount !== "0" || conflicts.length > 0 || disputes.length > 0;
