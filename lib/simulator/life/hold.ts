import { sum, units } from "../../payment/amount.js";
import type { Payment } from "../state/payment.js";

/** Minor units captured so far. */
export const capturedUnits = ({ captures }: Payment): bigint => units(sum(captures.map(({ amount }) => amount.value)));

/** Minor units given back, or being given back. */
export const refundedUnits = ({ refunds }: Payment): bigint =>
  units(sum(refunds.filter(({ status }) => status !== "FAIL").map(({ amount }) => amount.value)));

/** Whether the time in which the hold could be captured or voided is over. */
export const isHoldOver = ({ holdUntil }: Payment, now: number): boolean => holdUntil !== undefined && now >= holdUntil;

/** What the ledger says of an authorization. */
export type AuthorizationStatus = "AUTHORIZED" | "PARTLY_CAPTURED" | "CAPTURED" | "VOIDED" | "EXPIRED";

/** Undefined for a payment that never was authorized. */
export function authorizationStatus(payment: Payment, now: number): AuthorizationStatus | undefined {
  if (payment.paidAt === undefined) return undefined;
  if (payment.status === "CANCELLED") return "VOIDED";
  const captured = capturedUnits(payment);
  if (captured >= units(payment.amount.value)) return "CAPTURED";
  if (captured > 0n) return "PARTLY_CAPTURED";
  return isHoldOver(payment, now) ? "EXPIRED" : "AUTHORIZED";
}
