/**
 * Why a payment failed, as far as the code tells.
 *
 * - "card-details": the number, the expiry date or the security digits are wrong.
 * - "card": the card is of a kind, or in a state, that cannot pay this.
 * - "funds": the card does not cover it.
 * - "bank": the bank refused, without saying why.
 * - "verification": the buyer's authentication is missing or failed.
 * - "risk": somebody takes it for fraud, or the card is reported lost or stolen. A buyer is told what they are told of "bank".
 * - "limit": it is above an amount or a number of payments.
 * - "order": Antom's order is over; another payment can be opened.
 * - "shop": the request, the account or the contract has to be mended.
 * - "system": something was out of order.
 * - "unknown": the code is not documented.
 */
export const DECLINE_REASONS = [
  "card-details",
  "card",
  "funds",
  "bank",
  "verification",
  "risk",
  "limit",
  "order",
  "shop",
  "system",
  "unknown",
] as const;
/** One of `DECLINE_REASONS`. */
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** Who can do something about it. */
export type Actor = "buyer" | "shop" | "nobody";

/** By which ways the buyer can go on. Each is a payment of its own, with a new id: a failed one stays failed. */
export interface WaysOn {
  /** The same card, now: with its details corrected, or with the verification done. */
  readonly sameCard: boolean;
  readonly otherCard: boolean;
  /** The same card, later. */
  readonly later: boolean;
}

/** What is made of one code: why, who must act, what can help, and a sentence for the shop's staff. */
export interface Judgement extends WaysOn {
  readonly reason: DeclineReason;
  readonly actor: Actor;
  readonly meaning: string;
}

export const NOTHING: WaysOn = { sameCard: false, otherCard: false, later: false };
export const AGAIN: WaysOn = { sameCard: true, otherCard: true, later: false };
export const AGAIN_OR_LATER: WaysOn = { sameCard: true, otherCard: true, later: true };
export const OTHER_CARD: WaysOn = { sameCard: false, otherCard: true, later: false };
export const OTHER_CARD_OR_LATER: WaysOn = { sameCard: false, otherCard: true, later: true };
export const LATER: WaysOn = { sameCard: false, otherCard: false, later: true };

export const judged = (reason: DeclineReason, actor: Actor, ways: WaysOn, meaning: string): Judgement => ({
  reason,
  actor,
  ...ways,
  meaning,
});
