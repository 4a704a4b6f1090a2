import { AntomError, type Problem } from "../errors.js";
import { chargedAs, isCardNumber, isKoreanCard, lackingFields, type CardDetails } from "../payment/card-details.js";
import { Secret } from "../payment/secret.js";
import { compileStrict, problemsOf } from "../validation.js";
import { address, object, text, userName } from "./schema.js";

/** Characters in one field of digits, with whatever stands between them. */
const MOST_WRITTEN = 64;

const digits = (pattern: string, description: string) => ({
  type: "string",
  maxLength: MOST_WRITTEN,
  pattern,
  description,
});

const isCard = compileStrict<CardDetails>(
  object(
    {
      cardNo: digits("^[0-9]{12,19}$", "12 to 19 digits"),
      expiryMonth: digits("^(?:0?[1-9]|1[0-2])$", 'a month from "01" to "12"'),
      expiryYear: digits("^(?:20)?[0-9]{2}$", 'a year such as "29"'),
      cvv: digits("^[0-9]{3,4}$", "3 or 4 digits"),
      cardholderName: userName,
      billingAddress: address,
      cpf: digits("^(?:[0-9]{11}|[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2})$", "11 digits"),
      payerEmail: { ...text(64), pattern: "^[^@\\s]+@[^@\\s]+$", description: "an e-mail address" },
      dateOfBirth: digits("^[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$", "a date such as 1990-12-31"),
      businessNo: digits("^[0-9]{10}$", "10 digits"),
      cardPasswordDigest: digits("^[0-9]{2}$", "2 digits"),
    },
    "cardNo",
    "expiryMonth",
    "expiryYear",
  ),
);

/**
 * The card a buyer entered on the shop's own page, checked as far as it can be without asking anybody.
 *
 * @param now epoch milliseconds
 * @throws AntomError `card_invalid` naming each field that is wrong, and never what stood in it
 */
export function checkedCard(value: unknown, now: number): Secret<CardDetails> {
  const entered = tidied(value);
  if (!isCard(entered)) {
    const problems = problemsOf(isCard, "/card");
    throw invalidCard([...problems, ...beside(entered, problems, now)]);
  }
  const card: CardDetails = {
    ...entered,
    expiryMonth: entered.expiryMonth.padStart(2, "0"),
    expiryYear: entered.expiryYear.slice(-2),
    ...(entered.cpf === undefined ? {} : { cpf: entered.cpf.replace(/\D/g, "") }),
  };
  const problems = [...meaningful(card, now)];
  if (problems.length > 0) throw invalidCard(problems);
  return new Secret(card);
}

/** What is no part of a field, however a keyboard, a password manager or a paste has put it in: format characters are not even seen. */
const PADDING = /[\p{White_Space}\p{Cf}]/gu;
const TIDYING: Readonly<Record<string, RegExp>> = {
  cardNo: /[\p{White_Space}\p{Cf}\p{Dash}]/gu,
  expiryMonth: PADDING,
  expiryYear: PADDING,
  cvv: PADDING,
};

/** The card with its digits as they are sent: full-width ones are the same digits, and what groups them is none of them. */
function tidied(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entered]: [string, unknown]): [string, unknown] => {
      const idle = Object.hasOwn(TIDYING, name) ? TIDYING[name] : undefined;
      if (idle === undefined || typeof entered !== "string" || entered.length > MOST_WRITTEN) return [name, entered];
      return [name, entered.normalize("NFKC").replace(idle, "")];
    }),
  );
}

const WRONG_NUMBER: Problem = { at: "/card/cardNo", message: "is not a card number; a digit may be wrong" };

const KOREAN_FIELDS = ["dateOfBirth", "businessNo", "cardPasswordDigest"] as const;

/** What can be told of the number, the date and the security code where another field has the wrong form already: whoever corrects one thing should not come back for the next. */
function beside(value: unknown, problems: readonly Problem[], now: number): Problem[] {
  if (typeof value !== "object" || value === null || problems.some(({ at }) => at === "/card")) return [];
  const { cardNo, expiryMonth, expiryYear, ...more } = Object.fromEntries(Object.entries(value)) as Record<
    string,
    unknown
  >;
  const isFine = (name: string): boolean => !problems.some(({ at }) => at === `/card/${name}`);
  const found: Problem[] = [];
  if (isFine("cardNo") && typeof cardNo === "string" && !isCardNumber(cardNo)) found.push(WRONG_NUMBER);
  const isDated = isFine("expiryMonth") && isFine("expiryYear");
  if (isDated && typeof expiryMonth === "string" && typeof expiryYear === "string") {
    if (isOver({ expiryMonth, expiryYear: expiryYear.slice(-2) }, now)) found.push(EXPIRED);
  }
  // Korean cards have none, and say so by what they have instead.
  const isKorean = KOREAN_FIELDS.some((name) => more[name] !== undefined);
  if (more["cvv"] === undefined && !isKorean) found.push({ at: "/card/cvv", message: "is missing" });
  return found;
}

const EXPIRED: Problem = { at: "/card/expiryYear", message: "is in the past: the card has expired" };

function* meaningful(card: CardDetails, now: number): Generator<Problem> {
  if (!isCardNumber(card.cardNo)) yield WRONG_NUMBER;
  if (isOver(card, now)) yield EXPIRED;
  if (isKoreanCard(card)) {
    if (card.dateOfBirth !== undefined && card.businessNo !== undefined) {
      yield {
        at: "/card/businessNo",
        message: "is for corporate cards, and dateOfBirth for personal ones; give one of them",
      };
    }
    if (card.dateOfBirth !== undefined && !isDate(card.dateOfBirth)) {
      yield { at: "/card/dateOfBirth", message: "is a day that its month does not have" };
    } else if (card.dateOfBirth !== undefined && Date.parse(card.dateOfBirth) > now) {
      yield { at: "/card/dateOfBirth", message: "is in the future" };
    }
  }
  yield* lackingFields(card, chargedAs(card, {}));
}

/** A card is good until the end of its month wherever on earth that ends last. */
function isOver({ expiryMonth, expiryYear }: Pick<CardDetails, "expiryMonth" | "expiryYear">, now: number): boolean {
  const TWELVE_HOURS = 12 * 60 * 60_000;
  return Date.UTC(2000 + Number(expiryYear), Number(expiryMonth)) + TWELVE_HOURS <= now;
}

const isDate = (day: string): boolean => new Date(day).toISOString().startsWith(day);

/** A card with these things wrong. */
export const invalidCard = (problems: readonly Problem[]): AntomError =>
  new AntomError("card_invalid", problems.map(({ at, message }) => `${at} ${message}`).join("; "), { problems });
