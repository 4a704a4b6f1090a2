import type { Attention } from "../../payment/attention.js";
import type { OperationKind, OperationStatus } from "../../payment/operation.js";
import type { Conflict, PaymentStatus, Payment } from "../../payment/payment.js";
import { html, type SafeHtml } from "../html.js";

/** How something looks: as it should be, as it should not, under way, or over. */
export type Look = "good" | "bad" | "calm" | "over";

const STATUSES: Readonly<Record<PaymentStatus, readonly [word: string, look: Look]>> = {
  created: ["Created", "calm"],
  requires_action: ["With the buyer", "calm"],
  processing: ["Processing", "calm"],
  authorized: ["Authorized", "good"],
  captured: ["Captured", "good"],
  failed: ["Failed", "bad"],
  voided: ["Voided", "over"],
  expired: ["Expired", "over"],
};

export const statusWord = (status: PaymentStatus): string => STATUSES[status][0];
export const statusLook = (status: PaymentStatus): Look => STATUSES[status][1];

export const badge = (word: string, look: Look): SafeHtml => html`<span class="badge ${look}">${word}</span>`;

export const statusBadge = (status: PaymentStatus): SafeHtml => badge(statusWord(status), statusLook(status));

/** Captured money that went back is part of how a payment stands. */
export const standingBadges = ({
  status,
  capturedAmount,
  refundedAmount,
}: Pick<Payment, "status" | "capturedAmount" | "refundedAmount">): SafeHtml =>
  refundedAmount === "0"
    ? statusBadge(status)
    : html`${statusBadge(status)} ${badge(refundedAmount === capturedAmount ? "Refunded" : "Partly refunded", "over")}`;

const OUTCOMES: Readonly<Record<OperationStatus, readonly [word: string, look: Look]>> = {
  pending: ["Under way", "calm"],
  succeeded: ["Done", "good"],
  failed: ["Refused", "bad"],
};

export const outcomeBadge = (status: OperationStatus): SafeHtml => badge(...OUTCOMES[status]);

export const KIND_WORDS: Readonly<Record<OperationKind, string>> = {
  capture: "Capture",
  void: "Void",
  refund: "Refund",
  increase: "Increase of the hold",
};

export const ATTENTION_WORDS: Readonly<Record<Attention, readonly [short: string, long: string]>> = {
  conflict: ["Conflict", "Something Antom signed disagrees with what is stored, and nobody has looked at it yet."],
  unknown: [
    "Outcome unknown",
    "Antom has not answered the last calls, or refused to close the payment. The kit keeps asking.",
  ],
  expiring: ["Hold ends soon", "The hold ends within a day, and not all of it has been captured."],
};

/** What a conflict means and what to do, for somebody who has to decide. */
export const CONFLICT_WORDS: Readonly<Record<Conflict["code"], readonly [title: string, what: string]>> = {
  amount_mismatch: [
    "Antom told another amount",
    "The amount in Antom's message is not the one that was asked for, or is none. Compare both with the payment on Antom's dashboard before you ship or refund.",
  ],
  currency_mismatch: [
    "Antom told another currency",
    "The currency in Antom's message is not the payment's. The message was not taken in. Compare with Antom's dashboard.",
  ],
  payment_id_mismatch: [
    "Antom told another payment's id",
    "A message names this payment, but another one's id beside it. It was not taken in. Look both ids up on Antom's dashboard.",
  ],
  contradictory_result: [
    "Antom said yes and no",
    "Antom said of the same thing that it succeeded and that it failed. Success counts until somebody has looked: compare with Antom's dashboard.",
  ],
  late_success: [
    "It succeeded after it was given up",
    "The buyer's time, or the hold, was over and the shop had been told so; then it was authorized, held for longer, or captured after all. Ship the order, or void or refund the payment.",
  ],
  captured_after_void: [
    "It was captured though it was voided",
    "Money was taken after the hold had been let go. If the buyer is not to pay, refund it.",
  ],
  captured_too_much: [
    "More was captured than was held",
    "The captures Antom told of add up to more than the hold. Refund what is too much, and ask Antom's support.",
  ],
  refunded_too_much: [
    "More was refunded than was held",
    "The refunds Antom told of add up to more than was ever taken. Ask Antom's support.",
  ],
  reversed: [
    "Antom took the payment back",
    "Antom could neither keep a late success nor give it back. Look at the payment on Antom's dashboard, and ask Antom's support whether the buyer has been charged.",
  ],
  challenge_unsupported: [
    "Antom wants a check that cannot be shown",
    "Antom asked the buyer for a check without saying where. The buyer cannot finish; the payment closes by itself, and the order can be paid anew.",
  ],
  capture_untold: [
    "Antom has not told of the capture",
    "Antom was to capture it by itself, and until the end of the hold told neither that it did nor that it failed. Money was probably taken, so the order is kept. Look at the payment on Antom's dashboard; ask Antom again, or void it if the buyer is not to pay.",
  ],
};
