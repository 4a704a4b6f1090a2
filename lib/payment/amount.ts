/** Money as Antom writes it. */
export interface Amount {
  /** Three upper-case letters of ISO 4217. */
  readonly currency: string;
  /** A whole number of the currency's smallest unit, in decimal digits: "1999" is EUR 19.99, "1999" is also KRW 1999. */
  readonly value: string;
}

/** One to sixteen digits without a leading zero, as Antom bounds it; zero is not an amount to pay. */
export const AMOUNT_VALUE = "^[1-9][0-9]{0,15}$";
export const CURRENCY = "^[A-Z]{3}$";

/** Minor units of a value as a BigInt; every sum in the kit is made of these, never of floats. */
export const units = (value: string): bigint => BigInt(value);

/** The sum of some values in minor units, "0" for none. */
export const sum = (values: readonly string[]): string =>
  values.reduce((total, value) => total + BigInt(value), 0n).toString();

export const sameAmount = (a: Amount, b: Amount): boolean => a.currency === b.currency && a.value === b.value;
