import { UNKNOWN_CODE, type Match } from "./match.js";

/** What the bank said of the buyer's billing address (`avsResultRaw`). For people: Antom asks nothing of the merchant by it. */
export interface AvsCheck {
  readonly code: string;
  /** One sentence for the shop's staff. */
  readonly meaning: string;
  readonly street: Match;
  readonly postalCode: Match;
  /** Where the code speaks of the cardholder's name. */
  readonly name?: Match;
}

type Row = readonly [meaning: string, street: Match, postalCode: Match, name?: Match];

/** Every AVS code Antom documents ("Risk methods"): one table for all card schemes. */
const TABLE: Readonly<Record<string, Row>> = {
  X: ["The street and the nine-digit zip code match.", "match", "match"],
  Y: ["The street and the five-digit zip code match.", "match", "match"],
  A: ["The street matches, the zip code does not.", "match", "mismatch"],
  W: ["The nine-digit zip code matches, the street does not.", "mismatch", "match"],
  Z: ["The five-digit zip code matches, the street does not.", "mismatch", "match"],
  N: ["Neither the street nor the zip code matches.", "mismatch", "mismatch"],
  U: ["The bank has no address to compare with.", "unchecked", "unchecked"],
  R: ["The bank's system was away or took too long; trying again may give a result.", "unchecked", "unchecked"],
  S: ["The bank does not check addresses.", "unchecked", "unchecked"],
  E: ["The check of the address went wrong.", "unchecked", "unchecked"],
  G: ["The bank is outside the United States and takes no part in address checks.", "unchecked", "unchecked"],
  B: [
    "International: the street matches; the postal code was not checked because of its format.",
    "match",
    "unchecked",
  ],
  C: ["International: street and postal code were not checked because of their format.", "unchecked", "unchecked"],
  D: ["International: street and postal code match, the name does not.", "match", "match", "mismatch"],
  I: ["International: the address was not checked.", "unchecked", "unchecked"],
  M: ["International: street, postal code and name match.", "match", "match", "match"],
  P: ["International: the postal code matches; the street was not checked.", "unchecked", "match"],
  F: ["United Kingdom: street and postal code match.", "match", "match"],
  H: ["American Express: the billing address and the zip code match, the name does not.", "match", "match", "mismatch"],
  K: ["American Express: the name matches; nothing is told of the address.", "unchecked", "unchecked", "match"],
  L: ["American Express: the name and the zip code match.", "unchecked", "match", "match"],
  O: ["American Express: the name and the billing address match.", "match", "unchecked", "match"],
  Q: ["American Express: the billing address matches, the name does not.", "match", "unchecked", "mismatch"],
  "0": ["There was no address check.", "unchecked", "unchecked"],
};

const UNKNOWN: Row = [UNKNOWN_CODE, "unchecked", "unchecked"];

/** What an AVS code means. A code that is not documented passes through as "unknown code". */
export function avsCheck(code: string): AvsCheck {
  const key = code.toUpperCase();
  const [meaning, street, postalCode, name] = (Object.hasOwn(TABLE, key) ? TABLE[key] : undefined) ?? UNKNOWN;
  return { code, meaning, street, postalCode, ...(name === undefined ? {} : { name }) };
}
