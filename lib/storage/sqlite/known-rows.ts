import { CHANGING } from "./columns.js";
import type { SqliteValue } from "./driver.js";

/** How many payments are known at once: more than are under way between being read and being committed. */
const KEPT = 2_000;

const VERSION = CHANGING.indexOf("version");

/** A payment's row: its number, which stays, and its columns in the order of `CHANGING`, as it holds them. */
export interface KnownRow {
  readonly number: number;
  readonly columns: readonly SqliteValue[];
}

/**
 * The rows of the payments that were read or written last, so that a commit finds its row by the number, and writes the columns only that
 * change: SQLite touches every index of a column that is written, be it to what it was. A row changes with its version only, so whatever is
 * known is so for good. It is what the row holds and not what today's rules would have written: where those have changed, the next commit
 * writes what they say.
 */
export class KnownRows {
  readonly #byPayment = new Map<string, KnownRow>();

  keep(id: string, row: KnownRow): void {
    // The last one kept is the last to go.
    this.#byPayment.delete(id);
    this.#byPayment.set(id, row);
    if (this.#byPayment.size <= KEPT) return;
    const [oldest] = this.#byPayment.keys();
    if (oldest !== undefined) this.#byPayment.delete(oldest);
  }

  numberOf(id: string): number | undefined {
    return this.#byPayment.get(id)?.number;
  }

  /** Which of the columns differ from that version's, by their places; all of them where it is not known. */
  changed(id: string, version: number, columns: readonly SqliteValue[]): number[] {
    const known = this.#byPayment.get(id)?.columns;
    const places = columns.map((_value, place) => place);
    return known?.[VERSION] === version ? places.filter((place) => columns[place] !== known[place]) : places;
  }
}
