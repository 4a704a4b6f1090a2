import type { Amount } from "./amount.js";
import type { Operation } from "./operation.js";

/** Where a payment stands. See docs/payment-life.md. */
export const PAYMENT_STATUSES = [
  "created",
  "requires_action",
  "processing",
  "authorized",
  "captured",
  "failed",
  "voided",
  "expired",
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export type CaptureMode = "AUTOMATIC" | "MANUAL";

/** How the buyer's card reaches Antom. */
export type PaymentMethodName = "hosted";

/** Where the buyer has to go to pay: a plain link, or a form the browser posts. */
export interface BuyerAction {
  readonly url: string;
  readonly method: "GET" | "POST";
  /** Fields of the form; only with POST. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The 3-D Secure result, as Antom tells it (`threeDSResult`). The documents' `caav` is read as `cavv`. */
export interface ThreeDSResult {
  readonly threeDSVersion?: string;
  readonly eci?: string;
  readonly cavv?: string;
  readonly dsTransactionId?: string;
  readonly xid?: string;
  readonly challenged?: boolean;
  readonly threeDSOffered?: boolean;
  readonly exemptionType?: string;
  readonly challengeCancel?: string;
  readonly threeDStransactionStatusReason?: string;
}

/** What Antom tells of the card and its checks (`paymentResultInfo`, and `cardInfo` where it used to stand). Codes pass through as they come. */
export interface PaymentResultInfo {
  readonly avsResultRaw?: string;
  readonly cvvResultRaw?: string;
  readonly networkTransactionId?: string;
  readonly threeDSResult?: ThreeDSResult;
  /** Masked: first six and last four at most. */
  readonly cardNo?: string;
  readonly cardBrand?: string;
  readonly cardBin?: string;
  readonly lastFour?: string;
  readonly issuingCountry?: string;
  readonly issuerName?: string;
  readonly funding?: string;
  readonly cardCategory?: string;
  readonly paymentMethodRegion?: string;
  readonly merchantAdviceCode?: string;
  readonly refusalCodeRaw?: string;
  readonly authorizationCode?: string;
}

/** A dispute of the payment, by what Antom has told of it so far. */
export interface Dispute {
  /** Antom's `disputeId`. */
  readonly id: string;
  /** Each `disputeNotificationType` seen, in the order they came. */
  readonly steps: readonly string[];
}

/** A disagreement between something Antom signed and what is stored, or between two things Antom signed. */
export interface Conflict {
  readonly code:
    | "amount_mismatch"
    | "currency_mismatch"
    | "payment_id_mismatch"
    | "contradictory_result"
    | "late_success"
    | "captured_after_void"
    | "captured_too_much"
    | "refunded_too_much"
    | "reversed";
  /** Epoch milliseconds of when it was first seen. */
  readonly at: number;
  readonly expected?: string;
  readonly seen?: string;
}

/**
 * What has been learnt so far, as marks that are only ever set and never taken back. The status is derived from them
 * (see status.ts), which is why late, repeated and reordered facts are harmless.
 */
export interface Evidence {
  /** The buyer has acted and Antom is still deciding. */
  readonly processing?: true;
  readonly succeeded?: true;
  readonly failed?: true;
  readonly cancelled?: true;
  /** The buyer's time ran out with nothing paid. */
  readonly lapsed?: true;
  /** The hold ran out uncaptured. */
  readonly released?: true;
  /** Succeeded after it was given up, while another payment of the order was live: to be undone. */
  readonly superseded?: true;
  /** The shop has been told that it is authorized. */
  readonly announced?: true;
  /** The shop has been warned that the hold is about to end. */
  readonly warned?: true;
  /** When Antom says it authorized, the earliest it has said; epoch milliseconds. */
  readonly authorizedAt?: number;
  /** When Antom says the hold ends, epoch milliseconds. */
  readonly holdEndsAt?: number;
}

/** One attempt to authorize one order. */
export interface Payment {
  /** Antom's `paymentRequestId`. */
  readonly id: string;
  /** The shop's order: Antom's `referenceOrderId`. */
  readonly orderId: string;
  readonly amount: Amount;
  readonly status: PaymentStatus;
  readonly captureMode: CaptureMode;
  readonly method: PaymentMethodName;
  /** How many times this payment has been committed; the storage's compare-and-set goes by it. */
  readonly version: number;
  /** How many events it has had. */
  readonly eventCount: number;
  /** Antom's own id of the payment, once told. */
  readonly paymentId?: string;
  /** Where the buyer has to go, while that is of use. */
  readonly action?: BuyerAction;
  /** What is held or was held, in minor units of `amount.currency`. */
  readonly authorizedAmount: string;
  readonly capturedAmount: string;
  readonly refundedAmount: string;
  readonly operations: readonly Operation[];
  readonly disputes: readonly Dispute[];
  /** The mark beside the status: empty unless something signed disagrees. */
  readonly conflicts: readonly Conflict[];
  /** How many calls about it in a row have gone unanswered. */
  readonly unanswered: number;
  /** Why it failed: Antom's result code. */
  readonly failureCode?: string;
  readonly resultInfo?: PaymentResultInfo;
  readonly evidence: Evidence;
  /** The body of the pay request, kept until Antom has answered so that the same request can be repeated. Never holds card data. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** The language of the buyer's pages: "en", "zh" or "ko". */
  readonly locale: string;
  /** Epoch milliseconds, as are all the times below. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Until when the buyer can pay. */
  readonly expiresAt: number;
  readonly authorizedAt?: number;
  /** Until when the hold can be captured (`authExpiryTime`; seven days where none is told). */
  readonly authorizationExpiresAt?: number;
}

const GIVEN_UP: ReadonlySet<PaymentStatus> = new Set(["failed", "voided", "expired"]);

/** Whether the payment still stands for its order: at most one payment of an order is live. */
export const isLive = (payment: Payment): boolean =>
  !GIVEN_UP.has(payment.status) && payment.evidence.superseded === undefined;

/** Whether Antom still owes an answer that an inquiry can fetch. */
export const awaitsAntom = (payment: Payment): boolean =>
  payment.status === "created" ||
  payment.status === "requires_action" ||
  payment.status === "processing" ||
  (payment.status === "authorized" && payment.captureMode === "AUTOMATIC") ||
  payment.operations.some((operation) => operation.status === "pending");

/** Whether the buyer can still do something about it: nothing is authorized and nothing is given up. */
export const isOpen = (payment: Payment): boolean =>
  payment.status === "created" || payment.status === "requires_action" || payment.status === "processing";
