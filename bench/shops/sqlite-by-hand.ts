import { resolveDriver, type SqliteConnection } from "../../lib/storage/sqlite/driver.js";

/** A driver may close a connection that nobody holds, whatever is still prepared on it. */
const held: SqliteConnection[] = [];

/** A SQLite file as durable as the kit's, with the driver the kit takes. */
export function openSqlite(path: string): SqliteConnection {
  const connection = new (resolveDriver(undefined))(path);
  held.push(connection);
  connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000");
  connection.exec(`
CREATE TABLE IF NOT EXISTS payments (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL, status TEXT NOT NULL, antom_id TEXT, data TEXT, updated_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS notifications (key TEXT PRIMARY KEY, received_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (
  number INTEGER PRIMARY KEY, payment TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, delivered_at INTEGER
);
CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (number) WHERE delivered_at IS NULL;
`);
  return connection;
}

/** Does the work in one transaction. */
export function inTransaction(connection: SqliteConnection, work: () => void): void {
  connection.exec("BEGIN IMMEDIATE");
  try {
    work();
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}

export function countOf(connection: SqliteConnection, sql: string): number {
  const row: unknown = connection.prepare(sql).get();
  return typeof row === "object" && row !== null && "count" in row ? Number(row.count) : 0;
}
