import { randomBytes } from "node:crypto";
import type { JournalEntry } from "../../payment/journal.js";
import type { Value } from "./columns.js";
import type { Names } from "./names.js";
import type { Values } from "./values.js";

let lastToken = randomBytes(6).readUIntBE(0, 6);

/** Names a commit, unlike any other of the same payment in whatever process, so that it is known again where its answer was lost. */
export const newToken = (): number => ++lastToken;

export interface Entries {
  readonly entries: readonly (readonly Value[])[];
}

export const entriesOf = (entries: readonly JournalEntry[]): Value[][] =>
  entries.map((entry, position) => [entry.version, position, JSON.stringify(entry)]);

/** Writes the journal entries of those that are in `made` (nth, number). */
export const entrySql = ({ journal }: Names, values: Values, all: readonly Entries[]): string => {
  const entries = all.flatMap((each, nth) => each.entries.map((entry) => [nth, ...entry]));
  const rows = values.rows(["integer", "integer", "integer", "json"], entries);
  return `entered AS (
  INSERT INTO ${journal} (payment, version, position, data)
  SELECT m.number, e.version, e.position, e.data FROM ${rows} AS e(nth, version, position, data) JOIN made m ON m.nth = e.nth
)`;
};
