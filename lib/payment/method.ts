import { sameDigits } from "./card-details.js";

/**
 * How the buyer's card reaches Antom.
 *
 * - "hosted": on Antom's own card page.
 * - "card": from the shop's own card form, server to server; for shops that are PCI-qualified.
 * - "stored-card": a card the buyer let the shop keep, by its token.
 * - "issuer-authentication": a Korean card, on its issuer's own page; no card data at all.
 */
export const PAYMENT_METHODS = ["hosted", "card", "stored-card", "issuer-authentication"] as const;
/** One of `PAYMENT_METHODS`. */
export type PaymentMethodName = (typeof PAYMENT_METHODS)[number];

/** Whether the buyer pays on a page that is not the shop's, and may choose there. */
export const hasPage = (method: PaymentMethodName): boolean =>
  method === "hosted" || method === "issuer-authentication";

/** Why the merchant charges a stored card with nobody there: on a schedule the buyer agreed to, or when something falls due. */
export const RECURRING_TYPES = ["SCHEDULED", "UNSCHEDULED"] as const;
/** One of `RECURRING_TYPES` (`recurringType` of Antom's pay request). */
export type RecurringType = (typeof RECURRING_TYPES)[number];

/** What the buyer chose beside the method. A second checkout that chooses the same is the same. Never more of a card than its shown digits. */
export interface PaymentChoice {
  /** Of the card that was entered the digits that may be kept (`shownDigits`). */
  readonly card?: string;
  /** The stored card's id. */
  readonly cardId?: string;
  /** Antom's CardBrand, where the buyer chose one. */
  readonly cardBrand?: string;
  /** In how many instalments. */
  readonly installments?: number;
}

export const sameChoice = (a: PaymentChoice = {}, b: PaymentChoice = {}): boolean =>
  sameDigits(a.card, b.card) &&
  a.cardId === b.cardId &&
  a.cardBrand === b.cardBrand &&
  a.installments === b.installments;
