import { trialOf } from "../life/amounts-to-try.js";
import { claimedUnits, heldAmount, isHoldOver } from "../life/hold.js";
import { Refusal, result } from "../result.js";
import type { Payment } from "../state/payment.js";
import { timestamp } from "../timestamp.js";
import { findPayment } from "./find-payment.js";
import type { Answer, Operation } from "./operation.js";
import { checkWhichPayment } from "./schema/which-payment.js";

/** Closes an unpaid payment or voids a hold. Repeating it answers the same. */
export const cancel: Operation = (body, { simulation }) => {
  const { book, clock } = simulation;
  const payment = findPayment(checkWhichPayment(body), simulation);
  if (payment.status === "CANCELLED") return cancelled(payment);
  checkCancellable(payment, clock.now());
  const { refused, unsure } = trialOf("cancel", heldAmount(payment).value);
  if (refused !== undefined) throw new Refusal(refused);
  const changed: Payment = { ...payment, status: "CANCELLED", code: "ORDER_IS_CANCELED", cancelledAt: clock.now() };
  book.commit({ payment: changed });
  return unsure === true ? { result: result("UNKNOWN_EXCEPTION") } : cancelled(changed);
};

function checkCancellable(payment: Payment, now: number): void {
  if (payment.status === "FAIL") {
    throw new Refusal(payment.code === "ORDER_IS_CLOSED" ? "ORDER_IS_CLOSED" : "ORDER_STATUS_INVALID");
  }
  if (claimedUnits(payment) > 0n) throw new Refusal("PROCESS_FAIL", "The payment is captured; refund it instead.");
  if (isHoldOver(payment, now)) throw new Refusal("CANCEL_WINDOW_EXCEED");
}

const cancelled = ({ paymentId, paymentRequestId, cancelledAt = 0 }: Payment): Answer => ({
  result: result("SUCCESS"),
  paymentId,
  paymentRequestId,
  cancelTime: timestamp(cancelledAt),
});
