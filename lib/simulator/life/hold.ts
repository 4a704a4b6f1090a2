import { sum, units, type Amount } from "../../payment/amount.js";
import type { Payment } from "../state/payment.js";

/** Minor units captured so far. */
export const capturedUnits = ({ captures }: Payment): bigint =>
  units(sum(captures.filter(({ status }) => status === "SUCCESS").map(({ amount }) => amount.value)));

/** Minor units captured, or being captured. */
export const claimedUnits = ({ captures }: Payment): bigint =>
  units(sum(captures.filter(({ status }) => status !== "FAIL").map(({ amount }) => amount.value)));

/** Minor units given back, or being given back. */
export const refundedUnits = ({ refunds }: Payment): bigint =>
  units(sum(refunds.filter(({ status }) => status !== "FAIL").map(({ amount }) => amount.value)));

/** What is held, or was before it was captured: the total of the last increase that went through, else what was authorized. */
export const heldAmount = ({ amount, increases }: Payment): Amount =>
  increases.findLast(({ status }) => status === "SUCCESS")?.amount ?? amount;

/** Whether the time in which the hold could be captured or voided is over. */
export const isHoldOver = ({ holdUntil }: Payment, now: number): boolean => holdUntil !== undefined && now >= holdUntil;

/** What the ledger says of an authorization. */
export type AuthorizationStatus = "AUTHORIZED" | "PARTLY_CAPTURED" | "CAPTURED" | "VOIDED" | "EXPIRED";

/** Undefined for a payment that never was authorized. */
export function authorizationStatus(payment: Payment, now: number): AuthorizationStatus | undefined {
  if (payment.paidAt === undefined) return undefined;
  if (payment.status === "CANCELLED") return "VOIDED";
  const captured = capturedUnits(payment);
  if (captured >= units(heldAmount(payment).value)) return "CAPTURED";
  if (captured > 0n) return "PARTLY_CAPTURED";
  return isHoldOver(payment, now) ? "EXPIRED" : "AUTHORIZED";
}
