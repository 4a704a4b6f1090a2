import { fractionDigits } from "../pages/amount-text.js";
import { AMOUNT_VALUE, type Amount } from "../payment/amount.js";
import { usage } from "./exit.js";

/**
 * An amount as people write it ("19.99", "5000" in KRW), in minor units. Takes the currency's decimals or none, and nothing else.
 *
 * @throws CommandError saying how it is written
 */
export function majorUnits(text: string, currency: string): Amount {
  const digits = fractionDigits(currency);
  const [, whole = "", fraction = ""] = /^(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "" || (fraction !== "" && fraction.length !== digits)) {
    const sample = digits === 0 ? "5000" : `5.${"0".repeat(digits)}`;
    const decimals = digits === 0 ? "no decimals" : `${digits} decimals`;
    throw usage(`"${text}" is not an amount: ${currency} has ${decimals}, as in --amount ${sample}.`);
  }
  return minorUnits((whole + fraction.padEnd(digits, "0")).replace(/^0+(?=\d)/, ""), currency);
}

/** @throws CommandError */
export function minorUnits(value: string, currency: string): Amount {
  if (!new RegExp(AMOUNT_VALUE).test(value)) {
    throw usage(`"${value}" is not a number of minor units above 0, such as --minor 500 for EUR 5.00.`);
  }
  return { currency, value };
}

/** "EUR 19.99", exactly. */
export function moneyText({ currency, value }: Amount): string {
  const digits = fractionDigits(currency);
  const padded = value.padStart(digits + 1, "0");
  const whole = padded.slice(0, padded.length - digits);
  return `${currency} ${whole}${digits === 0 ? "" : `.${padded.slice(-digits)}`}`;
}
