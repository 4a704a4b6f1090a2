import type { Value } from "./columns.js";

/** The values of a statement, in the order in which they are named in it. */
export class Values {
  readonly list: unknown[] = [];

  /** The value's name: "$1", "$2", ... */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }

  /** Rows as a relation, with columns of these types. The server knows how many there are, and plans for that. */
  rows(types: readonly string[], rows: readonly (readonly Value[])[]): string {
    const columns = types.map((type, nth) => `${this.add(rows.map((row) => row[nth] ?? null))}::${type}[]`);
    return `unnest(${columns.join(", ")})`;
  }
}
