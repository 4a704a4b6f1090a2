import { isKoreanBrand } from "./card-brand.js";
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
  /** Three digits, four on American Express. Korean cards are charged without. */
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

/** One of the marks a card bears: Antom's `paymentMethodRegion`, its CardBrand, or both. */
export interface CardMark {
  readonly region?: string | undefined;
  readonly brand?: string | undefined;
}

/** Whether a mark is Korean: its region tells, else its brand; undefined where neither is known. */
export function isKoreanMark({ region, brand }: CardMark): boolean | undefined {
  if (region !== undefined) return region === "KR";
  return brand === undefined ? undefined : isKoreanBrand(brand);
}

/** "either": it was entered with what both ask for, and Antom chooses. */
export type ChargedAs = "korean" | "other" | "either";

/** As what a card is charged that was entered: as the mark that was chosen, else as what was entered with it tells. */
export function chargedAs(card: CardDetails, chosen: CardMark): ChargedAs {
  const isChosen = isKoreanMark(chosen);
  if (!(isChosen ?? isKoreanCard(card))) return "other";
  return isChosen === undefined && card.cvv !== undefined ? "either" : "korean";
}

/** What a card lacks to be charged so: where it would stand in the checkout's body, and a few words for people. */
export function* lackingFields(
  { cvv, dateOfBirth, businessNo, cardPasswordDigest }: CardDetails,
  as: ChargedAs,
): Generator<{ readonly at: string; readonly message: string }> {
  if (as === "other") {
    if (cvv === undefined) yield { at: "/card/cvv", message: "is missing" };
    return;
  }
  if (dateOfBirth === undefined && businessNo === undefined) {
    yield { at: "/card/dateOfBirth", message: "is missing (or businessNo, for a corporate card)" };
  }
  if (cardPasswordDigest === undefined) yield { at: "/card/cardPasswordDigest", message: "is missing" };
}

/** Whether a card is Brazilian by what was entered with it, a tax number, or by the region that was chosen: such a card is never moved to 3-D Secure. */
export const isBrazilianCard = ({ cpf }: CardDetails, { region }: CardMark): boolean =>
  cpf !== undefined || region === "BR";

/** What cards of these regions are charged with beside the rest. */
const LOCAL_FIELDS: Readonly<Record<string, readonly ("cpf" | "payerEmail")[]>> = {
  BR: ["cpf", "payerEmail"],
  CL: ["payerEmail"],
  MX: ["payerEmail"],
  PE: ["payerEmail"],
};

/**
 * What a card lacks of what its country asks for. The region that was chosen tells the country; where none was, a tax number tells
 * Brazil. A brand does not: a Visa card may be charged in Brazil or worldwide.
 */
export function* lackingLocalFields(
  card: CardDetails,
  chosen: CardMark,
): Generator<{ readonly at: string; readonly message: string }> {
  if (chargedAs(card, chosen) !== "other") return;
  const region = chosen.region ?? (card.cpf === undefined ? "GLOBAL" : "BR");
  for (const name of LOCAL_FIELDS[region] ?? []) {
    if (card[name] === undefined) yield { at: `/card/${name}`, message: `is missing (a card of ${region} needs it)` };
  }
}

/** Between its first six and last four digits a shorter number has too few to hide it: of 12 two, and by the check digit ten numbers are left. */
const LONG_ENOUGH = 15;

/** The most of a card number that may be kept: its first six and last four digits; of one of fewer than 15 the last four alone. (PCI DSS: truncation) */
export const keptDigits = (digits: string): { readonly first: string; readonly last: string } => ({
  first: digits.length < LONG_ENOUGH ? "" : digits.slice(0, 6),
  last: digits.slice(-4),
});

/** A card number cut down to what may be kept, with `between` for the rest, however many digits that is. */
export function cutNumber(digits: string, between: string): string {
  const { first, last } = keptDigits(digits);
  return `${first}${between}${last}`;
}

/** By which an entered card is known again. */
export const shownDigits = ({ cardNo }: CardDetails): string => cutNumber(cardNo, "...");

/**
 * Whether two choices name the same card, as far as its shown digits tell. Of a short number payments of before hold the first six too, so
 * there the last four decide.
 */
export const sameDigits = (a: string | undefined, b: string | undefined): boolean =>
  a === b || isShortOf(a, b) || isShortOf(b, a);

const isShortOf = (short: string | undefined, long: string | undefined): boolean =>
  short?.startsWith("...") === true && long?.endsWith(short) === true;

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
