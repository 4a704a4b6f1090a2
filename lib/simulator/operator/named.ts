import type { Payment } from "../state/payment.js";

/** The ids by which a payment is known, for every line that tells of it. */
export const named = ({ paymentId, paymentRequestId, referenceOrderId }: Payment) => ({
  paymentId,
  paymentRequestId,
  referenceOrderId,
});

/** A time for people and programs alike: ISO 8601 in UTC, to the millisecond. */
export const iso = (ms: number): string => new Date(ms).toISOString();
