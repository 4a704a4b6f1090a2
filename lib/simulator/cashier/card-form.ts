import { brandOf } from "../card/brand.js";
import { cardOf, isKorean, type Card } from "../card/card.js";
import { cardholderProblem, type Cardholder } from "../card/cardholder.js";
import { avsResult, cvvResult, type Checks } from "../card/checks.js";
import { isOver } from "../card/expiry.js";
import { isCardNumber } from "../card/luhn.js";

export type CardField = "cardNo" | "expiryMonth" | "expiryYear" | "cvv" | keyof Cardholder;

/** What is wrong with one field: the sandbox's own name for it, and words for the buyer. */
export interface FieldProblem {
  readonly field: CardField;
  readonly code: string;
  readonly message: string;
}

/** A submitted card form that can be charged. Number and security code were used at once and are forgotten. */
export interface CardEntry {
  readonly card: Card;
  readonly checks: Checks;
  readonly save: boolean;
}

/** Reads the card form; any expiry date to come and any cvv of the right length will do, as in Antom's sandbox. */
export function readCardForm(form: URLSearchParams, now: number): CardEntry | readonly FieldProblem[] {
  const number = (form.get("cardNo") ?? "").replace(/[\s-]/g, "");
  const month = (form.get("expiryMonth") ?? "").trim();
  const year = (form.get("expiryYear") ?? "").trim();
  const cvv = (form.get("cvv") ?? "").trim();
  const zipCode = (form.get("zipCode") ?? "").trim();
  const expiry = { expiryMonth: month.padStart(2, "0"), expiryYear: year.slice(-2) };
  const card = cardOf(number, expiry);
  const problems = [
    numberProblem(number),
    monthProblem(month),
    yearProblem(year),
    // Korean cards are charged without one.
    isKorean(card) ? undefined : cvvProblem(cvv, number),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) return problems;
  if (isOver(expiry, now)) return [EXPIRED];
  return {
    card,
    checks: { avsResultRaw: avsResult(zipCode === "" ? undefined : { zipCode }), cvvResultRaw: cvvResult(cvv) },
    save: form.get("saveCard") === "yes",
  };
}

const EXPIRED: FieldProblem = {
  field: "expiryYear",
  code: "invalid_expiry_year",
  message: "This date is over. Enter the card's expiry date, or take another card.",
};

const CARDHOLDER_MESSAGES: Readonly<Record<keyof Cardholder, string>> = {
  dateOfBirth: "Enter the date of birth: year, month and day.",
  businessNo: "Enter the 10 digits of the business registration number.",
  cardPasswordDigest: "Enter the first 2 digits of the card's PIN.",
};

/** What is wrong with what the holder of a Korean card told; nothing of it is kept. */
export function cardholderFormProblem(form: URLSearchParams, now: number): FieldProblem | undefined {
  const told = (name: keyof Cardholder): string => (form.get(name) ?? "").trim();
  const field = cardholderProblem(
    {
      dateOfBirth: told("dateOfBirth"),
      businessNo: told("businessNo").replaceAll("-", ""),
      cardPasswordDigest: told("cardPasswordDigest"),
    },
    now,
  );
  return field && { field, code: "PARAM_ILLEGAL", message: CARDHOLDER_MESSAGES[field] };
}

function numberProblem(number: string): FieldProblem | undefined {
  if (isCardNumber(number)) return undefined;
  const message =
    number === "" ? "Enter the card number." : "This card number is not right. Check every digit against the card.";
  return { field: "cardNo", code: "INVALID_CARD_NUMBER", message };
}

function monthProblem(month: string): FieldProblem | undefined {
  if (/^(?:0?[1-9]|1[0-2])$/.test(month)) return undefined;
  return { field: "expiryMonth", code: "invalid_expiry_month", message: "Enter the month as 01 to 12." };
}

function yearProblem(year: string): FieldProblem | undefined {
  if (/^(?:20)?[0-9]{2}$/.test(year)) return undefined;
  return { field: "expiryYear", code: "invalid_expiry_year", message: "Enter the year as its last two digits." };
}

function cvvProblem(cvv: string, number: string): FieldProblem | undefined {
  const isAmex = brandOf(number) === "AMEX";
  if ((isAmex ? /^[0-9]{3,4}$/ : /^[0-9]{3}$/).test(cvv)) return undefined;
  const message = isAmex ? "Enter the 4 digits of the security code." : "Enter the 3 digits of the security code.";
  return { field: "cvv", code: "invalid_cvc", message };
}
