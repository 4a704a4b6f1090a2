import { acquired } from "./acquirer-info.js";
import { marked } from "./conflict.js";
import { withStep } from "./dispute.js";
import { lastCall, warning } from "./hold.js";
import { informed } from "./informed.js";
import { mismatchOf } from "./mismatch.js";
import { missed } from "./missing.js";
import type {
  AuthorizationFact,
  DeadlineFact,
  Fact,
  OperationFact,
  RequestedFact,
  ReviewedFact,
  UnneededFact,
} from "./observation.js";
import { isAbout, RANK, type Operation, type OperationKind, type OperationStatus } from "./operation.js";
import { isCancelled, isOpen, isPastClosing, type Evidence, type Payment } from "./payment.js";
import { settled } from "./settle.js";

/** Antom's code for an order that was closed because the buyer's time ran out. */
const CLOSED = "ORDER_IS_CLOSED";

/** The payment with one fact taken in. Nothing is ever taken back; a fact that adds nothing leaves the payment as it was. */
export function apply(payment: Payment, fact: Fact, at: number): Payment {
  const mismatch = mismatchOf(payment, fact);
  if (mismatch !== undefined) return marked(payment, { ...mismatch, at });
  return settled(taken(identified(payment, fact), fact, at), at);
}

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
    case "deadline":
      return deadline(payment, fact);
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

function succeeded(payment: Payment, fact: Partial<AuthorizationFact>, at: number): Payment {
  const { evidence } = payment;
  const next = learnt(payment, {
    succeeded: true,
    ...(fact.authorizedAt === undefined
      ? {}
      : { authorizedAt: Math.min(fact.authorizedAt, evidence.authorizedAt ?? fact.authorizedAt) }),
    ...(fact.authorizationExpiresAt === undefined
      ? {}
      : { holdEndsAt: Math.max(fact.authorizationExpiresAt, evidence.holdEndsAt ?? 0) }),
  });
  if (evidence.succeeded === true) return next;
  if (evidence.failed === true) return marked(next, { code: "contradictory_result", at });
  return evidence.lapsed === true && !isCancelled(evidence) ? marked(next, { code: "late_success", at }) : next;
}

/** An authorization of the total that an increase asked for says that the increase went through, be it one that was given up. */
function raised(payment: Payment, { amount }: AuthorizationFact, at: number): Payment {
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

function operation(payment: Payment, fact: OperationFact, at: number): Payment {
  const known = payment.operations.find((candidate) => isAbout(candidate, fact));
  const id = known?.id ?? fact.requestId ?? fact.gatewayId;
  if (id === undefined) return payment;
  const amount = known?.amount ?? fact.amount;
  const gatewayId = fact.gatewayId ?? known?.gatewayId;
  const actualAmount = known?.actualAmount ?? fact.actualAmount;
  const told = {
    ...(amount === undefined ? {} : { amount }),
    ...(actualAmount === undefined ? {} : { actualAmount }),
    ...(gatewayId === undefined ? {} : { gatewayId }),
    ...acquired(known, fact),
  };
  const accepted = {
    ...(fact.outcome === "pending" ? { accepted: true as const } : {}),
    ...(fact.doubtful === true ? { doubtful: true as const } : {}),
  };
  const { accepted: _accepted, doubtful: _doubtful, code: _code, ...asked } = known ?? {};
  const merged: Operation =
    known !== undefined && RANK[known.status] >= RANK[fact.outcome]
      ? {
          ...(known.status === fact.outcome && fact.code !== undefined ? { code: fact.code } : {}),
          ...known,
          ...told,
          ...(known.status === "pending" ? accepted : {}),
        }
      : {
          ...asked,
          ...accepted,
          id,
          kind: fact.kind,
          status: fact.outcome,
          requestedAt: known?.requestedAt ?? fact.settledAt ?? at,
          ...told,
          ...(fact.code === undefined ? {} : { code: fact.code }),
          ...(fact.outcome === "pending" ? {} : { settledAt: fact.settledAt ?? at }),
        };
  const { operations } = known ? changed(payment, known, merged) : { operations: [...payment.operations, merged] };
  const next: Payment = {
    ...learnt(informed(payment, fact.outcome, fact.resultInfo), holdMarks(fact)),
    operations,
    // What an inquiry tells again of an earlier operation is no answer to the one that was sent.
    unanswered: known?.status === "pending" || !isOwed(payment) ? 0 : payment.unanswered,
  };
  const judged = contradicts(known, fact)
    ? marked(next, { code: "contradictory_result", at, seen: `${fact.kind} ${id}` })
    : next;
  // An inquiry may have told of a raised hold already, and nothing of its new end.
  const isNews = known?.status !== "succeeded" || (fact.kind === "increase" && fact.outcome === "succeeded");
  return merged.status === "succeeded" && isNews ? carriedOut(judged, fact, at) : judged;
}

/** Whether the outcome of an operation is still to come. */
const isOwed = ({ operations }: Payment): boolean => operations.some(({ status }) => status === "pending");

/** What a refused capture says of the hold. (Antom: capture) */
function holdMarks({ kind, outcome, code }: OperationFact): Evidence {
  if (kind !== "capture" || outcome !== "failed") return {};
  if (code === "AUTH_EXPIRED") return { holdExpired: true };
  return code === "AUTH_CANCELLED" ? { holdCancelled: true } : {};
}

/** One says it succeeded and the other that it failed, whichever came first. */
const contradicts = (known: Operation | undefined, fact: OperationFact): boolean =>
  known !== undefined &&
  known.status !== "pending" &&
  fact.outcome !== "pending" &&
  known.status !== fact.outcome &&
  !foundNothing(known.kind, known.status, known.code) &&
  !foundNothing(fact.kind, fact.outcome, fact.code);

/**
 * A cancel that came to Antom before the payment's pay call did, or one that was not needed any more and of which Antom has said nothing: one
 * that is sent again, or was on its way, may find the payment. An increase that was given up may be carried out late.
 */
const foundNothing = (kind: OperationKind, outcome: OperationStatus, code: string | undefined): boolean =>
  outcome === "failed" &&
  ((kind === "void" && (code === undefined || code === "ORDER_NOT_EXIST")) ||
    (kind === "increase" && code === undefined));

/** What an operation's success says about the payment itself. */
function carriedOut(payment: Payment, fact: OperationFact, at: number): Payment {
  switch (fact.kind) {
    case "capture":
      return succeeded(payment, {}, at);
    case "void":
      return learnt(payment, { cancelled: true });
    case "increase":
      return fact.authorizationExpiresAt === undefined
        ? payment
        : learnt(payment, { holdEndsAt: Math.max(fact.authorizationExpiresAt, payment.evidence.holdEndsAt ?? 0) });
    case "refund":
      return payment;
  }
}

function requested(payment: Payment, { operation: wanted }: RequestedFact): Payment {
  const standing = payment.operations.find(
    (candidate) =>
      candidate.id === wanted.id ||
      (wanted.kind === "void" && candidate.kind === "void" && candidate.status === "pending"),
  );
  if (standing === undefined) return { ...payment, operations: [...payment.operations, wanted] };
  if (standing.closes !== true || standing.status !== "pending" || wanted.closes === true) return payment;
  // Somebody wants it voided now, whatever comes of it meanwhile.
  const { closes: _closes, ...known } = standing;
  return changed(payment, standing, { ...wanted, ...known });
}

function unneeded(payment: Payment, fact: UnneededFact, at: number): Payment {
  const closing = payment.operations.find(
    ({ id, status, closes }) => id === fact.operation && status === "pending" && closes === true,
  );
  if (closing === undefined || !isPastClosing(payment)) return payment;
  const { accepted: _accepted, ...known } = closing;
  return changed(payment, closing, { ...known, status: "failed", settledAt: at });
}

const changed = (payment: Payment, known: Operation, next: Operation): Payment => ({
  ...payment,
  operations: payment.operations.map((candidate) => (candidate === known ? next : candidate)),
});

function deadline(payment: Payment, { which }: DeadlineFact): Payment {
  switch (which) {
    case "payment":
      return isOpen(payment) ? learnt(payment, { lapsed: true }) : payment;
    case "warning":
      return payment.status === "authorized" ? learnt(payment, warning(payment)) : payment;
    case "last":
      return payment.status === "authorized" ? learnt(payment, lastCall(payment)) : payment;
    case "hold":
      return payment.status === "authorized" ? learnt(payment, { released: true }) : payment;
  }
}

/** What has been looked at stays so, and nobody has looked at a conflict that is yet to come. */
function reviewed(payment: Payment, { count }: ReviewedFact): Payment {
  const seen = Math.min(count, payment.conflicts.length);
  return seen > (payment.reviewed ?? 0) ? { ...payment, reviewed: seen } : payment;
}

const identified = (payment: Payment, fact: Fact): Payment =>
  "paymentId" in fact && payment.paymentId === undefined ? { ...payment, paymentId: fact.paymentId } : payment;

const learnt = (payment: Payment, marks: Evidence): Payment => ({
  ...payment,
  evidence: { ...payment.evidence, ...marks },
});

/** The kit has no page for a check that comes without one: the shop is told, and the order closes when the buyer's time is over. */
function unshown(payment: Payment, { challenge }: AuthorizationFact, at: number): Payment {
  if (challenge === undefined) return payment;
  if (payment.recurringType !== undefined) return { ...payment, buyerNeeded: true };
  return marked(payment, { code: "challenge_unsupported", at, seen: challenge });
}

const paidWith = (payment: Payment, { actualAmount }: AuthorizationFact): Payment =>
  actualAmount === undefined || payment.actualAmount !== undefined ? payment : { ...payment, actualAmount };
