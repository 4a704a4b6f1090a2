import type { Problem } from "../errors.js";
import { CARD_FIELDS, type CardField } from "./texts.js";

/** Which field of the card a problem is about, by the JSON pointer it stands at. */
export function cardFieldAt({ at }: Problem): CardField {
  const name = /^\/card\/([A-Za-z]+)/.exec(at)?.[1];
  return CARD_FIELDS.find((field) => field === name) ?? "other";
}
