import { acquirerFields } from "../card/acquirer-info.js";
import { cardFields } from "../card/card-info.js";
import type { Settings } from "../options.js";
import { result } from "../result.js";
import type { Capture, Payment, Refund } from "../state/payment.js";
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

/** notifyCapture: money was taken, by the merchant's call or automatically. */
export const captureNotification = (payment: Payment, capture: Capture): object => ({
  notifyType: "CAPTURE_RESULT",
  result: result("SUCCESS"),
  captureRequestId: capture.captureRequestId,
  captureId: capture.captureId,
  paymentId: payment.paymentId,
  captureAmount: capture.amount,
  captureTime: timestamp(capture.at),
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
