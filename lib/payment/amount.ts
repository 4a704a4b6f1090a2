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

/** By how many minor units amounts of a currency go up. Rupiah have two decimals that must be 00. (Antom: "Currency and amount") */
export const stepOf = (currency: string): bigint => (currency === "IDR" ? 100n : 1n);

/** Whether Antom takes the amount, as far as that goes by its currency; PAYABLE says what it has to be. */
export const isPayable = ({ currency, value }: Amount): boolean => units(value) % stepOf(currency) === 0n;

/** What an amount has to be that is not payable. */
export const PAYABLE = 'Antom takes whole rupiah only, and an amount in IDR ends in 00: "1500000" is IDR 15,000';
