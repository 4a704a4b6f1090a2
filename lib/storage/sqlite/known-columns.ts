import { CHANGING } from "./columns.js";
import type { SqliteValue } from "./driver.js";

/** How many payments are known at once: more than are under way between being read and being committed. */
const KEPT = 2_000;

const VERSION = CHANGING.indexOf("version");

/**
 * What stands in the columns of the payments that were read or written last, so that a commit writes those only that change: SQLite touches
 * every index of a column that is written, be it to what it was. A version's columns never change, so whatever is known is so for good.
 */
export class KnownColumns {
  readonly #byPayment = new Map<string, readonly SqliteValue[]>();

  /** @param values as `changingValues` has them */
  keep(id: string, values: readonly SqliteValue[]): void {
    // The last one kept is the last to go.
    this.#byPayment.delete(id);
    this.#byPayment.set(id, values);
    if (this.#byPayment.size <= KEPT) return;
    const [oldest] = this.#byPayment.keys();
    if (oldest !== undefined) this.#byPayment.delete(oldest);
  }

  /** Which of the values differ from that version's, by their places; all of them where it is not known. */
  changed(id: string, version: number, values: readonly SqliteValue[]): number[] {
    const known = this.#byPayment.get(id);
    const places = values.map((_value, place) => place);
    return known?.[VERSION] === version ? places.filter((place) => values[place] !== known[place]) : places;
  }
}
