import { cardOf, chargedAs, type Card } from "../card/card.js";
import { avsResult, cvvResult } from "../card/checks.js";
import { ineligible } from "../card/eligibility.js";
import { isExpiryDate, isOver } from "../card/expiry.js";
import { isCardNumber } from "../card/luhn.js";
import { isResultCode, Refusal, type ResultCode } from "../result.js";
import type { Simulation } from "../simulation.js";
import type { CardAttempt, Payment, StoredCard } from "../state/payment.js";
import { checkLocalCard } from "./local-card.js";
import type { CardMetaData, MpiData, PayRequest } from "./schema/pay.js";
import { isSet } from "./schema/shapes.js";

/**
 * The card of a server-to-server request (its number, or the token of a stored one), or why it cannot be charged.
 *
 * @throws Refusal when the request must be sent otherwise
 */
export function attemptOf(
  { paymentMethod }: PayRequest,
  opened: Payment,
  { book, clock }: Simulation,
): CardAttempt | ResultCode {
  const { paymentMethodId: token } = paymentMethod;
  const data = paymentMethod.paymentMethodMetaData ?? {};
  const card = token === undefined ? cardByNumber(data, clock.now()) : storedCard(data, opened, book.storedCard(token));
  if (isResultCode(card)) return card;
  return (
    ineligible(card, opened) ?? {
      card,
      checks: { avsResultRaw: avsResult(data.billingAddress), cvvResultRaw: cvvResult(data.cvv) },
      save: isSet(data.tokenize),
      ...(data.mpiData && { authenticatedElsewhere: mpiResult(data.mpiData) }),
    }
  );
}

/** What is read of it and nothing more: it is kept. */
const mpiResult = ({ threeDSVersion, eci, cavv, dsTransactionId }: MpiData): MpiData => ({
  eci,
  cavv,
  ...(threeDSVersion !== undefined && { threeDSVersion }),
  ...(dsTransactionId !== undefined && { dsTransactionId }),
});

function cardByNumber(data: CardMetaData, now: number): Card | ResultCode {
  const { cardNo = "", cvv, expiryMonth = "", expiryYear = "" } = data;
  if (!isCardNumber(cardNo)) return "INVALID_CARD_NUMBER";
  const expiry = { expiryMonth, expiryYear };
  const card = underBrand(cardOf(cardNo, expiry), data);
  if (isResultCode(card)) return card;
  checkLocalCard(card, data, now);
  if (!isExpiryDate(expiry) || isOver(expiry, now)) return "INVALID_EXPIRATION_DATE";
  if (cvv !== undefined && cvv.length < 3) return "INVALID_CVV";
  return card;
}

function storedCard(data: CardMetaData, { wish }: Payment, stored: StoredCard | undefined): Card | ResultCode {
  if (stored === undefined) return "INVALID_ACCESS_TOKEN";
  if (wish.merchantInitiated && !stored.networkTransactionIds.includes(data.networkTransactionId ?? "")) {
    throw new Refusal(
      "PARAM_ILLEGAL",
      "paymentMethod.paymentMethodMetaData.networkTransactionId is of no payment the buyer made with this card.",
    );
  }
  return underBrand(stored.card, data);
}

const underBrand = (card: Card, { selectedCardBrand, paymentMethodRegion }: CardMetaData): Card | ResultCode =>
  chargedAs(card, { brand: selectedCardBrand, region: paymentMethodRegion }) ?? "SELECTED_CARD_BRAND_NOT_AVAILABLE";
