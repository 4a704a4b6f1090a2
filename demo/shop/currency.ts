import type { Amount } from "../../lib/index.js";

/** The currencies the shop takes; `digits` stand after the decimal point of their minor units. */
export const CURRENCIES = {
  EUR: { symbol: "€", digits: 2 },
  USD: { symbol: "$", digits: 2 },
  KRW: { symbol: "₩", digits: 0 },
} as const;

export type Currency = keyof typeof CURRENCIES;

export const CURRENCY_CODES = Object.keys(CURRENCIES).filter((code) => isCurrency(code));

export function isCurrency(value: unknown): value is Currency {
  return typeof value === "string" && Object.hasOwn(CURRENCIES, value);
}

/** "€3.80" for EUR 380, "₩5,500" for KRW 5500. Exact: minor units never become a float. */
export function amountText({ currency, value }: Amount): string {
  if (!isCurrency(currency)) return `${value} ${currency}`;
  const { symbol, digits } = CURRENCIES[currency];
  const scale = 10n ** BigInt(digits);
  const whole = (BigInt(value) / scale).toLocaleString("en");
  return symbol + (digits === 0 ? whole : `${whole}.${(BigInt(value) % scale).toString().padStart(digits, "0")}`);
}
