import type { Value } from "./columns.js";

/** The values of a statement, in the order in which they are named in it. */
export class Values {
  readonly list: unknown[] = [];

  /** The value's name: "$1", "$2", ... */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }

  /**
   * Rows as a relation, with columns of these types. The server knows how many there are, and plans for that. A column of JSON is one of texts
   * as `JSON.stringify` writes them.
   */
  rows(types: readonly string[], rows: readonly (readonly Value[])[]): string {
    const columns = types.map((type, nth) => {
      const column = rows.map((row) => row[nth] ?? null);
      return type === "json" ? this.#lines(column) : `${this.add(column)}::${type}[]`;
    });
    return `unnest(${columns.join(", ")})`;
  }

  /** JSON has no line feed in it, so that it goes as it is: to quote it for an array, and back, costs more than all the rest of a row. */
  #lines(column: readonly Value[]): string {
    return `string_to_array(${this.add(column.join("\n"))}::text, chr(10))`;
  }
}
