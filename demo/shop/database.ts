import { closeSync, openSync } from "node:fs";
import Database from "libsql";
import { StartProblem } from "../settings.js";

export type ShopDatabase = Database.Database;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    value TEXT NOT NULL,
    payment TEXT,
    placed_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS hooks (
    number INTEGER PRIMARY KEY,
    event TEXT NOT NULL,
    type TEXT NOT NULL,
    order_id TEXT NOT NULL,
    payment TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    is_repeat INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS hooks_by_event ON hooks (event);
  CREATE INDEX IF NOT EXISTS hooks_by_order ON hooks (order_id, number);
`;

/**
 * The shop's own records: its orders, and the hooks it received. What is committed survives a power cut. One process at a time
 * has the file; another one is told so.
 *
 * @throws StartProblem when the file is in use or cannot be opened
 */
export function openDatabase(file: string): ShopDatabase {
  let database: ShopDatabase | undefined;
  try {
    // SQLite gives the files beside it the same permissions.
    closeSync(openSync(file, "a", 0o600));
    database = new Database(file);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") {
      throw new StartProblem(`Another demo is using ${file}; stop it, or give another folder as DEMO_DATA.`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(
      `${file} cannot be opened (${reason}); delete its folder, or give another one as DEMO_DATA.`,
    );
  }
}

/** A column of a row, as text. */
export function text(row: unknown, column: string): string {
  const value = valueOf(row, column);
  if (typeof value === "string") return value;
  throw new TypeError(`The shop's database holds no text in ${column}.`);
}

/** A column of a row, as a number. */
export function number(row: unknown, column: string): number {
  const value = valueOf(row, column);
  if (typeof value === "number") return value;
  throw new TypeError(`The shop's database holds no number in ${column}.`);
}

const valueOf = (row: unknown, column: string): unknown =>
  typeof row === "object" && row !== null ? Reflect.get(row, column) : undefined;
