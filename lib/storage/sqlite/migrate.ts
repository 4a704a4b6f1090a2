import { AntomError } from "../../errors.js";
import type { Connection } from "./connection.js";
import { integer } from "./row.js";
import { MIGRATIONS } from "./schema.js";

const INSTALLED = "SELECT coalesce(max(version), 0) AS version FROM antom_migrations";

const installed = (connection: Connection): number =>
  connection.all("PRAGMA table_info(antom_migrations)").length === 0
    ? 0
    : integer(connection.get(INSTALLED), "version");

/** Whether the tables are those of this version. */
export const isCurrent = (connection: Connection): boolean => installed(connection) === MIGRATIONS.length;

const refuseNewer = (version: number): void => {
  if (version <= MIGRATIONS.length) return;
  throw new AntomError(
    "configuration_invalid",
    `The SQLite file is at version ${version}, and this express-antom knows versions up to ${MIGRATIONS.length}: ` +
      "it was written by a later express-antom. Update the package, or restore a backup from before.",
  );
};

/**
 * Takes one step towards the current version, all or nothing, and tells whether there may be more to take. Several
 * processes may do it at once: each step is made by whichever gets the lock first. Throws SQLite's error where it is busy.
 */
export const migrateStep = (connection: Connection): boolean => {
  const before = installed(connection);
  refuseNewer(before);
  if (before === MIGRATIONS.length) return false;
  connection.exec("BEGIN IMMEDIATE");
  try {
    connection.exec(
      "CREATE TABLE IF NOT EXISTS antom_migrations (version INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT",
    );
    const version = installed(connection);
    refuseNewer(version);
    const step = MIGRATIONS[version];
    if (step !== undefined) {
      connection.exec(step);
      connection.run("INSERT INTO antom_migrations (version) VALUES (?)", version + 1);
    }
    connection.exec("COMMIT");
    return true;
  } catch (error) {
    connection.rollback();
    throw error;
  }
};
