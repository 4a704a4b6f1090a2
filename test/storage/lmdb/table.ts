import { createHash } from "node:crypto";
import type { Database, Key, RangeOptions, RootDatabase } from "lmdb";

/** A text, or its absence, as a key: LMDB's own end at a NUL, and before 2 kB. */
export const textKey = (text: string | undefined): string =>
  createHash("sha256")
    .update(JSON.stringify([text]))
    .digest("base64");

/** Upwards through all keys that begin with these parts and go on with a number. */
export const up = (...parts: Key[]): RangeOptions => ({ start: parts, end: [...parts, Infinity] });

/** Downwards through them, from below one place until above another. */
export const down = (parts: Key[], below: Key[] = [Infinity], above: Key[] = [0]): RangeOptions => ({
  start: [...parts, ...below],
  end: [...parts, ...above],
  reverse: true,
  exclusiveStart: true,
});

/** By what an index sorts a row, part by part. */
type KeyOf<Row> = (row: Row) => Key[];

/** Rows by their ids, as JSON, and indexes that lead to them. */
export class Table<Row, Index extends string> {
  readonly #rows: Database<Row, string>;
  readonly #indexes = new Map<string, { readonly ids: Database<string, Key[]>; readonly keyOf: KeyOf<Row> }>();

  constructor(root: RootDatabase, name: string, indexes: Readonly<Record<Index, KeyOf<Row>>>) {
    this.#rows = root.openDB({ name });
    for (const [index, keyOf] of Object.entries<KeyOf<Row>>(indexes)) {
      this.#indexes.set(index, { ids: root.openDB({ name: `${name} by ${index}` }), keyOf });
    }
  }

  get(id: string): Row | undefined {
    return this.#rows.get(textKey(id));
  }

  /** The rows of an index in its order, each read when it is asked for. */
  *by(index: Index, range: RangeOptions): Generator<Row> {
    for (const { value: id } of this.#indexes.get(index)?.ids.getRange(range) ?? []) {
      const row = this.get(id);
      if (row !== undefined) yield row;
    }
  }

  put(id: string, row: Row): void {
    this.remove(id);
    this.#rows.putSync(textKey(id), row);
    for (const { ids, keyOf } of this.#indexes.values()) ids.putSync(keyOf(row), id);
  }

  remove(id: string): void {
    const row = this.get(id);
    if (row === undefined) return;
    this.#rows.removeSync(textKey(id));
    for (const { ids, keyOf } of this.#indexes.values()) ids.removeSync(keyOf(row));
  }
}
