import type { Amount } from "../payment/amount.js";
import { cutNumber } from "../payment/card-details.js";
import { readFlag } from "./wire.js";

// Readers of what is told for people, and of what only some editions of the documents tell. None of them ever refuses a message: what
// cannot be read is left out.

/** What was parsed from JSON, to be asked for by names that no object has from birth. */
export type Members = Readonly<Record<string, unknown>>;

const NONE: Members = Object.freeze({});

/** The members of an object; none of anything else. */
export const membersOf = (wire: unknown): Members =>
  typeof wire === "object" && wire !== null && !Array.isArray(wire) ? (wire as Members) : NONE;

/** A text that is not empty and not too long. Antom writes most scalars as texts; a number is taken for its digits. */
export function textOf(value: unknown, maxLength: number): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" && text.length <= maxLength ? text : undefined;
}

/** The members that are texts of a fitting length. */
export function readTexts<Name extends string>(
  members: Members,
  lengths: Readonly<Record<Name, number>>,
): Readonly<Partial<Record<Name, string>>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name of Object.keys(members)) {
    if (!has(lengths, name)) continue;
    const text = textOf(members[name], lengths[name]);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

const has = <Name extends string>(lengths: Readonly<Record<Name, number>>, name: string): name is Name =>
  Object.hasOwn(lengths, name);

export const flagOf = (value: unknown): boolean | undefined =>
  typeof value === "boolean" || value === "true" || value === "false" ? readFlag(value) : undefined;

/** A number from 0 to a million, written as one or as a text. */
export function numberOf(value: unknown): number | undefined {
  const text = textOf(value, 16);
  const number = text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number <= 1_000_000 ? number : undefined;
}

export function wholeOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return Number.isInteger(number) ? number : undefined;
}

/** An amount that is told for people, and compared with nothing. */
export function amountOf(wire: unknown): Amount | undefined {
  const members = membersOf(wire);
  const currency = members["currency"];
  const value = textOf(members["value"], 16);
  return typeof currency === "string" && /^[A-Z]{3}$/.test(currency) && /^(0|[1-9]\d*)$/.test(value ?? "")
    ? { currency, value: value ?? "" }
    : undefined;
}

/** Somebody's free text, with whatever could be a card number cut down to the digits that may be kept. */
export const withoutCardNumbers = (text: string | undefined): string | undefined =>
  text?.replace(/\d(?:[ .-]?\d){11,18}/g, (number) => cutNumber(number.replace(/\D/g, ""), "******"));
