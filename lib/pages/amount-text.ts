import type { Amount } from "../payment/amount.js";
import type { Locale } from "./locale.js";

/**
 * Digits after the decimal point by ISO 4217, where they are not two. Antom's own list (CLP, JPY, KRW and VND have none;
 * IDR has two) agrees with it.
 */
const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      "BIF",
      "CLP",
      "DJF",
      "GNF",
      "ISK",
      "JPY",
      "KMF",
      "KRW",
      "PYG",
      "RWF",
      "UGX",
      "UYI",
      "VND",
      "VUV",
      "XAF",
      "XOF",
      "XPF",
    ].map((currency) => [currency, 0]),
  ),
  ...Object.fromEntries(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((currency) => [currency, 3])),
  ...Object.fromEntries(["CLF", "UYW"].map((currency) => [currency, 4])),
};

/** How many digits of a currency's minor units stand after the decimal point. */
export const fractionDigits = (currency: string): number => DIGITS[currency] ?? 2;

/**
 * An amount as a buyer reads it, with the sign and the decimals of its currency. Exact for every value Antom can tell: the minor units
 * never become a float. Throws a RangeError for what is not an amount.
 */
export const amountText = ({ currency, value }: Amount, locale: Locale): string => {
  if (!/^[A-Z]{3}$/.test(currency) || !/^\d{1,16}$/.test(value)) throw new RangeError("This is not an amount.");
  const digits = fractionDigits(currency);
  const scale = 10n ** BigInt(digits);
  const fraction = (BigInt(value) % scale).toString().padStart(digits, "0");
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .formatToParts(BigInt(value) / scale)
    .map((part) => (part.type === "fraction" ? fraction : part.value))
    .join("");
};
