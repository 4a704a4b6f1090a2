import { acquirerFields, type WireAcquired } from "./acquirer-info.js";
import { resultInfo } from "./result-info.js";
import { amount, compile, result, text, type Result, type WireAmount } from "./wire.js";

/** What Antom POSTs to the notify URL, all kinds in one: they are told apart by `notifyType`, disputes by `disputeId`. */
export interface WireNotification extends WireAcquired {
  notifyType?: string;
  result?: Result;
  paymentRequestId?: string;
  paymentId?: string;
  paymentAmount?: WireAmount;
  paymentTime?: string;
  authExpiryTime?: string;
  actualPaymentAmount?: unknown;
  paymentResultInfo?: unknown;
  cardInfo?: unknown;
  captureRequestId?: string;
  captureId?: string;
  captureAmount?: WireAmount;
  captureTime?: string;
  refundRequestId?: string;
  refundId?: string;
  refundStatus?: string;
  refundAmount?: WireAmount;
  refundTime?: string;
  actualRefundAmount?: unknown;
  arn?: unknown;
  updateRequestId?: string;
  disputeId?: string;
  disputeNotificationType?: string;
  disputeReasonCode?: string;
  disputeReasonMsg?: string;
  disputeJudgedResult?: string;
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
    paymentAmount: amount,
    paymentTime: text(64),
    authExpiryTime: text(64),
    actualPaymentAmount: resultInfo,
    paymentResultInfo: resultInfo,
    cardInfo: resultInfo,
    ...acquirerFields,
    captureRequestId: text(64),
    captureId: text(64),
    captureAmount: amount,
    captureTime: text(64),
    refundRequestId: text(64),
    refundId: text(64),
    refundStatus: text(16),
    refundAmount: amount,
    refundTime: text(64),
    actualRefundAmount: resultInfo,
    arn: resultInfo,
    updateRequestId: text(64),
    disputeId: text(64),
    disputeNotificationType: text(30),
    disputeReasonCode: text(64),
    disputeReasonMsg: text(256),
    disputeJudgedResult: text(64),
    defenseDueTime: text(64),
  },
});
