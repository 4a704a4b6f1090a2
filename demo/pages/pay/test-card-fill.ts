import { TEST_CARDS, type TestCard } from "../../../lib/simulator.js";
import type { Currency } from "../../shop/currency.js";

/** What a form's fields are filled in with, by name. A box is ticked by its own value. */
export type Filled = Readonly<Record<string, string>>;

/** These show something only where 3-D Secure is asked for. */
const ASKED_FOR: ReadonlySet<TestCard["outcome"]> = new Set([
  "exempt",
  "low-value",
  "data-only",
  "frictionless",
  "attempted",
  "authentication-fails",
]);

const NEEDS_EMAIL: ReadonlySet<string> = new Set(["BR", "CL", "MX", "PE"]);

/** The cards that can be tried in a currency: Korean ones are paid in won only. */
export const cardsFor = (currency: Currency | (string & {})): readonly TestCard[] =>
  TEST_CARDS.filter(({ region }) => region !== "KR" || currency === "KRW");

/** A test card by the name it has in an address, so that no number stands in one. */
export const testCard = (key: unknown): TestCard | undefined => TEST_CARDS.find((card) => card.key === key);

export const grouped = (number: string): string =>
  number.replace(number.startsWith("3") ? /^(.{4})(.{6})/ : /(.{4})(?=.)/g, number.startsWith("3") ? "$1 $2 " : "$1 ");

/** All that the form needs for a card. */
export function fillOf({ number, brand, region, issuingCountry, outcome, group }: TestCard): Filled {
  return {
    "card[cardNo]": grouped(number),
    "card[expiryMonth]": "12",
    "card[expiryYear]": String(new Date().getFullYear() + 4).slice(-2),
    ...(region === "KR"
      ? { "card[dateOfBirth]": "1990-01-31", "card[cardPasswordDigest]": "12" }
      : {
          "card[cvv]": brand === "AMEX" ? "1234" : "123",
          "card[billingAddress][region]": issuingCountry,
          "card[billingAddress][address1]": "1 Market Street",
          "card[billingAddress][zipCode]": "10001",
        }),
    ...(region === "BR" ? { "card[cpf]": "12345678909" } : {}),
    ...(NEEDS_EMAIL.has(region) ? { "card[payerEmail]": "robin.marsh@example.com" } : {}),
    ...(group === "agreement" ? { saveCard: "true" } : {}),
    ...(ASKED_FOR.has(outcome) ? { is3DSAuthentication: "true" } : {}),
  };
}
