import { acquirerFields } from "../card/acquirer-info.js";
import type { Dispute, Payment } from "../state/payment.js";
import { timestamp } from "../timestamp.js";

/** Who accepted a dispute (`disputeAcceptReason`). */
export const ACCEPT_REASONS = ["MERCHANT_ACCEPTED", "TIMEOUT", "MANUAL_PROCESSING_ACCEPTED"] as const;
export type AcceptReason = (typeof ACCEPT_REASONS)[number];

/** notifyDispute: a step of a dispute. It has neither a `notifyType` nor a `result`. */
export const disputeNotification = (payment: Payment, dispute: Dispute, acceptReason: AcceptReason): object => ({
  paymentRequestId: payment.paymentRequestId,
  disputeId: dispute.disputeId,
  paymentId: payment.paymentId,
  disputeNotificationType: dispute.status,
  disputeTime: timestamp(dispute.createdAt),
  disputeAmount: dispute.amount,
  disputeType: dispute.type,
  disputeReasonCode: dispute.reasonCode,
  disputeReasonMsg: dispute.reasonMessage,
  disputeSource: payment.resultInfo?.cardBrand,
  captureId: payment.captures.find(({ status }) => status === "SUCCESS")?.captureId,
  ...ofStep(dispute, acceptReason),
  ...acquirerFields(payment),
});

function ofStep(dispute: Dispute, acceptReason: AcceptReason): object {
  const { status, changedAt, defenseDueAt, judgedResult, amount } = dispute;
  switch (status) {
    case "DISPUTE_CREATED":
    case "DEFENSE_DUE_ALERT":
      return { defendable: true, defenseDueTime: timestamp(defenseDueAt) };
    case "DISPUTE_JUDGED":
      return {
        disputeJudgedTime: timestamp(changedAt),
        disputeJudgedResult: judgedResult,
        // What the merchant is charged with, and nothing else is told here.
        ...(judgedResult === "ACCEPT_BY_MERCHANT" && { disputeJudgedAmount: amount }),
      };
    case "DISPUTE_ACCEPTED":
      return { disputeAcceptReason: acceptReason, disputeAcceptTime: timestamp(changedAt) };
    case "DEFENSE_SUPPLIED":
    case "DISPUTE_CANCELLED":
    case "RDR_RESOLVED":
      return {};
  }
}
