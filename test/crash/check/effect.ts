import { paymentIdOf } from "../../../lib/payment/id.js";
import type { Payment } from "../../../lib/payment/payment.js";
import { textAt } from "../records.js";

/** Which payment a notification is about, by our id or by Antom's. */
export interface About {
  readonly id?: string;
  readonly paymentId?: string;
}

export function aboutOf(body: unknown): About {
  const id =
    textAt(body, "paymentRequestId") ??
    paymentIdOf(textAt(body, "captureRequestId") ?? textAt(body, "refundRequestId") ?? "");
  const paymentId = textAt(body, "paymentId");
  return { ...(id === undefined ? {} : { id }), ...(paymentId === undefined ? {} : { paymentId }) };
}

/**
 * Whether what a notification says is part of what is known of the payment. (Signed messages that disagree are no part of the run, so
 * there is no other way to have taken one in.)
 */
export function isTakenIn(payment: Payment, body: unknown): boolean {
  const operation = (kind: string, ...ids: (string | undefined)[]) =>
    payment.operations.find(
      (candidate) =>
        candidate.kind === kind &&
        ids.some((id) => id !== undefined && (candidate.id === id || candidate.gatewayId === id)),
    );
  switch (textAt(body, "notifyType")) {
    case "PAYMENT_RESULT":
      return textAt(body, "result", "resultStatus") === "S"
        ? payment.evidence.succeeded === true
        : payment.evidence.failed === true;
    case "CAPTURE_RESULT":
      return isSettled(
        operation("capture", textAt(body, "captureRequestId"), textAt(body, "captureId"))?.status,
        textAt(body, "result", "resultStatus") === "S",
      );
    case "REFUND_RESULT":
      return isSettled(
        operation("refund", textAt(body, "refundRequestId"), textAt(body, "refundId"))?.status,
        textAt(body, "refundStatus") === "SUCCESS",
      );
    case "UPDATE_AMOUNT_RESULT":
      return isSettled(
        operation("increase", textAt(body, "updateRequestId"))?.status,
        textAt(body, "result", "resultStatus") === "S",
      );
    default: {
      const [id, step] = [textAt(body, "disputeId"), textAt(body, "disputeNotificationType")];
      return payment.disputes.some(
        (dispute) => dispute.id === id && step !== undefined && dispute.steps.includes(step),
      );
    }
  }
}

const isSettled = (status: string | undefined, isSuccess: boolean): boolean =>
  status === "succeeded" || (!isSuccess && status === "failed");
