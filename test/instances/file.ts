import { resolveDriver } from "../../lib/storage/sqlite/driver.js";
import type { SqliteConnection } from "../../lib/storage/sqlite.js";
import type { Keeping } from "../crash/shop/task.js";

/** How long somebody may be at a write, in milliseconds, before the file counts as locked. */
const PATIENCE = 150;

/** Lets a SQLite file be read by today's release after the next one was at work on it: it forgets the last step of its tables. */
export const forgetStep = (keeping: Keeping): void => {
  at(keeping, (connection) => {
    connection.exec("DELETE FROM antom_migrations WHERE version = (SELECT max(version) FROM antom_migrations)");
  });
};

/** Whether somebody keeps a SQLite file from being written. */
export function isLocked(keeping: Keeping): boolean {
  try {
    at(keeping, (connection) => {
      connection.exec("BEGIN IMMEDIATE");
      connection.exec("ROLLBACK");
    });
    return false;
  } catch {
    return true;
  }
}

function at(keeping: Keeping, work: (connection: SqliteConnection) => void): void {
  if (keeping.kind !== "sqlite") return;
  const connection = new (resolveDriver(undefined))(keeping.file);
  try {
    connection.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
    work(connection);
  } finally {
    connection.close();
  }
}
