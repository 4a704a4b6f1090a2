import { TEST_CARDS } from "../../../lib/simulator.js";
import { GOOD_CARD } from "../../support/simulated-shop.js";

const numberOf = (matches: (card: (typeof TEST_CARDS)[number]) => boolean): string => {
  const found = TEST_CARDS.find(matches);
  if (found === undefined) throw new Error("there is no such test card");
  return found.number;
};

/** Cards as a shop's own form collects them. */
export const cards = {
  good: GOOD_CARD,
  declined: { ...GOOD_CARD, cardNo: numberOf(({ key }) => key === "declined-user-balance-not-enough") },
  challenged: { ...GOOD_CARD, cardNo: numberOf(({ key }) => key === "visa-3ds") },
} as const;
