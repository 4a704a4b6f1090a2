import type { TestCard } from "./test-card.js";
import { ACCEPTED_CARDS } from "./test-cards/accepted.js";
import { AGREEMENT_CARDS } from "./test-cards/agreements.js";
import { AUTHENTICATION_CARDS } from "./test-cards/authentication.js";
import { CO_BADGED_CARDS } from "./test-cards/co-badged.js";
import { DECLINED_CARDS } from "./test-cards/declined.js";
import { PUBLISHED_CARDS } from "./test-cards/published.js";

/** Cards to try: those of Antom's sandbox first, then our own, whose numbers are made up. Keys and numbers stay. */
export const TEST_CARDS: readonly TestCard[] = [
  ...PUBLISHED_CARDS,
  ...AUTHENTICATION_CARDS,
  ...ACCEPTED_CARDS,
  ...CO_BADGED_CARDS,
  ...AGREEMENT_CARDS,
  ...DECLINED_CARDS,
];

export const testCardByKey = (key: string): TestCard | undefined => TEST_CARDS.find((entry) => entry.key === key);

export const testCardByNumber = (number: string): TestCard | undefined =>
  TEST_CARDS.find((entry) => entry.number === number);
