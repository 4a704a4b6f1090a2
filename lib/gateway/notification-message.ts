import { acquirerFields, type WireAcquired } from "./acquirer-info.js";
import { resultInfo } from "./result-info.js";
import { compile, result, text, type Result } from "./wire.js";

/** An amount that is compared. One that is malformed is let in all the same: it marks the payment, since no resend would mend it. */
const told = {} as const;

/** What Antom POSTs to the notify URL, all kinds in one: they are told apart by `notifyType`, disputes by `disputeId`. */
export interface WireNotification extends WireAcquired {
  notifyType?: string;
  result?: Result;
  paymentRequestId?: string;
  paymentId?: string;
  paymentAmount?: unknown;
  paymentTime?: string;
  authExpiryTime?: string;
  actualPaymentAmount?: unknown;
  paymentResultInfo?: unknown;
  cardInfo?: unknown;
  captureRequestId?: string;
  captureId?: string;
  captureAmount?: unknown;
  captureTime?: string;
  refundRequestId?: string;
  refundId?: string;
  refundStatus?: string;
  refundAmount?: unknown;
  refundTime?: string;
  actualRefundAmount?: unknown;
  arn?: unknown;
  updateRequestId?: string;
  disputeId?: string;
  disputeNotificationType?: string;
  disputeType?: unknown;
  disputeAmount?: unknown;
  disputeReasonCode?: string;
  disputeReasonMsg?: string;
  disputeJudgedResult?: string;
  disputeJudgedAmount?: unknown;
  defenseDueTime?: string;
}

export const isNotification = compile<WireNotification>({
  type: "object",
  maxProperties: 200,
  properties: {
    notifyType: text(64),
    result,
    paymentRequestId: text(64),
    paymentId: text(64),
    paymentAmount: told,
    paymentTime: text(64),
    authExpiryTime: text(64),
    actualPaymentAmount: resultInfo,
    paymentResultInfo: resultInfo,
    cardInfo: resultInfo,
    ...acquirerFields,
    captureRequestId: text(64),
    captureId: text(64),
    captureAmount: told,
    captureTime: text(64),
    refundRequestId: text(64),
    refundId: text(64),
    refundStatus: text(16),
    refundAmount: told,
    refundTime: text(64),
    actualRefundAmount: resultInfo,
    arn: resultInfo,
    updateRequestId: text(64),
    disputeId: text(64),
    disputeNotificationType: text(30),
    disputeType: resultInfo,
    disputeAmount: resultInfo,
    disputeReasonCode: text(64),
    disputeReasonMsg: text(256),
    disputeJudgedResult: text(64),
    disputeJudgedAmount: resultInfo,
    defenseDueTime: text(64),
  },
});
