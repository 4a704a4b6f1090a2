/** Which numbers belong to which brand; the first match counts. Names are those of Antom's CardBrand. */
const RANGES: readonly (readonly [string, RegExp])[] = [
  ["VISA", /^4/],
  ["MASTERCARD", /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/],
  ["AMEX", /^3[47]/],
  ["JCB", /^35(?:2[89]|[3-8])/],
  ["DINERS", /^3(?:0[0-5]|[689])/],
  ["DISCOVER", /^6(?:011|4[4-9]|5)/],
  ["CUP", /^62/],
  ["MIR", /^220[0-4]/],
  ["TROY", /^9792/],
  ["MAESTRO", /^(?:50|5[6-9]|6[37])/],
];

/** The brand a card number belongs to; undefined when it is none of the global ones. */
export const brandOf = (number: string): string | undefined => RANGES.find(([, range]) => range.test(number))?.[0];

/** Brands that consult offers everywhere. */
export const OFFERED_BRANDS = ["VISA", "MASTERCARD", "AMEX", "JCB", "DISCOVER", "DINERS"] as const;
