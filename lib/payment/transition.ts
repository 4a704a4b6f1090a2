import { isDeepStrictEqual } from "node:util";
import { apply, withIncreases } from "./apply.js";
import { announcements } from "./announce.js";
import type { PaymentEvent } from "./event.js";
import { viewOf, withoutLink } from "./event.js";
import { followUps } from "./follow-up.js";
import { sum, units } from "./amount.js";
import { marked } from "./conflict.js";
import { operationId } from "./id.js";
import { underWay } from "./money.js";
import type { AuthorizationFact, Observation } from "./observation.js";
import type { Operation } from "./operation.js";
import { awaitsCard, isLive, type Payment } from "./payment.js";
import { refundedCapture } from "./refunded-capture.js";
import type { TaskChange } from "./task.js";

/** What the transition has to know beside the payment itself. */
export interface TransitionContext {
  /** Another payment of the same order is live. */
  readonly otherIsLive: boolean;
}

export interface Transition {
  readonly payment: Payment;
  readonly events: readonly PaymentEvent[];
  /** Follow-up work, the delivery of the events included. */
  readonly tasks: readonly TaskChange[];
}

/**
 * The next payment, its events and its follow-up tasks; or undefined when the observation adds nothing to what is known.
 *
 * Pure: no I/O, no clock, no chance. Monotone: marks are only added, so a success is never overwritten. Idempotent: the same
 * observation again adds nothing. Indifferent to order: what Antom signed leads to the same payment whichever part comes first.
 */
export function transition(
  payment: Payment,
  observation: Observation,
  context: TransitionContext = { otherIsLive: false },
): Transition | undefined {
  const { at, facts } = observation;
  const learnt = facts
    .filter(({ kind }) => kind !== "increase")
    .reduce((next, fact) => apply(next, fact, at), withIncreases(payment, facts, at));
  const standing = withoutBuyer(payment, superseded(payment, learnt, at, context), at);
  const next = missedBuyer(cardGivenUp(givenBack(standing, at), observation));
  if (isDeepStrictEqual(next, payment)) return undefined;

  const found = announcements(payment, next, facts);
  const announced = found.some(({ type }) => type === "payment.authorized");
  const committed: Payment = {
    ...next,
    ...(announced ? { evidence: { ...next.evidence, announced } } : {}),
    version: payment.version + 1,
    eventCount: payment.eventCount + found.length,
    updatedAt: at,
  };
  const view = withoutLink(viewOf(committed));
  const events = found.map((event, index) => {
    const sequence = payment.eventCount + index + 1;
    return { id: `${payment.id}.${sequence}`, sequence, at, payment: view, ...event };
  });
  return { payment: committed, events, tasks: followUps(payment, committed, events, observation) };
}

/**
 * A payment that was given up and then succeeds after all is adopted, unless the order has another live payment by now: then it is
 * marked, and what is held is let go. (design: "A payment's life")
 */
function superseded(before: Payment, after: Payment, at: number, { otherIsLive }: TransitionContext): Payment {
  if (!otherIsLive || isLive(before) || !isLive(after)) return after;
  const next: Payment = { ...after, evidence: { ...after.evidence, superseded: true } };
  const taken = after.operations.find(({ kind, status }) => kind === "capture" && status === "succeeded");
  if (taken === undefined) return undone(next, at);
  // What was held until then tells of no late success by itself: the shop is to hear that money was taken twice for a time.
  const isTold = after.conflicts.length > before.conflicts.length;
  return isTold ? next : marked(next, { code: "late_success", at, seen: `capture ${taken.id}` });
}

/** A charge with nobody there that Antom wants the buyer for can never be completed: it is let go at once. */
const withoutBuyer = (before: Payment, after: Payment, at: number): Payment =>
  after.buyerNeeded === true && before.buyerNeeded === undefined && isLive(after) ? undone(after, at) : after;

/**
 * A charge with nobody there that was closed, or ran out of time, while Antom waited for the buyer and did not say where: it is known only now
 * that nothing else was to come. One that the shop voided has ended for the shop's own reason.
 */
function missedBuyer(payment: Payment): Payment {
  const { evidence, operations, status } = payment;
  const isLapsed = status === "expired" && evidence.succeeded === undefined;
  const isClosed = status === "voided" && operations.some(isDoneClosing);
  return evidence.buyerAwaited === true && (isLapsed || isClosed) ? { ...payment, buyerNeeded: true } : payment;
}

const isDoneClosing = ({ kind, status, closes }: Operation): boolean =>
  kind === "void" && status === "succeeded" && closes === true;

const undone = (payment: Payment, at: number): Payment =>
  apply(
    payment,
    {
      kind: "requested",
      operation: { id: operationId(payment, "void"), kind: "void", status: "pending", requestedAt: at },
    },
    at,
  );

/** Money that a superseded payment took all the same, before it could be let go, goes back to the buyer. */
function givenBack(payment: Payment, at: number): Payment {
  if (payment.evidence.superseded === undefined) return payment;
  // One that was refused is for a person to look at: payment.refund_failed has told of it.
  if (payment.operations.some(({ kind, status }) => kind === "refund" && status === "failed")) return payment;
  const given = sum(underWay(payment, "refund").map(({ amount }) => amount?.value ?? payment.amount.value));
  const left = units(payment.capturedAmount) - units(given);
  if (left <= 0n) return payment;
  const amount = { currency: payment.amount.currency, value: left.toString() };
  const id = operationId(payment, "refund");
  const captureId = refundedCapture(payment, left);
  const operation = {
    id,
    kind: "refund",
    amount,
    status: "pending",
    requestedAt: at,
    ...(captureId === undefined ? {} : { captureId }),
  } as const;
  return apply(payment, { kind: "requested", operation }, at);
}

/** How long after the authorization the token of a card that is to be kept is waited for, in milliseconds. */
const CARD_TIME = 10 * 60_000;

/** How Antom says a payment stands for good: a token that such an answer lacks does not come any more. */
const SETTLED: ReadonlySet<string> = new Set<AuthorizationFact["outcome"]>(["succeeded", "failed", "cancelled"]);

/** An inquiry long enough after the authorization that brings no card token says that there is none. */
function cardGivenUp(payment: Payment, { source, at, facts }: Observation): Payment {
  const told = facts.some((fact) => fact.kind === "authorization" && SETTLED.has(fact.outcome));
  const isLate = at >= (payment.authorizedAt ?? at) + CARD_TIME;
  return source === "inquiry" && told && isLate && awaitsCard(payment)
    ? { ...payment, evidence: { ...payment.evidence, cardMissed: true } }
    : payment;
}
