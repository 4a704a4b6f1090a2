import type { Acquired } from "./acquirer-info.js";
import type { Amount } from "./amount.js";
import type { PaymentChoice, PaymentMethodName, RecurringType } from "./method.js";
import type { Missing } from "./missing.js";
import type { Operation } from "./operation.js";
import type { PaymentResultInfo } from "./result-info.js";

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
/** One of `PAYMENT_STATUSES`. */
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/**
 * When the money is taken: by Antom, right after the authorization, or when the shop asks for it (`captureMode` of Antom's pay request).
 */
export type CaptureMode = "AUTOMATIC" | "MANUAL";

/** A buyer's consent to have a card kept. */
export interface CardConsent {
  /** The shop's own id of the buyer. */
  readonly buyer: string;
  /** Where they agreed: by the shop's box ("shop"), or on Antom's page ("antom"). */
  readonly by: "shop" | "antom";
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Where the buyer has to go to pay: a plain link, or a form the browser posts. */
export interface BuyerAction {
  readonly url: string;
  readonly method: "GET" | "POST";
  /** Fields of the form; only with POST. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A dispute of the payment, by what Antom has told of it so far. */
export interface Dispute {
  /** Antom's `disputeId`. */
  readonly id: string;
  /** Each `disputeNotificationType` seen, in the order they came. */
  readonly steps: readonly string[];
  /** The steps that came with a result (`disputeJudgedResult`), as "DISPUTE_JUDGED VALIDATE_FAIL". */
  readonly judged?: readonly string[];
}

/** A contradiction between something Antom signed and what is stored, or between two things Antom signed; or what Antom leaves open and a person is to find out. */
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
    | "reversed"
    | "challenge_unsupported"
    | "capture_untold";
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
  /** With `recurringType`: Antom waits for the buyer, and has not said where. Absent in payments of before. */
  readonly buyerAwaited?: true;
  /** The hold, or what was left of it, is gone: it ran out, or a capture was refused for that. */
  readonly released?: true;
  /** A capture was refused because the hold had ended (`AUTH_EXPIRED`), or had been cancelled (`AUTH_CANCELLED`). */
  readonly holdExpired?: true;
  readonly holdCancelled?: true;
  /** Succeeded after it was given up, while another payment of the order was live: to be undone. */
  readonly superseded?: true;
  /** The shop has been told that it is authorized. */
  readonly announced?: true;
  /** The card token that came with it has been dealt with: the card is stored. */
  readonly cardStored?: true;
  /** No token came with a card that was to be kept, and none is waited for any more: the buyer may not have agreed. */
  readonly cardMissed?: true;
  /** The shop has been warned that the hold is about to end. */
  readonly warned?: true;
  /** The end it was warned of, epoch milliseconds: an increase may put it off. Absent in payments of before. */
  readonly warnedOf?: number;
  /** The hold ends within the hour: what was to be done about it by itself has been begun. */
  readonly lastCall?: true;
  /** The end that was about, epoch milliseconds. Absent in payments of before. */
  readonly lastCallOf?: number;
  /** The end that the hold had when it was called over, epoch milliseconds. Absent in payments of before. */
  readonly releasedOf?: number;
  /** The greatest of what `resultInfo` was told with: "succeeded" outranks "failed", and that "underWay". Absent in payments of before. */
  readonly informedBy?: "underWay" | "failed" | "succeeded";
  /** When Antom says it authorized, the earliest it has said; epoch milliseconds. */
  readonly authorizedAt?: number;
  /** When Antom says the hold ends, epoch milliseconds. */
  readonly holdEndsAt?: number;
}

/** One attempt to authorize one order. */
export interface Payment extends Acquired {
  /** Antom's `paymentRequestId`. */
  readonly id: string;
  /** The option `clientId` it was made under: only that merchant can ask Antom about it. */
  readonly clientId?: string;
  /** The shop's order: Antom's `referenceOrderId`. */
  readonly orderId: string;
  readonly amount: Amount;
  readonly status: PaymentStatus;
  readonly captureMode: CaptureMode;
  /** The contract lets it be captured several times, so that what a capture leaves is held on. Absent in payments of before. */
  readonly multipleCaptures?: true;
  readonly method: PaymentMethodName;
  /** Absent where the buyer chose nothing. */
  readonly choice?: PaymentChoice;
  /** The merchant charges a stored card with nobody there. */
  readonly recurringType?: RecurringType;
  /** With `recurringType`: Antom wanted the buyer, who is not there, so the payment is undone. */
  readonly buyerNeeded?: true;
  /** The shop's own id of the buyer, where it told. */
  readonly buyer?: string;
  /** Whose card is to be kept once it has been authorized, and that they agreed to it. */
  readonly saving?: CardConsent;
  /** The stored card this payment brought in. */
  readonly storedCardId?: string;
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
  /** What Antom says the buyer paid, where it differs or is told (`actualPaymentAmount`). */
  readonly actualAmount?: Amount;
  readonly capturedAmount: string;
  readonly refundedAmount: string;
  readonly operations: readonly Operation[];
  readonly disputes: readonly Dispute[];
  /** The mark beside the status: empty unless something signed disagrees. */
  readonly conflicts: readonly Conflict[];
  /** How many of the conflicts, from the first one on, a person has looked at; none where absent. */
  readonly reviewed?: number;
  /** How many calls in a row that were to change something, or ask about a refund, have gone unanswered, or were refused and are sent again; inquiries about the payment do not count. */
  readonly unanswered: number;
  /** Only while it is "created" and Antom says that it knows no such payment. */
  readonly missing?: Missing;
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

/** Whether nothing is held because it was cancelled: Antom says so, or has refused a capture for it while no other was under way. */
export const isCancelled = ({ cancelled, holdCancelled, released }: Evidence): boolean =>
  cancelled === true || (holdCancelled === true && released === true);

/** Whether the token of a card that is to be kept is still to come. */
export const awaitsCard = ({ saving, evidence }: Payment): boolean =>
  saving !== undefined &&
  evidence.succeeded === true &&
  evidence.cardStored === undefined &&
  evidence.cardMissed === undefined;

/** Whether Antom may hold money, or take it, for a payment beside the order's other one, which it has not let go of. */
export const isHeldInVain = ({ evidence, capturedAmount }: Payment): boolean =>
  evidence.superseded === true && !isCancelled(evidence) && capturedAmount === "0";

/** Whether Antom still owes an answer that an inquiry can fetch. */
export const awaitsAntom = (payment: Payment): boolean =>
  awaitsCard(payment) ||
  isHeldInVain(payment) ||
  payment.status === "created" ||
  payment.status === "requires_action" ||
  payment.status === "processing" ||
  (payment.status === "authorized" && payment.captureMode === "AUTOMATIC") ||
  payment.operations.some((operation) => operation.status === "pending");

/** Whether the buyer can still do something about it: nothing is authorized and nothing is given up. */
export const isOpen = (payment: Payment): boolean =>
  payment.status === "created" || payment.status === "requires_action" || payment.status === "processing";

/** Whether there is nothing to close for want of a buyer who pays in time: it is paid or given up already, or a bank is deciding. */
export const isPastClosing = (payment: Payment): boolean => !isOpen(payment) || payment.status === "processing";
