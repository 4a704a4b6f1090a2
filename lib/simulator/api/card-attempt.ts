import { canChargeAs } from "../card/brand.js";
import { cardOf, type Card } from "../card/card.js";
import { isCardNumber } from "../card/luhn.js";
import { isResultCode, type ResultCode } from "../result.js";
import type { Book } from "../state/book.js";
import type { CardAttempt } from "../state/payment.js";
import type { CardMetaData, MpiData, PayRequest } from "./schema/pay.js";
import { isSet } from "./schema/shapes.js";

/** The card of a server-to-server request (its number, or the token of a stored one), or why it cannot be charged. */
export function attemptOf({ paymentMethod }: PayRequest, book: Book): CardAttempt | ResultCode {
  const data = paymentMethod.paymentMethodMetaData ?? {};
  const card =
    paymentMethod.paymentMethodId === undefined
      ? cardByNumber(data)
      : (book.storedCard(paymentMethod.paymentMethodId)?.card ?? "INVALID_ACCESS_TOKEN");
  if (isResultCode(card)) return card;
  return {
    card,
    checked: { cvvGiven: data.cvv !== undefined, addressGiven: data.billingAddress !== undefined },
    save: isSet(data.tokenize),
    ...(data.mpiData && { authenticatedElsewhere: mpiResult(data.mpiData) }),
  };
}

/** What is read of it and nothing more: it is kept. */
const mpiResult = ({ threeDSVersion, eci, cavv, dsTransactionId }: MpiData): MpiData => ({
  eci,
  cavv,
  ...(threeDSVersion !== undefined && { threeDSVersion }),
  ...(dsTransactionId !== undefined && { dsTransactionId }),
});

function cardByNumber({ cardNo = "", cvv, expiryMonth = "", selectedCardBrand }: CardMetaData): Card | ResultCode {
  if (!isCardNumber(cardNo)) return "INVALID_CARD_NUMBER";
  if (!/^(?:0[1-9]|1[0-2])$/.test(expiryMonth)) return "INVALID_EXPIRATION_DATE";
  if (cvv !== undefined && cvv.length < 3) return "INVALID_CVV";
  const card = cardOf(cardNo);
  if (selectedCardBrand !== undefined && !canChargeAs(card.brand, selectedCardBrand)) {
    return "SELECTED_CARD_BRAND_NOT_AVAILABLE";
  }
  return card;
}
