import { badPath } from "./errors.js";
import type { Connection } from "./connection.js";
import { integer, text } from "./row.js";

/** Everything that is moved: nobody writes one of these once the file is closed. */
const TABLES = ["payments", "journal", "tasks", "cards", "deferred"] as const;
const WRITES = ["INSERT", "UPDATE", "DELETE"] as const;

/** What a process that runs still is told by SQLite. No quote is in it. */
const REFUSAL = "this file is closed for writing, because express-antom move takes its payments to PostgreSQL";

const TRIGGERS = TABLES.flatMap((table) =>
  WRITES.map((write) => ({ name: `antom_moved_${table}_${write.toLowerCase()}`, table: `antom_${table}`, write })),
);

/** Triggers hold for whoever has the file open, in whatever process and of whichever version of the kit, from its next statement on. */
const CLOSE = `
CREATE TABLE IF NOT EXISTS antom_moved (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  target TEXT NOT NULL,
  place TEXT NOT NULL,
  owner TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
${TRIGGERS.map(
  ({ name, table, write }) => `
CREATE TRIGGER IF NOT EXISTS ${name} BEFORE ${write} ON ${table} BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END;`,
).join("")}`;
const OPEN = `${TRIGGERS.map(({ name }) => `DROP TRIGGER IF EXISTS ${name};`).join("\n")}\nDROP TABLE antom_moved;`;

const OWN = `
INSERT INTO antom_moved (number, target, place, owner) VALUES (1, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET target = excluded.target, place = excluded.place, owner = excluded.owner, done = 0,
  at = CURRENT_TIMESTAMP`;
const FINISH = "UPDATE antom_moved SET done = 1 WHERE owner = ?";
const READ = "SELECT target, place, owner, done, at FROM antom_moved";

/** Where the payments go to: the tables themselves, as they are known again under any address, and how a person finds them. */
export interface Destination {
  readonly target: string;
  readonly place: string;
}

/** A file that is closed for writing. */
export interface Closing extends Destination {
  /** The move that closed it last. */
  readonly owner: string;
  /** Whether it is certain that everything is in PostgreSQL. */
  readonly isDone: boolean;
  /** When it was closed, in words. */
  readonly at: string;
}

/** How the file is closed; undefined where it is open. */
export const closingOf = (connection: Connection): Closing | undefined => {
  if (connection.all("PRAGMA table_info(antom_moved)").length === 0) return undefined;
  const row = connection.get(READ);
  const isDone = integer(row, "done") === 1;
  return {
    target: text(row, "target"),
    place: text(row, "place"),
    owner: text(row, "owner"),
    isDone,
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

/** Closes the file for all writes but those of this module, in a transaction that the caller begins and ends. */
export const close = (connection: Connection, { target, place }: Destination, owner: string): void => {
  connection.exec(CLOSE);
  connection.run(OWN, target, place, owner);
};

/** Notes that everything is in PostgreSQL. */
export const finish = (connection: Connection, owner: string): void => {
  connection.run(FINISH, owner);
};

/** Takes away all that `close` has put there. */
export const open = (connection: Connection): void => {
  connection.exec(OPEN);
};

/** Throws `configuration_invalid` where the file is closed: a storage on it could write nothing, and what it read would be of the past. */
export const refuseMoved = (connection: Connection, path: string): void => {
  const closing = closingOf(connection);
  if (closing === undefined) return;
  const { place, at, isDone } = closing;
  throw badPath(
    isDone
      ? `The payments in ${path} were moved to PostgreSQL (${place}) on ${at}: give postgresStorage as the storage. This file is only a copy.`
      : `The payments in ${path} are being moved to PostgreSQL (${place}), or that was broken off: run \`npx express-antom move\` on it again, which ` +
          "finds out, or with --undo to go on with the file.",
  );
};
