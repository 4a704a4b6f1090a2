import type { Amount } from "../../payment/amount.js";
import { Refusal } from "../result.js";

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

/** @throws Refusal for a currency that does not exist, or rupiah that are not whole */
export function checkCurrency({ currency, value }: Amount): void {
  if (!CURRENCIES.has(currency)) throw new Refusal("CURRENCY_NOT_SUPPORT");
  // Rupiah have two decimals that must be 00 (Antom, "Currency and amount").
  if (currency === "IDR" && !value.endsWith("00")) {
    throw new Refusal("INVALID_AMOUNT", "An amount in IDR must end in 00.");
  }
}
