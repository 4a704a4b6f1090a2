import { keptDigits } from "../../payment/card-details.js";
import type { ResultCode } from "../result.js";
import { brandOf } from "./brand.js";
import type { Badge, CardOutcome } from "./test-card.js";
import { testCardByNumber } from "./test-cards.js";

/** Two digits each. */
export interface Expiry {
  readonly expiryMonth: string;
  readonly expiryYear: string;
}

/** What is kept of a card: never its number, only the digits of it that may be kept and what they tell. */
export interface Card extends Partial<Expiry> {
  /** The first six digits; "" of a number too short for them to be kept beside the last four. */
  readonly bin: string;
  readonly lastFour: string;
  /** How many digits the number has, so that the masked form is as long. */
  readonly length: number;
  readonly brand: string | undefined;
  readonly region: string;
  readonly issuingCountry: string;
  readonly funding: string;
  readonly outcome: CardOutcome;
  /** The code it is declined with, if it ever is. */
  readonly code?: ResultCode;
  readonly merchantAdviceCode?: string;
  /** The other mark of a co-badged card. */
  readonly secondBadge?: Badge;
}

/** What the simulator remembers of a number that passed {@link isCardNumber}. Numbers it does not know are approved. */
export function cardOf(number: string, expiry: Partial<Expiry> = {}): Card {
  const known = testCardByNumber(number);
  const { first, last } = keptDigits(number);
  return {
    ...expiry,
    bin: first,
    lastFour: last,
    length: number.length,
    brand: known?.brand ?? brandOf(number),
    region: known?.region ?? "GLOBAL",
    issuingCountry: known?.issuingCountry ?? "US",
    funding: known?.funding ?? "CREDIT",
    outcome: known?.outcome ?? "approve",
    ...(known?.code !== undefined && { code: known.code }),
    ...(known?.merchantAdviceCode !== undefined && { merchantAdviceCode: known.merchantAdviceCode }),
    ...(known?.secondBadge && { secondBadge: known.secondBadge }),
  };
}

/**
 * The card under the mark the shop chose, by brand, by region or by both; as it is when the shop chose nothing.
 *
 * @returns undefined when the card bears no such mark
 */
export function chargedAs(
  card: Card,
  { brand, region }: { readonly brand?: string | undefined; readonly region?: string | undefined },
): Card | undefined {
  const isChosen = (badge: { readonly brand: string | undefined; readonly region: string }): boolean =>
    (brand === undefined || badge.brand === brand) && (region === undefined || badge.region === region);
  if (isChosen(card)) return card;
  const { secondBadge, brand: firstBrand } = card;
  if (secondBadge === undefined || firstBrand === undefined || !isChosen(secondBadge)) return undefined;
  return { ...card, ...secondBadge, secondBadge: { brand: firstBrand, region: card.region } };
}

/** `405469******0768`. */
export const maskedNumber = ({ bin, lastFour, length }: Card): string =>
  `${bin}${"*".repeat(Math.max(0, length - bin.length - lastFour.length))}${lastFour}`;

/** Brands whose banks hold more on demand; an assumption, the documents name none. */
const RAISED_BRANDS = new Set(["VISA", "MASTERCARD", "AMEX", "DISCOVER"]);

/** Whether the card's bank raises a hold. */
export const canBeRaised = (card: Card): boolean => !isKorean(card) && RAISED_BRANDS.has(card.brand ?? "");

/** Cards issued in Korea know no 3-D Secure, AVS or cvv. */
export const isKorean = (card: Card): boolean => card.region === "KR";
