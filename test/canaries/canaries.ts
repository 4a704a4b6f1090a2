import { SHOP_KEYS } from "../support/keys.js";
import { CARD_KEY, SECRET } from "./kit-secrets.js";
import type { Canary } from "./scanner.js";

/** What buyers enter in these tests. Each value occurs nowhere by chance, as far as its length allows. */
export const CVV = "9173";
export const OTHER_CVV = "8264";
export const DATE_OF_BIRTH = "1987-11-23";
export const BUSINESS_NO = "7418529630";
export const PIN_DIGITS = "59";
export const CPF = "52998224725";

export { CARD_KEY, SECRET };

/** Of a number of fewer than 15 digits the first six are too many already: the last four may be kept, and between them there is too little. */
const asNumber = (value: string): Canary[] => [
  { name: `card number ${value.slice(0, 6)}...`, value, kind: "run" },
  ...(value.length < 15
    ? [{ name: `first six digits of ${value.slice(0, 6)}...`, value: value.slice(0, 6), kind: "token" } as const]
    : []),
];

/** What must be nowhere, whichever card is used. */
const ALWAYS: readonly Canary[] = [
  { name: "cvv", value: CVV, kind: "token" },
  { name: "another cvv", value: OTHER_CVV, kind: "token" },
  { name: "date of birth", value: DATE_OF_BIRTH, kind: "whole" },
  { name: "date of birth without hyphens", value: DATE_OF_BIRTH.replaceAll("-", ""), kind: "token" },
  { name: "date of birth, Korean form", value: DATE_OF_BIRTH.replaceAll("-", "").slice(2), kind: "token" },
  { name: "business number", value: BUSINESS_NO, kind: "run" },
  { name: "PIN digits", value: PIN_DIGITS, kind: "member" },
  { name: "cpf", value: CPF, kind: "run" },
  { name: "cardKey", value: CARD_KEY, kind: "whole" },
  { name: "cardKey's bytes", value: Buffer.from(CARD_KEY, "base64").toString("hex"), kind: "whole" },
  { name: "secret", value: SECRET, kind: "whole" },
  // Any of its lines, however it is broken into lines.
  { name: "private key, begun", value: SHOP_KEYS.privateKey.slice(40, 72), kind: "whole" },
  { name: "private key, middle", value: SHOP_KEYS.privateKey.slice(640, 672), kind: "whole" },
];

export const canariesWith = (numbers: readonly string[], tokens: readonly string[] = []): readonly Canary[] => [
  ...ALWAYS,
  ...numbers.flatMap(asNumber),
  ...tokens.flatMap((value): Canary[] => [
    { name: "card token", value, kind: "whole" },
    // Half of it would be too much as well.
    { name: "half a card token", value: value.slice(-24), kind: "whole" },
  ]),
];
