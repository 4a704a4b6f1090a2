import { createHash } from "node:crypto";
import { newPaymentId } from "../../lib/payment/id.js";

/** The bench's first payment was made then, and one more in each millisecond. */
const FIRST = Date.UTC(2026, 0, 1);

/** The id of the bench's payment of that number: the same in every process, and as a real one. */
export const paymentId = (number: number): string =>
  newPaymentId((bytes) => createHash("sha256").update(`payment ${number}`).digest().subarray(0, bytes), FIRST + number);

/** Antom's id of that payment. */
export const antomId = (id: string): string => `20260101${id}`;

export const orderId = (id: string): string => `order-${id}`;
