import { checksOf } from "./checks.js";
import { declineOf } from "./decline.js";
import type { EventPayment } from "../event.js";
import type { PaymentStatus } from "../payment.js";

/** Statuses in which a payment that was refused may end. */
const OVER: ReadonlySet<PaymentStatus> = new Set(["failed", "expired", "voided"]);

/**
 * The payment with what Antom's codes mean: `checks` where it told of any, and `decline` where the payment failed. Both follow from
 * what is stored and are not stored themselves, so that a table that grows explains older payments too.
 */
export function explained<View extends EventPayment>(view: View): View {
  const { status, failureCode, authorizedAt, resultInfo } = view;
  const checks = checksOf(resultInfo);
  // One that succeeded after all, and ended otherwise, was not refused.
  const wasRefused = failureCode !== undefined && OVER.has(status) && authorizedAt === undefined;
  const hasFailed = status === "failed" || wasRefused;
  return {
    ...view,
    ...(checks === undefined ? {} : { checks }),
    ...(hasFailed ? { decline: declineOf(failureCode, resultInfo) } : {}),
  };
}
