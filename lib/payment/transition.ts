import { isDeepStrictEqual } from "node:util";
import { apply } from "./apply.js";
import { announcements } from "./announce.js";
import type { PaymentEvent } from "./event.js";
import { viewOf } from "./event.js";
import { followUps } from "./follow-up.js";
import { operationId } from "./id.js";
import type { Observation } from "./observation.js";
import { isLive, type Payment } from "./payment.js";
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
  const learnt = facts.reduce((next, fact) => apply(next, fact, at), payment);
  const next = superseded(payment, learnt, at, context);
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
  const view = viewOf(committed);
  const events = found.map((event, index) => {
    const sequence = payment.eventCount + index + 1;
    return { ...event, id: `${payment.id}.${sequence}`, sequence, at, payment: view };
  });
  return { payment: committed, events, tasks: followUps(payment, committed, events, observation) };
}

/**
 * A payment that was given up and then succeeds after all is adopted, unless the order has another live payment by now: then it is
 * marked, and what is held is let go. (design: "A payment's life")
 */
function superseded(before: Payment, after: Payment, at: number, { otherIsLive }: TransitionContext): Payment {
  if (!otherIsLive || isLive(before) || !isLive(after)) return after;
  const marked: Payment = { ...after, evidence: { ...after.evidence, superseded: true } };
  const undo = {
    kind: "requested" as const,
    operation: { id: operationId(after, "void"), kind: "void" as const, status: "pending" as const, requestedAt: at },
  };
  return apply(marked, undo, at);
}
