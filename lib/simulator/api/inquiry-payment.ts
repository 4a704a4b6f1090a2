import { acquirerFields } from "../card/acquirer-info.js";
import { cardFields } from "../card/card-info.js";
import { heldAmount } from "../life/hold.js";
import { RESULTS, result } from "../result.js";
import type { Payment } from "../state/payment.js";
import { timestamp } from "../timestamp.js";
import { findPayment } from "./find-payment.js";
import type { Operation } from "./operation.js";
import { checkWhichPayment } from "./schema/which-payment.js";

/** Tells where a payment stands. Its `result` says only that the question was answered. */
export const inquiryPayment: Operation = (body, { simulation }) => {
  const payment = findPayment(checkWhichPayment(body), simulation);
  const { paidAt, holdUntil } = payment;
  const paid = payment.status === "SUCCESS" && paidAt !== undefined;
  return {
    result: result("SUCCESS"),
    paymentStatus: payment.status,
    paymentResultCode: payment.code,
    paymentResultMessage: RESULTS[payment.code][1],
    paymentRequestId: payment.paymentRequestId,
    paymentId: payment.paymentId,
    paymentAmount: heldAmount(payment),
    ...(paid && { actualPaymentAmount: heldAmount(payment) }),
    paymentCreateTime: timestamp(payment.createdAt),
    ...(paid && { paymentTime: timestamp(paidAt) }),
    ...(paid && holdUntil !== undefined && { authExpiryTime: timestamp(holdUntil) }),
    paymentMethodType: "CARD",
    paymentRedirectUrl: payment.redirectUrl,
    cardInfo: {},
    ...cardFields(payment, simulation.settings),
    ...acquirerFields(payment),
    ...transactions(payment),
    metadata: payment.metadata,
  };
};

/** Increases of the hold, captures and refunds; there only when there is one. */
function transactions({ captures, refunds, increases, authorization }: Payment): { transactions?: object[] } {
  const list = [
    ...increases.map((increase) => ({
      transactionType: "INCREMENTAL",
      transactionId: increase.increaseId,
      transactionRequestId: increase.updateRequestId,
      transactionAmount: increase.amount,
      transactionStatus: increase.status,
      transactionTime: timestamp(increase.settledAt ?? increase.createdAt),
      transactionResult: result(increase.code),
    })),
    ...(authorization ? captures : []).map((capture) => ({
      transactionType: "CAPTURE",
      transactionId: capture.captureId,
      transactionRequestId: capture.captureRequestId,
      transactionAmount: capture.amount,
      transactionStatus: capture.status,
      transactionTime: timestamp(capture.settledAt ?? capture.at),
      transactionResult: result(capture.code),
    })),
    ...refunds.map((refund) => ({
      transactionType: "REFUND",
      transactionId: refund.refundId,
      transactionRequestId: refund.refundRequestId,
      transactionAmount: refund.amount,
      transactionStatus: refund.status,
      transactionTime: timestamp(refund.settledAt ?? refund.createdAt),
      transactionResult: result(refund.code),
    })),
  ];
  return list.length === 0 ? {} : { transactions: list };
}
