import { createHash } from "node:crypto";
import { newPaymentId } from "../../lib/payment/id.js";

/** The id of the bench's payment of that number: the same in every process, and as scattered as real ones. */
export const paymentId = (number: number): string =>
  newPaymentId((bytes) => createHash("sha256").update(`payment ${number}`).digest().subarray(0, bytes));

/** Antom's id of that payment. */
export const antomId = (id: string): string => `20260101${id}`;

export const orderId = (id: string): string => `order-${id}`;
