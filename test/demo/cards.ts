import { expect } from "chai";
import { TEST_CARDS } from "../../lib/simulator.js";

/** What is entered of a test card beside its number. */
const DETAILS = { expiryMonth: "12", expiryYear: "34", cvv: "123" };

export function numberOf(key: string): string {
  const number = TEST_CARDS.find((card) => card.key === key)?.number;
  expect(number, key).to.be.a("string");
  return number ?? "";
}

/** The fields of a checkout with a test card that the shop collects. */
export const withCard = (key: string, more: object = {}): object => ({
  method: "card",
  card: { cardNo: numberOf(key), ...DETAILS, ...more },
});

/** The same with a card issued in Korea. */
export const withKoreanCard = (key: string, more: object = {}): object => ({
  method: "card",
  card: {
    cardNo: numberOf(key),
    expiryMonth: "12",
    expiryYear: "34",
    dateOfBirth: "1988-07-31",
    cardPasswordDigest: "42",
    ...more,
  },
});
