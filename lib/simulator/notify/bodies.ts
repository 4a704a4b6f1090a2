import { acquirerFields } from "../card/acquirer-info.js";
import { cardFields } from "../card/card-info.js";
import type { Settings } from "../options.js";
import { result } from "../result.js";
import { heldAmount } from "../life/hold.js";
import type { Capture, Increase, Payment, Refund } from "../state/payment.js";
import { timestamp } from "../timestamp.js";

/** notifyPayment: the payment reached a final state. */
export function paymentNotification(payment: Payment, settings: Settings): object {
  const { paidAt, holdUntil } = payment;
  const paid = payment.status === "SUCCESS" && paidAt !== undefined;
  return {
    notifyType: "PAYMENT_RESULT",
    result: result(payment.code),
    paymentRequestId: payment.paymentRequestId,
    paymentId: payment.paymentId,
    paymentAmount: payment.amount,
    ...(paid && { actualPaymentAmount: payment.amount }),
    paymentCreateTime: timestamp(payment.createdAt),
    ...(paid && { paymentTime: timestamp(paidAt) }),
    ...(paid && holdUntil !== undefined && { authExpiryTime: timestamp(holdUntil) }),
    paymentMethodType: "CARD",
    ...cardFields(payment, settings),
    ...acquirerFields(payment),
    metadata: payment.metadata,
  };
}

/** notifyPayment of an increase: it went through, and `paymentAmount` is the new total, or it did not and all is as before. */
export const increaseNotification = (payment: Payment, increase: Increase, settings: Settings): object => ({
  notifyType: "UPDATE_AMOUNT_RESULT",
  result: result(increase.code),
  updateRequestId: increase.updateRequestId,
  paymentRequestId: payment.paymentRequestId,
  paymentId: payment.paymentId,
  paymentAmount: heldAmount(payment),
  paymentCreateTime: timestamp(payment.createdAt),
  ...(increase.status === "SUCCESS" && payment.paidAt !== undefined && { paymentTime: timestamp(payment.paidAt) }),
  ...(payment.holdUntil !== undefined && { authExpiryTime: timestamp(payment.holdUntil) }),
  paymentMethodType: "CARD",
  ...cardFields(payment, settings),
  ...acquirerFields(payment),
  metadata: payment.metadata,
});

/** notifyReversal: a payment that was closed came off after all, and its money could not be given back. */
export const reversalNotification = (payment: Payment, at: number): object => ({
  notifyType: "PAYMENT_REVERSAL",
  result: result("SUCCESS"),
  paymentRequestId: payment.paymentRequestId,
  paymentId: payment.paymentId,
  paymentAmount: payment.amount,
  paymentCreateTime: timestamp(payment.createdAt),
  paymentTime: timestamp(at),
  ...acquirerFields(payment),
});

/** notifyCapture: money was taken, by the merchant's call or automatically, or could not be. */
export const captureNotification = (payment: Payment, capture: Capture): object => ({
  notifyType: "CAPTURE_RESULT",
  result: result(capture.code),
  captureRequestId: capture.captureRequestId,
  captureId: capture.captureId,
  paymentId: payment.paymentId,
  captureAmount: capture.amount,
  ...(capture.status === "SUCCESS" && capture.settledAt !== undefined && { captureTime: timestamp(capture.settledAt) }),
  ...acquirerFields(payment),
});

/** notifyRefund: a refund succeeded or failed. */
export const refundNotification = (payment: Payment, { code, status, settledAt, ...refund }: Refund): object => ({
  notifyType: "REFUND_RESULT",
  result: result(code),
  refundStatus: status,
  refundRequestId: refund.refundRequestId,
  refundId: refund.refundId,
  refundAmount: refund.amount,
  ...(status === "SUCCESS" && settledAt !== undefined && { refundTime: timestamp(settledAt) }),
  ...acquirerFields(payment),
  metadata: refund.metadata,
});
