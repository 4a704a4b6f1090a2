import type { Amount } from "../../payment/amount.js";

const NO_DECIMALS = new Set(["CLP", "JPY", "KRW", "VND"]);
const THREE_DECIMALS = new Set(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]);

/** An amount for people: `EUR 19.99`, `KRW 30,000`. */
export function money({ currency, value }: Amount): string {
  const decimals = NO_DECIMALS.has(currency) ? 0 : THREE_DECIMALS.has(currency) ? 3 : 2;
  const digits = value.padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
  return `${currency} ${whole}${decimals === 0 ? "" : `.${digits.slice(-decimals)}`}`;
}
