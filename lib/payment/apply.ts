import { acquired } from "./acquirer-info.js";
import { isOwed, joined, operation, requested, unneeded } from "./apply-operation.js";
import { askedAgain } from "./asked-again.js";
import { marked } from "./conflict.js";
import { withStep } from "./dispute.js";
import { isHolding, lastCall, mayBeCaptured, release, warning } from "./hold.js";
import { informed } from "./informed.js";
import { learnt, succeeded } from "./learnt.js";
import { mismatchOf } from "./mismatch.js";
import { missed } from "./missing.js";
import type { AuthorizationFact, DeadlineFact, Fact, ReviewedFact } from "./observation.js";
import { isOpen, type Payment } from "./payment.js";
import { settled } from "./settle.js";

/** Antom's code for an order that was closed because the buyer's time ran out. */
const CLOSED = "ORDER_IS_CLOSED";

/** The payment with one fact taken in. Nothing is ever taken back; a fact that adds nothing leaves the payment as it was. */
export function apply(payment: Payment, fact: Fact, at: number): Payment {
  const known = "requestId" in fact ? joined(payment, fact, at) : payment;
  const mismatch = mismatchOf(known, fact);
  if (mismatch !== undefined) return marked(payment, { ...mismatch, at });
  return settled(taken(identified(known, fact), fact, at), at);
}

/** The payment after what facts tell of its increases, which come first: the total that an answer tells of it may be what one in the same answer made it. */
export const withIncreases = (payment: Payment, facts: readonly Fact[], at: number): Payment =>
  facts.filter(({ kind }) => kind === "increase").reduce((next, fact) => apply(next, fact, at), payment);

function taken(payment: Payment, fact: Fact, at: number): Payment {
  switch (fact.kind) {
    case "authorization":
      return authorization(payment, fact, at);
    case "capture":
    case "refund":
    case "void":
    case "increase":
      return operation(payment, fact, at);
    case "requested":
      return requested(payment, fact);
    case "unneeded":
      return unneeded(payment, fact, at);
    case "asked_again":
      return askedAgain(payment, fact);
    case "deadline":
      return deadline(payment, fact, at);
    case "repeated":
      return { ...payment, expiresAt: Math.max(payment.expiresAt, fact.expiresAt) };
    case "dispute":
      return { ...payment, disputes: withStep(payment.disputes, fact) };
    case "reversal":
      return marked(payment, { code: "reversed", at });
    case "card":
      return { ...learnt(payment, { cardStored: true }), storedCardId: fact.card.id };
    case "missing":
      return missed(payment, at);
    case "unanswered":
      return { ...payment, unanswered: payment.unanswered + 1 };
    case "reviewed":
      return reviewed(payment, fact);
  }
}

function authorization(payment: Payment, fact: AuthorizationFact, at: number): Payment {
  // How the payment stands is no answer to an operation that was sent; that it is cancelled is one to a void.
  const unanswered = fact.outcome !== "cancelled" && isOwed(payment) ? payment.unanswered : 0;
  const next: Payment = { ...informed(payment, fact.outcome, fact.resultInfo), ...acquired(payment, fact), unanswered };
  switch (fact.outcome) {
    case "action_required":
      if (fact.action === undefined) return unshown(next, fact, at);
      // Nobody is there to go anywhere when the merchant charges a stored card.
      return payment.recurringType === undefined ? { ...next, action: fact.action } : { ...next, buyerNeeded: true };
    case "processing":
      return learnt(next, { processing: true });
    case "cancelled":
      return learnt(next, { cancelled: true });
    case "succeeded":
      return succeeded(raised(paidWith(next, fact), fact, at), fact, at);
    case "failed":
      return failed(next, fact, at);
  }
}

/** An authorization of the total that an increase asked for says that the increase went through, be it one that was given up. */
function raised(payment: Payment, { amount }: AuthorizationFact, at: number): Payment {
  // What is held from the beginning says nothing of an increase: one that was refused elsewhere may be told with it. (Antom: UPDATE_AMOUNT_RESULT)
  if (amount?.value === payment.amount.value) return payment;
  const increases = payment.operations.filter(
    ({ kind, amount: asked }) => kind === "increase" && asked !== undefined && asked.value === amount?.value,
  );
  const increase = increases.find(({ status }) => status === "pending") ?? increases[0];
  return increase === undefined || increases.some(({ status }) => status === "succeeded")
    ? payment
    : operation(payment, { kind: "increase", outcome: "succeeded", requestId: increase.id }, at);
}

function failed(payment: Payment, fact: AuthorizationFact, at: number): Payment {
  const next = learnt(payment, { failed: true, ...(fact.code === CLOSED ? { lapsed: true as const } : {}) });
  const coded = fact.code === undefined || next.failureCode !== undefined ? next : { ...next, failureCode: fact.code };
  return payment.evidence.succeeded === true ? marked(coded, { code: "contradictory_result", at }) : coded;
}

function deadline(payment: Payment, { which }: DeadlineFact, at: number): Payment {
  switch (which) {
    case "payment":
      return isOpen(payment) ? learnt(payment, { lapsed: true }) : payment;
    case "warning":
      return isHolding(payment) ? learnt(payment, warning(payment)) : payment;
    case "last":
      return isHolding(payment) ? learnt(payment, lastCall(payment)) : payment;
    case "hold":
      // Unknown is never failed: an order that was paid would be paid a second time.
      if (mayBeCaptured(payment)) return marked(payment, { code: "capture_untold", at });
      return isHolding(payment) ? learnt(payment, release(payment)) : payment;
  }
}

/** What has been looked at stays so, and nobody has looked at a conflict that is yet to come. */
function reviewed(payment: Payment, { count }: ReviewedFact): Payment {
  const seen = Math.min(count, payment.conflicts.length);
  return seen > (payment.reviewed ?? 0) ? { ...payment, reviewed: seen } : payment;
}

const identified = (payment: Payment, fact: Fact): Payment =>
  "paymentId" in fact && payment.paymentId === undefined ? { ...payment, paymentId: fact.paymentId } : payment;

/**
 * The kit has no page for a check that comes without one: the shop is told, and the order closes when the buyer's time is over. Where not even a
 * check is named, Antom may still say otherwise: a charge with nobody there is not let go of for that yet.
 */
function unshown(payment: Payment, { challenge }: AuthorizationFact, at: number): Payment {
  const isAlone = payment.recurringType !== undefined;
  if (challenge === undefined) return isAlone ? learnt(payment, { buyerAwaited: true }) : payment;
  if (isAlone) return { ...payment, buyerNeeded: true };
  return marked(payment, { code: "challenge_unsupported", at, seen: challenge });
}

const paidWith = (payment: Payment, { actualAmount }: AuthorizationFact): Payment =>
  actualAmount === undefined || payment.actualAmount !== undefined ? payment : { ...payment, actualAmount };
