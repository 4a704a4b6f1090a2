import type { Decline, DeclineReason } from "../../lib/index.js";

/** Of "bank" and of "risk": whoever tries stolen cards must not learn which ones are known to be. */
const BANK = "Your bank did not approve this payment.";

/** Why a card was not accepted, as this shop tells its buyers. */
const WORDS: Readonly<Record<DeclineReason, string>> = {
  "card-details": "The card number, the date or the security code is not right.",
  card: "This card cannot be used for this payment.",
  funds: "The card could not cover this payment.",
  bank: BANK,
  verification: "The confirmation with your bank is missing.",
  risk: BANK,
  limit: "This payment is above a limit.",
  order: "This payment is no longer open.",
  shop: "We cannot take this payment just now. It is our fault, not yours.",
  system: "The payment could not be processed just now.",
  unknown: "The payment was not accepted.",
};

export interface DeclineWords {
  readonly why: string;
  /** What can help, best first. */
  readonly helps: readonly string[];
}

/** A decline in the buyer's words. What Antom or the bank said is not among them. */
export function declineWords({ reason, sameCard, otherCard, later, actor }: Decline): DeclineWords {
  const isBank = reason === "bank" || reason === "risk";
  const helps = [
    !isBank && sameCard && (reason === "card-details" ? "Check the card and try again." : "Try the same card again."),
    (isBank || otherCard) && "Use another card.",
    !isBank && later && "Try the same card again later.",
    isBank && "Ask your bank.",
    actor === "shop" && !sameCard && !otherCard && "Tell us; we have to mend something.",
  ];
  return { why: WORDS[reason], helps: helps.filter((help) => help !== false) };
}
