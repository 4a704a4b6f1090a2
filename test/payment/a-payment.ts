import { opening } from "../../lib/payment/opening.js";
import type { Fact, Observation, ObservationSource } from "../../lib/payment/observation.js";
import type { Payment } from "../../lib/payment/payment.js";
import { transition, type Transition, type TransitionContext } from "../../lib/payment/transition.js";
import { CLIENT_ID } from "../support/keys.js";

export const ID = "PAY0123456789ABCDEFGHJKMNPQRS";
export const T0 = Date.UTC(2026, 0, 1);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Antom's id of the payment under test. */
export const PAYMENT_ID = "20260101190741010007000000000001";

export const EUR = (value: string): { currency: string; value: string } => ({ currency: "EUR", value });

/** A payment of EUR 100.00 as it is when nothing has been sent. */
export const opened = (
  more: { value?: string; captureMode?: Payment["captureMode"]; method?: Payment["method"] } = {},
) =>
  opening({
    id: ID,
    clientId: CLIENT_ID,
    orderId: "order-1",
    amount: EUR(more.value ?? "10000"),
    captureMode: more.captureMode ?? "MANUAL",
    method: more.method ?? "hosted",
    locale: "en",
    request: { paymentRequestId: ID },
    at: T0,
    expiresAt: T0 + 14 * MINUTE,
  });

export const newPayment = (captureMode?: Payment["captureMode"]): Payment =>
  opened(captureMode === undefined ? {} : { captureMode }).payment;

export const observation = (source: ObservationSource, facts: readonly Fact[], at = T0 + MINUTE): Observation => ({
  source,
  at,
  facts,
});

/** What one fact makes of the payment; undefined when it adds nothing. */
export const step = (
  payment: Payment,
  fact: Fact,
  { source = "notification", at = T0 + MINUTE, otherIsLive = false }: Partial<Observation & TransitionContext> = {},
): Transition | undefined => transition(payment, observation(source, [fact], at), { otherIsLive });

/** The payment after some facts, one by one. */
export const after = (payment: Payment, ...facts: readonly Fact[]): Payment =>
  facts.reduce((current, fact) => step(current, fact)?.payment ?? current, payment);

/** The types of the events of some facts, one by one. */
export function eventsOf(payment: Payment, ...facts: readonly Fact[]): string[] {
  const types: string[] = [];
  facts.reduce((current, fact) => {
    const next = step(current, fact);
    types.push(...(next?.events.map(({ type }) => type) ?? []));
    return next?.payment ?? current;
  }, payment);
  return types;
}
