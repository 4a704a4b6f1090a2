import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { AntomError } from "../../../lib/index.js";

/** One row written: of which table, under which key, and its JSON; null where it was removed. */
type Write = readonly [table: string, key: string, json: string | null];

/**
 * A small database: tables of rows in memory, and a file to which every transaction is added as one line. A line that is
 * whole has happened, one that is not has not. It stands for the database that an adapter is written for.
 */
export class LogFile {
  readonly #tables = new Map<string, Map<string, string>>();
  readonly #path: string;
  #file: number | undefined;
  #length = 0;
  #writes: Write[] = [];

  constructor(file: string) {
    this.#path = file;
  }

  /** Reads what is there, and cuts off a line that a crash has left unfinished. */
  open(): void {
    if (this.#file !== undefined) return;
    const file = openSync(this.#path, "a+");
    const bytes = readFileSync(this.#path);
    this.#length = bytes.lastIndexOf("\n") + 1;
    ftruncateSync(file, this.#length);
    const lines = bytes.subarray(0, this.#length).toString().split("\n").slice(0, -1);
    for (const line of lines) for (const write of JSON.parse(line) as Write[]) this.#apply(write);
    fdatasyncSync(file);
    const folder = openSync(path.dirname(this.#path), "r");
    fsyncSync(folder);
    closeSync(folder);
    this.#file = file;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#tables.clear();
  }

  /** Does all of `work` or nothing of it. When this returns, it is on the disk. */
  transaction<T>(work: () => T): T {
    const undo: Write[] = [];
    this.#writes = [];
    try {
      const result = work();
      for (const write of this.#writes) undo.unshift(this.#apply(write));
      if (this.#writes.length > 0) this.#append(`${JSON.stringify(this.#writes)}\n`);
      return result;
    } catch (error) {
      for (const write of undo) this.#apply(write);
      throw error;
    }
  }

  #append(line: string): void {
    const file = this.#opened();
    const bytes = Buffer.from(line);
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
      fdatasyncSync(file);
      this.#length += bytes.length;
    } catch (error) {
      ftruncateSync(file, this.#length);
      throw new AntomError("storage_unavailable", "The file could not be written.", { cause: error });
    }
  }

  #opened(): number {
    if (this.#file === undefined) throw new AntomError("storage_unavailable", "The file is not open.");
    return this.#file;
  }

  /** Answers with the write that would take it back. */
  #apply([table, key, json]: Write): Write {
    const rows = this.#rows(table);
    const before = rows.get(key) ?? null;
    if (json === null) rows.delete(key);
    else rows.set(key, json);
    return [table, key, before];
  }

  #rows(table: string): Map<string, string> {
    const rows = this.#tables.get(table) ?? new Map<string, string>();
    this.#tables.set(table, rows);
    return rows;
  }

  /** A table whose rows are of one shape. What is read is a copy. Within a transaction, reads do not see its own writes. */
  table<Row extends object>(name: string): Table<Row> {
    return {
      get: (key) => {
        this.#opened();
        const json = this.#rows(name).get(key);
        return json === undefined ? undefined : (JSON.parse(json) as Row);
      },
      all: () => {
        this.#opened();
        return [...this.#rows(name).values()].map((json) => JSON.parse(json) as Row);
      },
      put: (key, row) => {
        this.#writes.push([name, key, JSON.stringify(row)]);
      },
      remove: (key) => {
        this.#writes.push([name, key, null]);
      },
    };
  }
}

export interface Table<Row> {
  readonly get: (key: string) => Row | undefined;
  readonly all: () => Row[];
  readonly put: (key: string, row: Row) => void;
  readonly remove: (key: string) => void;
}
