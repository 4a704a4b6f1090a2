import { badPath } from "./errors.js";
import type { Connection } from "./connection.js";
import { text } from "./row.js";

/** Everything that is moved. */
const TABLES = ["payments", "journal", "tasks", "cards", "deferred"] as const;

/** A table in a closed file. */
export const movedName = (table: (typeof TABLES)[number]): string => `antom_moved_${table}`;

/**
 * Without its tables nobody reads or writes a payment in the file, in whatever process and of whichever version of the kit, from the next statement
 * on. Reads are refused too: a process that saw a payment as it was before would go on and send it to Antom.
 */
const CLOSE = `
CREATE TABLE antom_moved (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  target TEXT NOT NULL,
  place TEXT NOT NULL,
  owner TEXT NOT NULL,
  at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
${TABLES.map((table) => `ALTER TABLE antom_${table} RENAME TO ${movedName(table)};`).join("\n")}`;
const OPEN = `
${TABLES.map((table) => `ALTER TABLE ${movedName(table)} RENAME TO antom_${table};`).join("\n")}
DROP TABLE antom_moved;`;

const OWN = `
INSERT INTO antom_moved (number, target, place, owner) VALUES (1, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET target = excluded.target, place = excluded.place, owner = excluded.owner, at = CURRENT_TIMESTAMP`;
const READ = "SELECT target, place, owner, at FROM antom_moved";

/** Where the payments go to: the tables themselves, as they are known again under any address, and how a person finds them. */
export interface Destination {
  readonly target: string;
  readonly place: string;
}

/** A file that is closed. */
export interface Closing extends Destination {
  /** The move that closed it last. */
  readonly owner: string;
  /** When it was closed, in words. */
  readonly at: string;
}

/** How the file is closed; undefined where it is open. */
export const closingOf = (connection: Connection): Closing | undefined => {
  if (connection.all("PRAGMA table_info(antom_moved)").length === 0) return undefined;
  const row = connection.get(READ);
  return {
    target: text(row, "target"),
    place: text(row, "place"),
    owner: text(row, "owner"),
    at: `${text(row, "at")}Z`,
  };
};

/** Throws `configuration_invalid` unless these are the tables that the file was closed for: it may be in others already. */
export const checkDestination = (name: string, closing: Closing, { target }: Destination): void => {
  if (closing.target === target) return;
  throw badPath(
    `${name} was closed at ${closing.at} to be moved to other tables than those of the configuration: ${closing.place}, made at ${closing.target}. ` +
      "Configure the storage that leads there. Where these tables are gone for good, open the file with --undo --target-gone.",
  );
};

/** Closes the file, in a transaction that the caller begins and ends. One that is closed has a new owner then. */
export const close = (connection: Connection, { target, place }: Destination, owner: string): void => {
  if (closingOf(connection) === undefined) connection.exec(CLOSE);
  connection.run(OWN, target, place, owner);
};

/** Undoes what `close` has done. */
export const open = (connection: Connection): void => {
  connection.exec(OPEN);
};

/** Throws `configuration_invalid` where the file is closed. */
export const refuseMoved = (connection: Connection, path: string): void => {
  const closing = closingOf(connection);
  if (closing === undefined) return;
  throw badPath(
    `The payments in ${path} were moved to PostgreSQL (${closing.place}) on ${closing.at}, or that was begun and broken off: give postgresStorage as the ` +
      "storage. `npx express-antom move` on the file, given again, finds out which of both, and with --undo opens one that was not moved.",
  );
};
