import { isOtherCard, type PaymentResultInfo } from "../payment/result-info.js";
import type { StoredCard, StoredCardView } from "../payment/stored-card.js";

/** Of a card, what Antom has told: how a buyer knows it, and what a later charge needs beside the token. */
export type ToldCard = Omit<StoredCardView, "id"> & Pick<StoredCard, "networkTransactionId">;

/** Reads it from what came now, with the gaps filled from what had come before. */
export function toldCard(now: PaymentResultInfo | undefined, before: PaymentResultInfo | undefined): ToldCard {
  const info = { ...before, ...now };
  const lastFour = lastFourOf(info.lastFour) ?? lastFourOf(info.cardNo);
  const { cardBrand, expiryMonth, expiryYear, funding, issuingCountry, paymentMethodRegion, networkTransactionId } =
    info;
  return {
    ...(cardBrand === undefined ? {} : { cardBrand }),
    ...(lastFour === undefined ? {} : { lastFour }),
    // One without the other says nothing.
    ...(expiryMonth === undefined || expiryYear === undefined ? {} : { expiryMonth, expiryYear }),
    ...(funding === undefined ? {} : { funding }),
    ...(issuingCountry === undefined ? {} : { issuingCountry }),
    ...(paymentMethodRegion === undefined ? {} : { paymentMethodRegion }),
    ...(networkTransactionId === undefined ? {} : { networkTransactionId }),
  };
}

/** Whether both are certainly the same card: brand, last four and expiry are known of both, and alike. */
export const isSameCard = (a: ToldCard, b: ToldCard): boolean =>
  (["cardBrand", "lastFour", "expiryMonth", "expiryYear"] as const).every(
    (name) => a[name] !== undefined && a[name] === b[name],
  );

/**
 * The next version of a stored card, its gaps filled with what its own payment was told since; undefined where there is nothing to fill, or where the
 * card has been kept anew with another payment.
 */
export function withGapsFilled(card: StoredCard, told: ToldCard, payment: string, at: number): StoredCard | undefined {
  if (card.consent.payment !== payment || isOtherCard(card, told)) return undefined;
  const filled = { ...told, ...card };
  if (Object.keys(filled).length === Object.keys(card).length) return undefined;
  return { ...filled, version: card.version + 1, updatedAt: at };
}

/** The digits at the end of a number, masked or not; older messages tell nothing else. */
const lastFourOf = (number: string | undefined): string | undefined => /\d{4}$/.exec(number ?? "")?.[0];
