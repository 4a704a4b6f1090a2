import type { Acquired } from "./acquirer-info.js";
import type { Amount } from "./amount.js";
import type { Operation, OperationKind } from "./operation.js";
import type { BuyerAction } from "./payment.js";
import type { PaymentResultInfo } from "./result-info.js";
import type { Secret } from "./secret.js";
import type { StoredCardView } from "./stored-card.js";

/** Where a fact came from. Everything but "clock" and "command" was signed by Antom, or is the absence of an answer. */
export type ObservationSource =
  "pay" | "notification" | "inquiry" | "capture" | "void" | "refund" | "increase" | "clock" | "command";

/** What a signed message says it is about; each must agree with what is stored. */
interface Identified {
  readonly paymentId?: string;
  /** The payment's own id, where the message repeats it. */
  readonly paymentRequestId?: string;
  readonly amount?: Amount;
  /** What stood in the amount's place and is none, such as "1e3": that cannot be about the payment either. */
  readonly malformedAmount?: string;
}

/** How the authorization itself stands. */
export interface AuthorizationFact extends Identified, Acquired {
  readonly kind: "authorization";
  readonly outcome: "action_required" | "processing" | "succeeded" | "failed" | "cancelled";
  /** Antom's result code. */
  readonly code?: string;
  readonly action?: BuyerAction;
  /** The kind of check Antom wants of the buyer without saying where (`challengeActionForm`): nobody can be sent to it. */
  readonly challenge?: string;
  /** The token of a card the buyer let the shop keep. The ledger stores it, sealed, and takes it out of the fact. */
  readonly cardToken?: Secret<string>;
  readonly resultInfo?: PaymentResultInfo;
  /** `actualPaymentAmount`. */
  readonly actualAmount?: Amount;
  /** Epoch milliseconds. */
  readonly authorizedAt?: number;
  /** Epoch milliseconds. */
  readonly authorizationExpiresAt?: number;
}

/** How a capture, void, refund or increase stands. */
export interface OperationFact extends Identified, Acquired {
  readonly kind: OperationKind;
  readonly outcome: "pending" | "succeeded" | "failed";
  /** Antom refused it with a code after which it may have been done all the same; with "pending". */
  readonly doubtful?: true;
  /** The request id: ours, or for an automatic capture the one Antom told. */
  readonly requestId?: string;
  /** `captureId` or `refundId`. */
  readonly gatewayId?: string;
  readonly code?: string;
  /** `actualRefundAmount`. */
  readonly actualAmount?: Amount;
  /** What the message tells of the card. */
  readonly resultInfo?: PaymentResultInfo;
  /** Epoch milliseconds, where Antom tells. */
  readonly settledAt?: number;
  /** After an increase: the new end of the hold, epoch milliseconds. */
  readonly authorizationExpiresAt?: number;
}

/** Antom says it knows no such payment (`ORDER_NOT_EXIST`). */
export interface MissingFact {
  readonly kind: "missing";
}

/** A call whose outcome is unknown: no answer, or none that can be believed. */
export interface UnansweredFact {
  readonly kind: "unanswered";
  readonly operation: "pay" | OperationKind;
  /** Why, in the words of gateway/transport.ts, or Antom's code. */
  readonly reason: string;
  /** Antom answered, and refused what the kit needs done all the same, so that it is sent again. */
  readonly refused?: true;
}

/** The shop, or the kit on its behalf, decided on an operation; it is written down before it is sent. */
export interface RequestedFact {
  readonly kind: "requested";
  readonly operation: Operation;
}

/** A void by which the kit was to close the payment is not needed any more: Antom has not carried it out, and there is nothing to close. */
export interface UnneededFact {
  readonly kind: "unneeded";
  /** The void's id. */
  readonly operation: string;
}

/** Somebody asked for what an operation does that is, or was, in doubt: another one was not sent. */
export interface AskedAgainFact {
  readonly kind: "asked_again";
  /** The id of the operation in doubt. */
  readonly operation: string;
  /** Its kind. */
  readonly of: OperationKind;
  /** The key it was asked for under, if any. */
  readonly key?: string;
  /** Who asked without a key has had their answer: the next one who asks wants another. */
  readonly answered?: true;
}

/** The clock passed one of the payment's times. */
export interface DeadlineFact {
  readonly kind: "deadline";
  /** "payment": the buyer's time is over and nothing was paid; "warning": the hold ends within a day; "last": within an hour; "hold": the hold ended. */
  readonly which: "payment" | "warning" | "last" | "hold";
}

/** The pay request is about to be sent again with the same id, so the buyer's time starts anew. */
export interface RepeatedFact {
  readonly kind: "repeated";
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A dispute of the payment (`notifyDispute`). */
export interface DisputeFact extends Identified {
  readonly kind: "dispute";
  readonly disputeId: string;
  /** Antom's `disputeNotificationType`. */
  readonly step: string;
  /** `disputeType`: CHARGEBACK, RETRIEVAL_REQUEST or COMPLIANCE_REQUEST. */
  readonly type?: string;
  /** `disputeAmount`: how much the bank disputes. It may be less than the payment. */
  readonly disputedAmount?: Amount;
  /** Which capture is disputed. */
  readonly captureId?: string;
  readonly reasonCode?: string;
  readonly reasonMessage?: string;
  /** Epoch milliseconds. */
  readonly defenseDueAt?: number;
  readonly judgedResult?: string;
  /** `disputeJudgedAmount`: what the merchant is charged with. */
  readonly judgedAmount?: Amount;
}

/** Antom could neither keep nor give back a late success (`PAYMENT_REVERSAL`): a person must act. */
export interface ReversalFact extends Identified {
  readonly kind: "reversal";
}

/** The card that was paid with has been stored for the buyer. */
export interface CardFact {
  readonly kind: "card";
  readonly card: StoredCardView;
}

/** A person has looked at the payment's conflicts. */
export interface ReviewedFact {
  readonly kind: "reviewed";
  /** Who, as the shop names its staff. */
  readonly by?: string;
  /** How many conflicts the payment had when they looked. */
  readonly count: number;
}

/**
 * One thing that became known of a payment, by whatever way: what Antom answered or told, what somebody asked for, or that a time has run
 * out.
 */
export type Fact =
  | AuthorizationFact
  | OperationFact
  | MissingFact
  | UnansweredFact
  | RequestedFact
  | UnneededFact
  | AskedAgainFact
  | DeadlineFact
  | RepeatedFact
  | DisputeFact
  | ReversalFact
  | CardFact
  | ReviewedFact;

/** What the one door (ledger.record) takes: some facts about one payment, from one place, at one time. */
export interface Observation {
  readonly source: ObservationSource;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly facts: readonly Fact[];
}
