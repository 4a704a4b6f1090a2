import type { Amount } from "../payment/amount.js";
import type { DisputeFact, Fact, OperationFact } from "../payment/observation.js";
import { readAcquired } from "./acquirer-info.js";
import { readCardToken } from "./card-token.js";
import { amountOf, membersOf, textOf } from "./lenient.js";
import type { WireNotification } from "./notification-message.js";
import { refundOutcome } from "./refund-status.js";
import { readResultInfo } from "./result-info.js";
import { compact, isAmount, present, readAmount, readTime, type Result } from "./wire.js";

/** Why a body is not a notification the kit can take. */
export class NotificationProblem extends Error {
  override readonly name = "NotificationProblem";
}

/** notifyPayment with a final result. */
export function payment(body: WireNotification): Fact {
  const { resultStatus, resultCode } = resultOf(body);
  const about = compact({
    ...named(body),
    ...told(body.paymentAmount),
    code: resultCode,
    resultInfo: readResultInfo(body.paymentResultInfo, body.cardInfo),
    ...readAcquired(body, body.paymentResultInfo),
  });
  switch (resultStatus) {
    case "S":
      wants(about, body, "paymentAmount");
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
      ...named(body),
      requestId: present(body.captureRequestId),
      gatewayId: present(body.captureId),
      ...told(body.captureAmount),
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
      ...named(body),
      requestId: present(body.refundRequestId),
      gatewayId: present(body.refundId),
      ...told(body.refundAmount),
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
      ...named(body),
      requestId: present(body.updateRequestId),
      ...told(body.paymentAmount),
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
      ...named(body),
      type: textOf(body.disputeType, 64),
      disputedAmount: amountOf(body.disputeAmount),
      captureId: present(body.captureId),
      reasonCode: present(body.disputeReasonCode),
      reasonMessage: present(body.disputeReasonMsg),
      judgedResult: present(body.disputeJudgedResult),
      judgedAmount: amountOf(body.disputeJudgedAmount),
      defenseDueAt: readTime(body.defenseDueTime),
    }),
  };
}

function resultOf(body: WireNotification): Result {
  if (body.result === undefined) throw new NotificationProblem(`a ${body.notifyType ?? "notification"} has no result`);
  return body.result;
}

/** How a notification names the payment. */
export const named = (body: WireNotification) => ({
  paymentId: present(body.paymentId),
  paymentRequestId: present(body.paymentRequestId),
});

/** An amount that is compared, as it is told; null is not told. One that is malformed is kept as a text of what stood there. */
export function told(wire: unknown): { readonly amount?: Amount; readonly malformedAmount?: string } {
  if (wire === undefined || wire === null) return {};
  if (isAmount(wire)) return compact({ amount: readAmount(wire) });
  const { currency, value } = membersOf(wire);
  return { malformedAmount: CURRENCY.test(scalar(currency)) ? scalar(value) : `${scalar(currency)} ${scalar(value)}` };
}

const CURRENCY = /^[A-Z]{3}$/;

/** What a person can look at of a value that makes no sense. */
const scalar = (value: unknown): string =>
  typeof value === "string" || typeof value === "number"
    ? String(value)
        .slice(0, 32)
        .replace(/[^\x20-\x7e]/g, "?")
    : "(none)";

/** A success is believed only of an amount that can be compared. (Antom: notifyPayment, "paymentAmount", required) */
function wants(
  { amount, malformedAmount }: ReturnType<typeof told>,
  { notifyType }: WireNotification,
  name: keyof WireNotification,
): void {
  if (amount !== undefined || malformedAmount !== undefined) return;
  throw new NotificationProblem(`a ${notifyType ?? "notification"} of a success has no ${name}`);
}
