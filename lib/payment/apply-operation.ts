import { acquired } from "./acquirer-info.js";
import { marked } from "./conflict.js";
import { informed } from "./informed.js";
import { heldUntil, learnt, succeeded } from "./learnt.js";
import { mismatchOf } from "./mismatch.js";
import type { OperationFact, RequestedFact, UnneededFact } from "./observation.js";
import { isAbout, RANK, type Operation, type OperationKind, type OperationStatus } from "./operation.js";
import { isPastClosing, type Evidence, type Payment } from "./payment.js";

/**
 * With what was known of an operation by Antom's id alone as what it is: the one of ours that a fact names by both ids. Apart they would be two, and
 * the money they moved would count twice.
 */
export function joined(payment: Payment, { kind, requestId, gatewayId }: OperationFact, at: number): Payment {
  const named = (name: string | undefined): Operation | undefined =>
    payment.operations.find(({ id, kind: its }) => its === kind && id === name);
  const [ours, theirs] = [named(requestId), named(gatewayId)];
  if (ours === undefined || theirs === undefined || ours === theirs || ours.gatewayId !== undefined) return payment;
  const { id: _id, status: outcome, requestedAt: _requestedAt, ...told } = theirs;
  const rest = { ...payment, operations: payment.operations.filter((candidate) => candidate !== theirs) };
  const again: OperationFact = { ...told, outcome, requestId: ours.id };
  return mismatchOf(rest, again) === undefined ? operation(rest, again, at) : payment;
}

/** The payment with what a fact says of one of its operations, or of one that it did not know of. */
export function operation(payment: Payment, fact: OperationFact, at: number): Payment {
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
export const isOwed = ({ operations }: Payment): boolean => operations.some(({ status }) => status === "pending");

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
      return heldUntil(payment, fact, at);
    case "refund":
      return payment;
  }
}

/** The payment with an operation that is wanted, unless it is there already. */
export function requested(payment: Payment, { operation: wanted }: RequestedFact): Payment {
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

/** The payment without a void of the kit's own that is not needed any more. */
export function unneeded(payment: Payment, fact: UnneededFact, at: number): Payment {
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
