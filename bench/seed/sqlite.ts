import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from "node:fs";
import { resolveDriver, type SqliteConnection } from "../../lib/storage/sqlite/driver.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { paymentId } from "../run/payment-ids.js";
import { openSqlite } from "../shops/sqlite-by-hand.js";
import { storePayment, type Stage } from "./template.js";
import { LATER } from "./times.js";

/** Milliseconds between one payment's opening and the next's. */
const STEP = 1;

/**
 * A file of the kit's with that many payments, numbered from 0. The first is stored by the kit; the others are copies of its rows with
 * another id and a later time, whatever columns there are.
 */
export async function seedKit(file: string, count: number, stage: Stage): Promise<void> {
  const first = `${file}-first`;
  const storage = sqliteStorage(first);
  await storage.start();
  const template = paymentId(0);
  const at = stage === "captured" ? Date.now() - LATER : Date.now() + LATER;
  await storePayment(storage, template, stage, at);
  await storage.stop();
  // libsql keeps its lock on the first file until its statements are collected.
  copyFileSync(first, file);
  for (const end of ["", "-wal", "-shm"]) rmSync(first + end, { force: true });
  const database = new (resolveDriver(undefined))(file);
  quickly(database, file, count, () => {
    for (const table of ["antom_payments", "antom_journal", "antom_tasks"]) copyRows(database, table, template, at);
  });
}

/** The same for a hand-written shop: payments that wait for their buyer. */
export function seedObvious(file: string, count: number): void {
  const database = openSqlite(file);
  quickly(database, file, count, () => {
    database.exec(`
INSERT INTO payments (id, order_id, status, updated_at) SELECT id, 'order-' || id, 'requires_action', number FROM numbered`);
    database.exec(`
INSERT INTO payments (id, order_id, status, updated_at) VALUES ('${paymentId(0)}', 'order-0', 'requires_action', 0)`);
  });
}

/** Runs the work with a table `numbered` of all ids but the first, without indexes and without syncing; then puts all to disk. */
function quickly(database: SqliteConnection, file: string, count: number, work: () => void): void {
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000");
  database.exec("CREATE TEMP TABLE numbered (number INTEGER PRIMARY KEY, id TEXT NOT NULL)");
  const insert = database.prepare("INSERT INTO numbered (number, id) VALUES (?, ?)");
  const indexes = textsOf(database, "SELECT sql AS text FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
  const names = textsOf(database, "SELECT name AS text FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
  database.exec("BEGIN");
  for (const name of names) database.exec(`DROP INDEX ${name}`);
  for (let number = 1; number < count; number++) insert.run(number, paymentId(number));
  work();
  for (const index of indexes) database.exec(index);
  database.exec("COMMIT");
  // The file alone is copied, and a driver may leave the log to whoever opens it next.
  database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
  database.close();
  // Else the system would write it all out while something is being measured.
  const handle = openSync(file, "r+");
  fsyncSync(handle);
  closeSync(handle);
}

function copyRows(database: SqliteConnection, table: string, template: string, at: number): void {
  const columns = textsOf(database, `SELECT name AS text FROM pragma_table_info('${table}')`);
  const later = `(${at} + n.number * ${STEP})`;
  const values = columns.map((column) => {
    if (column === "day") return `${later} / 86400000`;
    const isNumber = table === "antom_journal" ? column === "payment" : column === "number" || column === "payment";
    // A payment has fewer than ten rows of each kind.
    if (isNumber)
      return column === "number" && table === "antom_tasks" ? "t.number + n.number * 10" : `t.${column} + n.number`;
    return `CASE typeof(t.${column}) WHEN 'text' THEN replace(replace(t.${column}, '${template}', n.id), '${at}', ${later})
      WHEN 'integer' THEN iif(t.${column} = ${at}, ${later}, t.${column}) ELSE t.${column} END`;
  });
  database.exec(`
INSERT INTO ${table} (${columns.join(", ")})
SELECT ${values.join(", ")} FROM numbered n CROSS JOIN (SELECT * FROM ${table}) t`);
}

function textsOf(database: SqliteConnection, sql: string): string[] {
  return database
    .prepare(sql)
    .all()
    .map((row) => {
      if (typeof row === "object" && row !== null && "text" in row) return String(row.text);
      throw new Error("a row without text");
    });
}
