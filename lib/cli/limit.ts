import type { Call, Flags } from "./command.js";
import { usage } from "./exit.js";

const MOST = 500;

/** Flags of what is given page by page. */
export const PAGED: Flags = {
  limit: { value: "NUMBER", text: `How many at most: 1 to ${MOST}, 50 when left out.` },
  after: { value: "PLACE", text: "Where the page before ended." },
};

/** @throws CommandError */
export function limitOf(call: Call): number {
  const text = call.text("limit") ?? "50";
  const limit = Number(text);
  if (!/^\d{1,3}$/.test(text) || limit < 1 || limit > MOST) {
    throw usage(`--limit "${text}" is not a number from 1 to ${MOST}.`);
  }
  return limit;
}
