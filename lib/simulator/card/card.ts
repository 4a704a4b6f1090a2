import { brandOf } from "./brand.js";
import { testCardByNumber, type CardOutcome } from "./test-cards.js";

/** What is kept of a card: never its number, only the first six and last four digits and what they tell. */
export interface Card {
  /** The first six digits. */
  readonly bin: string;
  readonly lastFour: string;
  /** How many digits the number has, so that the masked form is as long. */
  readonly length: number;
  readonly brand: string | undefined;
  readonly region: string;
  readonly issuingCountry: string;
  readonly funding: string;
  readonly outcome: CardOutcome;
}

/** What the simulator remembers of a number that passed {@link isCardNumber}. Numbers it does not know are approved. */
export function cardOf(number: string): Card {
  const known = testCardByNumber(number);
  return {
    bin: number.slice(0, 6),
    lastFour: number.slice(-4),
    length: number.length,
    brand: known?.brand ?? brandOf(number),
    region: known?.region ?? "GLOBAL",
    issuingCountry: known?.issuingCountry ?? "US",
    funding: known?.funding ?? "CREDIT",
    outcome: known?.outcome ?? "approve",
  };
}

/** `405469******0768`. */
export const maskedNumber = ({ bin, lastFour, length }: Card): string =>
  `${bin}${"*".repeat(Math.max(0, length - bin.length - lastFour.length))}${lastFour}`;

/** Cards issued in Korea know no 3-D Secure, AVS or cvv. */
export const isKorean = (card: Card): boolean => card.region === "KR";
