import type { DisputeFact, Fact, OperationFact } from "../payment/observation.js";
import { readAcquired } from "./acquirer-info.js";
import { readCardToken } from "./card-token.js";
import { amountOf } from "./lenient.js";
import type { WireNotification } from "./notification-message.js";
import { refundOutcome } from "./refund-status.js";
import { readResultInfo } from "./result-info.js";
import { compact, present, readAmount, readTime, type Result } from "./wire.js";

/** Why a body is not a notification the kit can take. */
export class NotificationProblem extends Error {
  override readonly name = "NotificationProblem";
}

/** notifyPayment with a final result. */
export function payment(body: WireNotification): Fact {
  const { resultStatus, resultCode } = resultOf(body);
  const about = compact({
    paymentId: present(body.paymentId),
    amount: readAmount(body.paymentAmount),
    code: resultCode,
    resultInfo: readResultInfo(body.paymentResultInfo, body.cardInfo),
    ...readAcquired(body, body.paymentResultInfo),
  });
  switch (resultStatus) {
    case "S":
      return {
        kind: "authorization",
        outcome: "succeeded",
        ...about,
        ...compact({
          actualAmount: amountOf(body.actualPaymentAmount),
          cardToken: readCardToken(body.paymentResultInfo, body.cardInfo),
          authorizedAt: readTime(body.paymentTime),
          authorizationExpiresAt: readTime(body.authExpiryTime),
        }),
      };
    case "F":
      return { kind: "authorization", outcome: "failed", ...about };
    case "U":
      return { kind: "authorization", outcome: "processing", ...about };
  }
}

const STATUSES = { S: "succeeded", F: "failed", U: "pending" } as const;

/** notifyCapture. */
export function capture(body: WireNotification): OperationFact {
  const { resultStatus, resultCode } = resultOf(body);
  return {
    kind: "capture",
    outcome: STATUSES[resultStatus],
    code: resultCode,
    ...compact({
      paymentId: present(body.paymentId),
      requestId: present(body.captureRequestId),
      gatewayId: present(body.captureId),
      amount: readAmount(body.captureAmount),
      settledAt: readTime(body.captureTime),
      resultInfo: readResultInfo(body.paymentResultInfo),
      ...readAcquired(body, body.paymentResultInfo),
    }),
  };
}

/** notifyRefund, whose outcome stands in `refundStatus`. */
export function refund(body: WireNotification): OperationFact {
  const outcome = refundOutcome(body.refundStatus);
  if (outcome === undefined) throw new NotificationProblem("a REFUND_RESULT has no refundStatus that is known");
  return {
    kind: "refund",
    outcome,
    ...compact({
      paymentId: present(body.paymentId),
      requestId: present(body.refundRequestId),
      gatewayId: present(body.refundId),
      amount: readAmount(body.refundAmount),
      code: body.result?.resultCode,
      actualAmount: amountOf(body.actualRefundAmount),
      ...readAcquired(body, undefined, body.arn),
      settledAt: readTime(body.refundTime),
    }),
  };
}

/** notifyPayment with the result of updateAmount. */
export function increase(body: WireNotification): OperationFact {
  const { resultStatus, resultCode } = resultOf(body);
  return {
    kind: "increase",
    outcome: STATUSES[resultStatus],
    code: resultCode,
    ...compact({
      paymentId: present(body.paymentId),
      requestId: present(body.updateRequestId),
      amount: readAmount(body.paymentAmount),
      authorizationExpiresAt: readTime(body.authExpiryTime),
      resultInfo: readResultInfo(body.paymentResultInfo, body.cardInfo),
      ...readAcquired(body, body.paymentResultInfo),
    }),
  };
}

/** notifyDispute. */
export function dispute(body: WireNotification): DisputeFact {
  const disputeId = present(body.disputeId);
  const step = present(body.disputeNotificationType);
  if (disputeId === undefined || step === undefined) {
    throw new NotificationProblem("a dispute has no disputeId or no disputeNotificationType");
  }
  return {
    kind: "dispute",
    disputeId,
    step,
    ...compact({
      paymentId: present(body.paymentId),
      reasonCode: present(body.disputeReasonCode),
      reasonMessage: present(body.disputeReasonMsg),
      judgedResult: present(body.disputeJudgedResult),
      defenseDueAt: readTime(body.defenseDueTime),
    }),
  };
}

function resultOf(body: WireNotification): Result {
  if (body.result === undefined) throw new NotificationProblem(`a ${body.notifyType ?? "notification"} has no result`);
  return body.result;
}
