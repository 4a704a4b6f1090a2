import type { ResultCode } from "../result.js";
import type { Payment } from "../state/payment.js";
import { isHoldOver } from "./hold.js";

/** Why nothing is held of a payment any more, or not yet; undefined while something is. */
export function notHeld(payment: Payment, now: number): ResultCode | undefined {
  if (payment.status === "CANCELLED") return payment.paidAt === undefined ? "ORDER_IS_CANCELED" : "AUTH_CANCELLED";
  if (payment.status !== "SUCCESS" || payment.captureMode !== "MANUAL" || !payment.authorization) {
    return "ORDER_STATUS_INVALID";
  }
  return isHoldOver(payment, now) ? "AUTH_EXPIRED" : undefined;
}
