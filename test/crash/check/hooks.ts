import { HOOK_DELAYS } from "../../../lib/ledger/deliver.js";
import type { Reasons } from "../crew.js";
import type { HookCall, Violation } from "../records.js";
import { isObject } from "../records.js";
import type { Evidence } from "./evidence.js";
import type { Payment } from "../../../lib/payment/payment.js";

/** Every event came, in its turn, and tells of something that happened; a repeat is the same event, and there was a reason for it. */
export function checkHooks(evidence: Evidence): Violation[] {
  const { payments, calls } = evidence;
  const known = new Set(payments.map(({ id }) => id));
  const ofNobody = calls
    .filter(({ payment }) => !known.has(payment))
    .map((call) => ({
      what: `a hook was called for a payment that the database does not have`,
      payment: call.payment,
      seen: call,
    }));
  return [
    ...ofNobody,
    ...payments.flatMap((payment) => {
      const its = calls.map((call, index) => ({ call, index })).filter(({ call }) => call.payment === payment.id);
      return [
        ...inTurn(payment, its, evidence.redriven),
        ...givenUpEarly(payment, evidence.redriven),
        ...toldAgain(
          payment,
          its.map(({ call }) => call),
          evidence.reasons,
        ),
        ...truthful(
          payment,
          its.map(({ call }) => call),
          evidence,
        ),
      ].map((what) => ({
        what,
        order: payment.orderId,
        payment: payment.id,
        seen: its.map(({ call }) => `${call.eventId} ${call.type} ${call.isTaken ? "taken" : "not taken"}`),
      }));
    }),
  ];
}

interface Numbered {
  readonly call: HookCall;
  /** How many calls of any payment came before. */
  readonly index: number;
}

function inTurn(
  { id, eventCount }: Payment,
  calls: readonly Numbered[],
  redriven: ReadonlyMap<string, number>,
): string[] {
  const found: string[] = [];
  const first = new Map<number, Numbered>();
  /** Of each event, how many calls had come when it was first taken. */
  const taken = new Map<number, number>();
  for (const numbered of calls) {
    const { call } = numbered;
    const { sequence, eventId } = call;
    const before = first.get(sequence);
    if (before === undefined) first.set(sequence, numbered);
    else if (before.call.event !== call.event) found.push(`event ${eventId} was told in two ways`);
    if (eventId !== `${id}.${sequence}`) found.push(`event number ${sequence} is called ${eventId}`);
    if (call.isTaken && call.takenAfter !== undefined) {
      taken.set(sequence, Math.min(taken.get(sequence) ?? Infinity, call.takenAfter));
    }
  }
  for (let sequence = 1; sequence <= eventCount; sequence++) {
    const numbered = first.get(sequence);
    if (numbered === undefined) found.push(`event number ${sequence} never came`);
    else if (!taken.has(sequence)) found.push(`event number ${sequence} was never taken`);
    // All calls up to and including the one after which the earlier event was taken came before this one.
    const earlier = taken.get(sequence - 1);
    const hasToWait = sequence > 1 && !redriven.has(`${id}.${sequence - 1}`);
    if (numbered !== undefined && hasToWait && (earlier === undefined || earlier > numbered.index)) {
      found.push(`event number ${sequence} came before number ${sequence - 1} was dealt with`);
    }
  }
  for (const sequence of first.keys()) {
    if (!(sequence >= 1 && sequence <= eventCount)) found.push(`there is no event number ${sequence}`);
  }
  return found;
}

/** Events are given up after the last of their tries, whether their hooks failed or their processes died. */
const givenUpEarly = ({ id, eventCount }: Payment, redriven: ReadonlyMap<string, number>): string[] =>
  Array.from({ length: eventCount }, (_unused, index) => `${id}.${index + 1}`).flatMap((event) => {
    const tries = redriven.get(event) ?? Infinity;
    return tries > HOOK_DELAYS.length ? [] : [`event ${event} was given up after ${tries} tries`];
  });

/** An event that comes again was refused, or nobody could know that it was taken. */
function toldAgain({ id }: Payment, calls: readonly HookCall[], reasons: Reasons | undefined): string[] {
  if (reasons === undefined) return [];
  const deaths = reasons.payments.filter((payment) => payment === id).length;
  return [...new Set(calls.map(({ eventId }) => eventId))].flatMap((event) => {
    const times = calls.filter(({ eventId }) => eventId === event).length;
    const whys = deaths + reasons.events.filter((noted) => noted === event).length;
    return times <= 1 + whys
      ? []
      : [`event ${event} was told ${times} times, and ${whys} times there was a reason for it`];
  });
}

/** What the events say has happened, at Antom too. */
function truthful(payment: Payment, calls: readonly HookCall[], { ledger, journals }: Evidence): string[] {
  const found: string[] = [];
  const told = new Map(calls.map((call) => [call.sequence, call]));
  const types = [...told.values()].sort((a, b) => a.sequence - b.sequence).map(({ type }) => type);
  const written = (journals.get(payment.id) ?? []).flatMap(({ events }) => events);
  if (types.join() !== written.join()) {
    found.push(`the hooks were told ${types.join(", ")}, and the journal has ${written.join(", ")}`);
  }
  const done = (list: readonly { readonly paymentRequestId: string; readonly status: string }[]) =>
    list.filter(({ paymentRequestId, status }) => paymentRequestId === payment.id && status === "SUCCESS");
  const count = (type: string): number => types.filter((name) => name === type).length;
  const holds = ledger.authorizations.filter(({ paymentRequestId }) => paymentRequestId === payment.id).length;
  const expected: readonly (readonly [string, number])[] = [
    ["payment.authorized", holds],
    ["payment.captured", done(ledger.captures).length],
    ["payment.refunded", done(ledger.refunds).length],
  ];
  for (const [type, times] of expected) {
    if (count(type) !== times) found.push(`${type} was told ${count(type)} times, and happened ${times} times`);
  }
  const ends = { failed: "payment.failed", voided: "payment.voided", expired: "payment.expired" } as const;
  for (const [status, type] of Object.entries(ends)) {
    if (payment.status === status && count(type) !== 1) found.push(`${type} was told ${count(type)} times`);
    if (payment.status !== status && count(type) !== 0)
      found.push(`${type} was told, and the payment is ${payment.status}`);
  }
  const ids = calls.map(({ event }) => operationOf(event)).filter((id) => id !== undefined);
  for (const id of new Set(ids)) {
    if (!payment.operations.some((operation) => operation.id === id))
      found.push(`an event tells of ${id}, which is unknown`);
  }
  return found;
}

const operationOf = (event: string): string | undefined => {
  const parsed: unknown = JSON.parse(event);
  const operation = isObject(parsed) ? parsed["operation"] : undefined;
  return isObject(operation) ? String(operation["id"]) : undefined;
};
