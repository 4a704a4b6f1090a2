const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** The card scheme's advice on trying again. */
export interface Advice {
  readonly meaning: string;
  /** The same card must not be charged for this again. */
  readonly never?: true;
  /** It can be tried again later. */
  readonly later?: true;
  /** Not before so long after, in milliseconds. */
  readonly retryAfter?: number;
}

const after = (retryAfter: number, told: string): Advice => ({
  meaning: `Try again after ${told}.`,
  later: true,
  retryAfter,
});

/** Mastercard's merchant advice codes, as Antom documents them ("Merchant advice codes"). They can come with approvals too. */
const TABLE: Readonly<Record<string, Advice>> = {
  "01": { meaning: "There is new account information: ask the buyer for the card's details anew." },
  "02": { meaning: "It cannot be approved now; try again later.", later: true },
  "03": { meaning: "Do not try again.", never: true },
  "04": { meaning: "The token is not supported." },
  "21": { meaning: "Stop recurring payments with this card.", never: true },
  "24": after(HOUR, "1 hour"),
  "25": after(DAY, "24 hours"),
  "26": after(2 * DAY, "2 days"),
  "27": after(4 * DAY, "4 days"),
  "28": after(6 * DAY, "6 days"),
  "29": after(8 * DAY, "8 days"),
  "30": after(10 * DAY, "10 days"),
  "40": { meaning: "The card is prepaid and cannot be topped up." },
  "41": { meaning: "The card number is virtual, for a single use." },
  "43": { meaning: "The card number is virtual, for several uses." },
};

export const ADVICE_CODES: readonly string[] = Object.keys(TABLE);

/** What a merchant advice code says; undefined for one that is not documented. A number has lost its nought on the way. */
export function adviceOf(code: string): Advice | undefined {
  const key = code.padStart(2, "0");
  return Object.hasOwn(TABLE, key) ? TABLE[key] : undefined;
}
