import { fractionDigits } from "../amount-text.js";

/** Minor units as staff read them, exactly, with the currency's own letters: "EUR 1,234.50". Several currencies have the same sign. */
export const moneyText = (value: string, currency: string): string => {
  const [whole = "", fraction] = plainMoney(value, currency).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${currency} ${fraction === undefined ? grouped : `${grouped}.${fraction}`}`;
};

/** Minor units as they are typed and as a spreadsheet reads them: "1234.50". */
export const plainMoney = (value: string, currency: string): string => {
  const digits = fractionDigits(currency);
  if (digits === 0) return value;
  const padded = value.padStart(digits + 1, "0");
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
};

/** What somebody typed: minor units, or what is wrong with it. */
export type TypedMoney = { readonly value: string } | { readonly problem: string };

/** Reads an amount as it is typed, strictly: what could mean two things is refused. */
export function typedMoney(text: string, currency: string): TypedMoney {
  const digits = fractionDigits(currency);
  const example = plainMoney(digits === 0 ? "1999" : `19${"9".repeat(digits)}`, currency);
  const match = /^(\d{1,16})(?:\.(\d{1,8}))?$/.exec(text.trim());
  if (match === null) {
    return {
      problem: `Write the amount in digits, such as ${example}: a point before the decimals, and nothing else.`,
    };
  }
  const [, whole = "", fraction = ""] = match;
  if (fraction !== "" && digits === 0) {
    return { problem: `${currency} has no decimals: write the amount as ${example}.` };
  }
  if (fraction.length > 0 && fraction.length !== digits) {
    return { problem: `${currency} has ${digits} decimals: write the amount as ${example}.` };
  }
  const value = BigInt(whole + fraction.padEnd(digits, "0")).toString();
  if (value === "0") return { problem: "Write an amount of more than nothing." };
  return value.length > 16 ? { problem: "This is more than Antom can move at once." } : { value };
}

/** Refusals name minor units ("EUR 1999 (minor units)") and operations by their ids, as scripts want them; staff read money. */
export const withMoney = (message: string): string =>
  message
    .replace(/([A-Z]{3}) (\d{1,16}) \(minor units\)/g, (_, currency: string, value: string) =>
      moneyText(value, currency),
    )
    .replace(/ PAY[0-9A-Z]{26}[CVRU]\d{1,4}\b/g, "");
