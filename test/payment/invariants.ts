import { expect } from "chai";
import type { PaymentEvent } from "../../lib/payment/event.js";
import { EVENT_TYPES } from "../../lib/payment/events.js";
import type { Observation } from "../../lib/payment/observation.js";
import type { Operation } from "../../lib/payment/operation.js";
import type { Payment, PaymentStatus } from "../../lib/payment/payment.js";
import type { Transition } from "../../lib/payment/transition.js";

/** Where each status may lead. Nothing ever leads back to a payment that is only open, and nothing away from money taken. */
export const MAY_BECOME: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  created: ["requires_action", "processing", "authorized", "captured", "failed", "voided", "expired"],
  requires_action: ["processing", "authorized", "captured", "failed", "voided", "expired"],
  processing: ["authorized", "captured", "failed", "voided", "expired"],
  authorized: ["captured", "voided", "expired"],
  captured: [],
  failed: ["authorized", "captured", "voided", "expired"],
  voided: ["captured", "expired"],
  expired: ["authorized", "captured", "voided"],
};

const RANK = { pending: 0, failed: 1, succeeded: 2 } as const;
const INFORMED = ["underWay", "failed", "succeeded"];
const WHOLE = /^(0|[1-9][0-9]*)$/;

/** What must hold of every single change, whatever was observed. */
export function checkStep(before: Payment, { payment: next, events }: Transition, { at }: Observation): void {
  if (next.status !== before.status) expect(MAY_BECOME[before.status], before.status).to.include(next.status);
  expect(next.version).to.equal(before.version + 1);
  expect(next.eventCount).to.equal(before.eventCount + events.length);
  expect(next.updatedAt).to.equal(at);

  for (const [name, mark] of Object.entries(before.evidence)) {
    const now: unknown = next.evidence[name as keyof typeof next.evidence];
    if (["holdEndsAt", "warnedOf", "lastCallOf", "releasedOf"].includes(name))
      expect(now).to.be.a("number").that.is.at.least(Number(mark));
    else if (name === "authorizedAt") expect(now).to.be.a("number").that.is.at.most(Number(mark));
    else if (name === "informedBy")
      expect(INFORMED.indexOf(String(now))).to.be.at.least(INFORMED.indexOf(String(mark)));
    else expect(now, name).to.equal(mark);
  }
  expect(next.conflicts.slice(0, before.conflicts.length)).to.deep.equal(before.conflicts);
  for (const known of before.operations) checkOperation(known, next);
  for (const known of before.disputes) {
    const now = next.disputes.find(({ id }) => id === known.id);
    expect(now?.steps.slice(0, known.steps.length)).to.deep.equal(known.steps);
  }
  for (const name of ["id", "orderId", "amount", "captureMode", "createdAt", "locale", "method"] as const) {
    expect(next[name]).to.deep.equal(before[name]);
  }
  if (before.paymentId !== undefined) expect(next.paymentId).to.equal(before.paymentId);
  checkMoney(before, next);
  checkEvents(next, events, before.eventCount, at);
}

function checkOperation(known: Operation, next: Payment): void {
  const now = next.operations.find(({ id, kind }) => id === known.id && kind === known.kind);
  expect(now, `${known.kind} ${known.id}`).not.to.be.undefined;
  if (now === undefined) return;
  expect(RANK[now.status]).to.be.at.least(RANK[known.status]);
  if (known.gatewayId !== undefined) expect(now.gatewayId).to.equal(known.gatewayId);
  if (known.status === "succeeded" && known.amount !== undefined) expect(now.amount).to.deep.equal(known.amount);
}

function checkMoney(before: Payment, next: Payment): void {
  const { authorizedAmount, capturedAmount, refundedAmount } = next;
  for (const value of [authorizedAmount, capturedAmount, refundedAmount]) expect(value).to.match(WHOLE);
  if (capturedAmount !== before.capturedAmount) {
    expect(BigInt(capturedAmount) > BigInt(before.capturedAmount), "nothing is uncaptured").to.be.true;
    const holds = [next.amount, ...increases(before), ...increases(next)].map(({ value }) => BigInt(value));
    const most = holds.reduce((most, value) => (value > most ? value : most));
    expect(BigInt(capturedAmount) <= most, `captured ${capturedAmount} of ${most}`).to.be.true;
    expect(next.evidence.succeeded).to.be.true;
  }
  expect(BigInt(refundedAmount) <= BigInt(capturedAmount), `refunded ${refundedAmount}`).to.be.true;
  expect(BigInt(refundedAmount) >= BigInt(before.refundedAmount), "nothing is taken back twice").to.be.true;
  expect(next.evidence.succeeded === true ? BigInt(authorizedAmount) > 0n : authorizedAmount === "0").to.be.true;
}

const increases = ({ operations }: Payment) =>
  operations.flatMap(({ kind, status, amount }) =>
    kind === "increase" && status !== "failed" && amount !== undefined ? [amount] : [],
  );

function checkEvents(next: Payment, events: readonly PaymentEvent[], known: number, at: number): void {
  for (const [index, event] of events.entries()) {
    const sequence = known + index + 1;
    expect(event).to.include({ id: `${next.id}.${sequence}`, sequence, at });
    expect(EVENT_TYPES).to.include(event.type);
    expect(event.payment).to.include({ id: next.id, status: next.status, version: next.version });
    expect(event.payment).not.to.have.any.keys("request", "evidence", "eventCount");
  }
}

/** What an event is about: no two of a payment may be about the same. */
export function subjectOf(event: PaymentEvent): string {
  switch (event.type) {
    case "payment.captured":
    case "payment.capture_failed":
    case "payment.refunded":
    case "payment.refund_failed":
      return `${event.type} ${event.operation.id}`;
    case "payment.conflict":
      return `${event.type} ${event.conflict.code} ${event.conflict.seen ?? ""}`;
    case "dispute.opened":
    case "dispute.updated":
      return ["dispute", event.dispute.disputeId, event.dispute.step, event.dispute.judgedResult ?? []]
        .flat()
        .join(" ");
    default:
      return event.type;
  }
}

/** Freezes a payment and all it holds, so that a change in place is caught. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}
