import { brandOf } from "../card/brand.js";
import { isCardNumber } from "../card/luhn.js";

export type CardField = "cardNo" | "expiryMonth" | "expiryYear" | "cvv";

/** What is wrong with one field: the sandbox's own name for it, and words for the buyer. */
export interface FieldProblem {
  readonly field: CardField;
  readonly code: string;
  readonly message: string;
}

/** A submitted card form that can be charged. The number is used at once and forgotten. */
export interface CardEntry {
  readonly number: string;
  readonly save: boolean;
}

/** Reads the card form; any expiry date and any cvv of the right length will do, as in Antom's sandbox. */
export function readCardForm(form: URLSearchParams): CardEntry | readonly FieldProblem[] {
  const number = (form.get("cardNo") ?? "").replace(/[\s-]/g, "");
  const problems = [
    numberProblem(number),
    monthProblem(form.get("expiryMonth") ?? ""),
    yearProblem(form.get("expiryYear") ?? ""),
    cvvProblem(form.get("cvv") ?? "", number),
  ].filter((problem) => problem !== undefined);
  return problems.length > 0 ? problems : { number, save: form.get("saveCard") === "yes" };
}

function numberProblem(number: string): FieldProblem | undefined {
  if (isCardNumber(number)) return undefined;
  const message =
    number === "" ? "Enter the card number." : "This card number is not right. Check every digit against the card.";
  return { field: "cardNo", code: "INVALID_CARD_NUMBER", message };
}

function monthProblem(month: string): FieldProblem | undefined {
  if (/^(?:0?[1-9]|1[0-2])$/.test(month.trim())) return undefined;
  return { field: "expiryMonth", code: "invalid_expiry_month", message: "Enter the month as 01 to 12." };
}

function yearProblem(year: string): FieldProblem | undefined {
  if (/^(?:20)?[0-9]{2}$/.test(year.trim())) return undefined;
  return { field: "expiryYear", code: "invalid_expiry_year", message: "Enter the year as its last two digits." };
}

function cvvProblem(cvv: string, number: string): FieldProblem | undefined {
  const isAmex = brandOf(number) === "AMEX";
  if ((isAmex ? /^[0-9]{3,4}$/ : /^[0-9]{3}$/).test(cvv.trim())) return undefined;
  const message = isAmex ? "Enter the 4 digits of the security code." : "Enter the 3 digits of the security code.";
  return { field: "cvv", code: "invalid_cvc", message };
}
