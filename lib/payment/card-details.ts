import type { Address, UserName } from "./order.js";

/**
 * A card as the buyer enters it on the shop's own page, in Antom's names (`paymentMethodMetaData`). It lives in memory for one pay call, wrapped
 * in a Secret, and is written nowhere.
 */
export interface CardDetails {
  /** Digits only. */
  readonly cardNo: string;
  /** Two digits. */
  readonly expiryMonth: string;
  /** Two digits. */
  readonly expiryYear: string;
  /** Three digits, four on American Express. Not for Korean cards. */
  readonly cvv?: string;
  readonly cardholderName?: UserName;
  /** For the address check (AVS). */
  readonly billingAddress?: Address;
  /** Brazil: the buyer's tax number. */
  readonly cpf?: string;
  /** Brazil, Chile, Mexico, Peru. */
  readonly payerEmail?: string;
  /** Korea, personal cards: YYYY-MM-DD. */
  readonly dateOfBirth?: string;
  /** Korea, corporate cards: ten digits. */
  readonly businessNo?: string;
  /** Korea: the first two digits of the card's PIN. */
  readonly cardPasswordDigest?: string;
}

/** A Korean card that is paid without its issuer's own page ("non-authentication"): only such a card is entered with these. */
export const isKoreanCard = ({ dateOfBirth, businessNo, cardPasswordDigest }: CardDetails): boolean =>
  dateOfBirth !== undefined || businessNo !== undefined || cardPasswordDigest !== undefined;

/** First six and last four digits: the most of a number that may be kept. */
export const shownDigits = ({ cardNo }: CardDetails): string => `${cardNo.slice(0, 6)}...${cardNo.slice(-4)}`;

/** UnionPay (Antom: CUP), some of whose numbers have no check digit. */
const UNION_PAY = /^(?:62|81)/;

/** Whether the digits are as many as a card number has and, but for UnionPay's, end in the right check digit (ISO/IEC 7812-1, Luhn). */
export function isCardNumber(digits: string): boolean {
  if (!/^[0-9]{12,19}$/.test(digits)) return false;
  if (UNION_PAY.test(digits)) return true;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
