import { UNKNOWN_CODE, type Match } from "./match.js";

/** What the bank said of the card's security digits (`cvvResultRaw`). */
export interface CvvCheck {
  readonly code: string;
  /** One sentence for the shop's staff. */
  readonly meaning: string;
  readonly result: Match;
}

/** Every CVV code Antom documents ("Risk methods"). Not the letters that card schemes use: there N is a mismatch, here it is not. */
const TABLE: Readonly<Record<string, readonly [meaning: string, result: Match]>> = {
  Y: ["The security digits match.", "match"],
  D: ["The security digits do not match.", "mismatch"],
  P: ["The security digits were checked; the outcome is not told.", "unchecked"],
  N: ["The card should have security digits, and the bank was told that it has none.", "unchecked"],
  U: ["The bank does not check security digits.", "unchecked"],
  X: ["Nothing is known of the check.", "unchecked"],
};

/** What a CVV code means. A code that is not documented passes through as "unknown code". */
export function cvvCheck(code: string): CvvCheck {
  const key = code.toUpperCase();
  const [meaning, result] = (Object.hasOwn(TABLE, key) ? TABLE[key] : undefined) ?? [UNKNOWN_CODE, "unchecked"];
  return { code, meaning, result };
}
