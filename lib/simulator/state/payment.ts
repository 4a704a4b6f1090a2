import type { Amount } from "../../payment/amount.js";
import type { Card } from "../card/card.js";
import type { AuthenticationWish } from "../card/decide.js";
import type { Checks } from "../card/checks.js";
import type { ChargedPlan } from "../card/instalments.js";
import type { ResultInfo, ThreeDSResult } from "../card/result-info.js";
import type { ResultCode } from "../result.js";

/** Antom's `paymentStatus`; for an authorization SUCCESS means authorized. */
export type PaymentStatus = "PROCESSING" | "SUCCESS" | "FAIL" | "CANCELLED";

/** Who asks the buyer for what: our page for the card, nobody (the request had it), or the Korean issuer's own page. */
export type PaymentMode = "hosted" | "direct" | "issuer";

/** What is still to be done before the card of an attempt is charged. */
export type Awaited =
  /** The holder of a Korean card says who they are. */
  | "cardholder"
  /** The cardholder answers the bank's question. */
  | "challenge"
  /** The bank looks at the device. */
  | "frictionless";

/** A payment as the simulator keeps it. Times are epoch milliseconds. Records are replaced, never changed. */
export interface Payment {
  readonly paymentId: string;
  readonly paymentRequestId: string;
  /** The secret part of the address of its pages. */
  readonly secret: string;
  readonly mode: PaymentMode;
  readonly status: PaymentStatus;
  /** Why it stands where it stands. */
  readonly code: ResultCode;
  readonly amount: Amount;
  readonly referenceOrderId: string;
  readonly orderDescription: string;
  /** The card token it was asked to be paid with. */
  readonly paymentMethodId?: string;
  /** False for an ordinary payment, whose money is taken at once. */
  readonly authorization: boolean;
  readonly captureMode: "AUTOMATIC" | "MANUAL";
  readonly wish: AuthenticationWish;
  /** The Korean brand whose issuer authenticates the buyer. */
  readonly selectedCardBrand?: string;
  readonly creditPayPlan?: ChargedPlan;
  /** Taken for a merchant of Antom's payment orchestration. */
  readonly account?: "apo";
  readonly metadata?: string;
  readonly notifyUrl?: string;
  readonly redirectUrl: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The card that is being authenticated, or was charged. */
  readonly attempt?: CardAttempt;
  readonly awaits?: Awaited;
  readonly resultInfo?: ResultInfo;
  readonly cardToken?: string;
  readonly paidAt?: number;
  /** The end of the hold. */
  readonly holdUntil?: number;
  /** When the automatic capture is due. */
  readonly captureAt?: number;
  readonly cancelledAt?: number;
  readonly captures: readonly Capture[];
  readonly refunds: readonly Refund[];
  /** Of its hold, by updateAmount. */
  readonly increases: readonly Increase[];
  readonly disputes: readonly Dispute[];
  /** What was asked for and refused; the same request is refused the same again. */
  readonly refused?: readonly RefusedRequest[];
  /** When the shop was told that it was paid after all, too late and past refunding (Antom, "notifyReversal"). */
  readonly reversedAt?: number;
}

export interface CardAttempt {
  readonly card: Card;
  readonly checks: Checks;
  /** The buyer let the shop keep the card. */
  readonly save: boolean;
  /** 3-D Secure was passed elsewhere and its result sent along (`mpiData`). */
  readonly authenticatedElsewhere?: ThreeDSResult;
}

/** How far something that takes time has come. */
export type Progress = "PROCESSING" | "SUCCESS" | "FAIL";

export interface Capture {
  readonly captureId: string;
  readonly captureRequestId: string;
  readonly amount: Amount;
  readonly automatic: boolean;
  readonly status: Progress;
  readonly code: ResultCode;
  readonly at: number;
  /** When its result is due, of one that is in process first. */
  readonly settleAt?: number;
  readonly settledAt?: number;
}

export interface Refund {
  readonly refundId: string;
  readonly refundRequestId: string;
  /** The capture it gives back of, where the request named one. */
  readonly captureId?: string;
  readonly amount: Amount;
  readonly status: Progress;
  readonly code: ResultCode;
  readonly notifyUrl?: string;
  readonly metadata?: string;
  readonly createdAt: number;
  /** When its result is due. */
  readonly settleAt: number;
  readonly settledAt?: number;
}

export interface Increase {
  readonly increaseId: string;
  readonly updateRequestId: string;
  /** The new total. */
  readonly amount: Amount;
  readonly status: Progress;
  readonly code: ResultCode;
  readonly createdAt: number;
  /** When its result is due. */
  readonly settleAt: number;
  readonly settledAt?: number;
}

/** A request with an id of its own that came to nothing. */
export interface RefusedRequest {
  readonly operation: "capture" | "refund" | "updateAmount";
  readonly requestId: string;
  readonly amount: Amount;
  readonly code: ResultCode;
  readonly message: string;
}

/** A buyer's bank takes up a payment with the merchant (Antom, "notifyDispute"). */
export interface Dispute {
  readonly disputeId: string;
  readonly amount: Amount;
  readonly type: DisputeType;
  readonly reasonCode: string;
  readonly reasonMessage: string;
  /** What it has come to: Antom's `disputeNotificationType`. */
  readonly status: DisputeStep;
  readonly judgedResult?: JudgedResult;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Until when the merchant may defend itself. */
  readonly defenseDueAt: number;
}

/** How a dispute goes on: Antom's `disputeNotificationType`. */
export const DISPUTE_STEPS = [
  "DISPUTE_CREATED",
  "DEFENSE_SUPPLIED",
  "DEFENSE_DUE_ALERT",
  "DISPUTE_JUDGED",
  "DISPUTE_ACCEPTED",
  "DISPUTE_CANCELLED",
  "RDR_RESOLVED",
] as const;
/** One of `DISPUTE_STEPS`. */
export type DisputeStep = (typeof DISPUTE_STEPS)[number];

/** Antom's `disputeType`. */
export const DISPUTE_TYPES = ["CHARGEBACK", "RETRIEVAL_REQUEST", "COMPLIANCE_REQUEST"] as const;
/** One of `DISPUTE_TYPES`. */
export type DisputeType = (typeof DISPUTE_TYPES)[number];

/** How a dispute was decided: Antom's `disputeJudgedResult`. */
export const JUDGED_RESULTS = [
  "ACCEPT_BY_MERCHANT",
  "ACCEPT_BY_CUSTOMER",
  "VALIDATE_SUCCESS",
  "VALIDATE_FAIL",
] as const;
/** One of `JUDGED_RESULTS`. */
export type JudgedResult = (typeof JUDGED_RESULTS)[number];

/** A card the buyer let the shop keep. */
export interface StoredCard {
  readonly token: string;
  readonly card: Card;
  /** Of its payments with the buyer there, the first and the last few: what a payment without the buyer must refer to. */
  readonly networkTransactionIds: readonly string[];
}
