import { isCaptureUntold, isHolding, isWarned } from "./hold.js";
import { isOpen, type Payment } from "./payment.js";

/** What a person should look at. */
export const ATTENTIONS = ["conflict", "unknown", "expiring"] as const;
/** Why a person should look at a payment; `attentionOf` says when. */
export type Attention = (typeof ATTENTIONS)[number];

/** How many calls in a row go unanswered before it is no longer a hiccup of the network. */
export const TOO_SILENT = 3;

/**
 * Why a person should look at a payment. "conflict": something signed disagrees, and nobody has looked at it yet. "unknown": Antom
 * has not answered the last three calls or more that were to change something, or ask about a refund, or has refused to have the payment
 * closed, so how it ends is not known.
 * "expiring": the hold ends within a day, uncaptured, or with something left for another capture.
 *
 * Storages keep this in columns: a change of the rule needs a migration in each of them, and a line in the changelog for other adapters.
 */
export const attentionOf = (payment: Payment): readonly Attention[] =>
  ATTENTIONS.filter((attention) => HOLDS[attention](payment));

const HOLDS: Readonly<Record<Attention, (payment: Payment) => boolean>> = {
  conflict: ({ conflicts, reviewed = 0 }) => conflicts.length > reviewed,
  unknown: (payment) =>
    payment.unanswered >= TOO_SILENT &&
    (isOpen(payment) || payment.operations.some(({ status }) => status === "pending")),
  expiring: (payment) => isHolding(payment) && isWarned(payment) && !isCaptureUntold(payment),
};
