import type { Decline } from "../payment/meaning/decline.js";
import { OTHER_CARD, type DeclineReason, type WaysOn } from "../payment/meaning/decline-reason.js";
import type { Locale } from "./locale.js";
import { TEXTS } from "./texts.js";

/** What a buyer may know of a failed payment: what can help, and a sentence in their language. No code, and no reason by name. */
export interface BuyerDecline extends WaysOn {
  readonly message: string;
}

/** What a buyer is told in place of a decline where another payment of the order is the one that counts: no card helps, now or later. */
export const replacedDecline = (locale: Locale): BuyerDecline => ({
  sameCard: false,
  otherCard: false,
  later: false,
  message: TEXTS[locale].result.tookPlace,
});

/** Reasons whose sentence asks for the same card again. */
const INVITING: ReadonlySet<DeclineReason> = new Set(["card-details", "verification", "unknown"]);

/**
 * A decline as the buyer is told of it. Whoever tries stolen cards must not learn which ones are known to be: what is told of a refusal
 * by risk control is, to the letter, what is told of any refusal by the bank.
 */
export function buyerDecline(decline: Decline, locale: Locale): BuyerDecline {
  const { declines, orLater } = TEXTS[locale];
  const { reason, sameCard, otherCard, later } = decline;
  if (reason === "bank" || reason === "risk") return { ...OTHER_CARD, message: declines.bank };
  const sentence = INVITING.has(reason) && !sameCard ? declines.card : declines[reason];
  const message = later ? [sentence, orLater].join(locale === "zh" ? "" : " ") : sentence;
  return { sameCard, otherCard, later, message };
}
