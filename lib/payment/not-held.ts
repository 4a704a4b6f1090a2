import { units } from "./amount.js";
import { isCaptureUntold, isHeldOn, isRaising, LAST_CHANCE, mayBeCaptured } from "./hold.js";
import type { OperationKind } from "./operation.js";
import { isHeldInVain, type Payment } from "./payment.js";
import { refused, type Refused } from "./refusal.js";

/** Why nothing is held that could be captured, voided or raised. */
export function notHeld(payment: Payment, now: number, what: "captured" | "voided" | "raised"): Refused | undefined {
  const { status, evidence, authorizationExpiresAt: end } = payment;
  const isReleased = evidence.released === true;
  const isOver = evidence.succeeded === true && (isReleased || (end !== undefined && now >= end));
  if (status === "voided" || evidence.cancelled === true) {
    return refused("operation_refused", "it is voided: nothing is held any more");
  }
  // The increase may have put the end off.
  if (isOver && !isReleased && isRaising(payment)) return pendingOther(payment, undefined, now);
  // Antom was to capture it by itself: a cancel is what tells whether it did.
  if (isOver && mayBeCaptured(payment)) {
    const sentence = "the hold should be over, and Antom has not told whether it captured it";
    return what === "raised" ? refused("operation_refused", `${sentence}; it cannot be raised any more`) : undefined;
  }
  // It was called over, and then Antom told that it is held for longer after all: the buyer is to have it back.
  if (what === "voided" && isHeldOn(payment, now)) return undefined;
  // What was captured in time is the shop's; only the rest of the hold is gone.
  if (isOver && (units(payment.capturedAmount) === 0n || what === "captured")) {
    const when = end === undefined || now < end ? "" : `at ${new Date(end).toISOString()} `;
    const sentence = `the hold ended ${when}and cannot be ${what} any more`;
    return what === "voided"
      ? refused("void_too_late", `${sentence}; the bank lets it go by itself`, "none")
      : refused("authorization_expired", `${sentence}; the buyer has to pay anew`, "new_payment");
  }
  if (evidence.superseded === true) {
    // Antom may have refused the void by which the kit was to let go of it: somebody has to be able to ask for another.
    if (what === "voided") return undefined;
    const sentence = "another payment of the order took its place";
    if (!isHeldInVain(payment)) return refused("operation_refused", `${sentence}, and what was taken is given back`);
    return payment.operations.some(({ kind, status: stands }) => kind === "void" && stands === "pending")
      ? refused("operation_refused", `${sentence}, and it is being let go`)
      : refused("operation_refused", `${sentence}, and Antom has not let go of it; void it`, "void_instead");
  }
  if (status === "authorized" || status === "captured") return undefined;
  return refused("operation_refused", `nothing is held: the payment is ${status}`);
}

/**
 * Whether a void is done that somebody asked for. Nothing is held of a payment that Antom never heard of, or that is closed, though there was nothing
 * to cancel either. What is held after all is not let go so.
 */
export const isLetGo = (payment: Payment, now: number): boolean =>
  payment.status === "voided" ||
  (payment.status === "expired" &&
    payment.operations.some(({ kind, closes }) => kind === "void" && closes === undefined) &&
    !isHeldInVain(payment) &&
    !isHeldOn(payment, now));

/**
 * Antom decides about one thing after the other: two at once could undo one another. Before the hold is lost altogether, though, a capture or a
 * void of what is surely held does not wait for an increase any longer. Nor does a void wait for a capture that Antom was to tell of by the end of
 * the hold, and did not: the cancel is what tells whether it came about.
 */
export function pendingOther(payment: Payment, kind: OperationKind | undefined, now: number): Refused | undefined {
  const end = payment.authorizationExpiresAt;
  const isLast = kind !== undefined && end !== undefined && now >= end - LAST_CHANCE;
  const isUntold = kind === "void" && isCaptureUntold(payment);
  const other = payment.operations.find(
    (operation) =>
      operation.status === "pending" &&
      operation.kind !== kind &&
      operation.kind !== "refund" &&
      !(isLast && operation.kind === "increase") &&
      !(isUntold && operation.kind === "capture"),
  );
  return other === undefined
    ? undefined
    : refused("operation_pending", `the ${other.kind} ${other.id} is still under way; wait for its outcome`, "wait");
}
