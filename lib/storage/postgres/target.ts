import { AntomError } from "../../errors.js";
import type { Destination } from "../sqlite/closing.js";
import type { Counts } from "../sqlite/moving-file.js";
import type { Run } from "./database.js";
import { isContended } from "./errors.js";
import type { Names } from "./names.js";
import { integer, text } from "./row.js";
import { isWrittenSafely } from "./write-settings.js";

const TABLES = ["payments", "journal", "tasks", "deferred", "cards"] as const;

/**
 * Keeps everybody else from writing the tables until the transaction ends, another move included. Who waits for it sees, once it is given, all that
 * the transaction of before has committed, also where that one's process is gone and nobody heard the answer.
 *
 * @param patience how long to wait for those who are at work on them, in milliseconds
 */
export const lockTables = async (run: Run, names: Names, patience: number): Promise<void> => {
  const tables = TABLES.map((table) => names[table]).join(", ");
  try {
    await run({ text: `SELECT ${isWrittenSafely(Math.max(1, patience))}`, values: [] });
    await run({ text: `LOCK TABLE ${tables} IN SHARE ROW EXCLUSIVE MODE`, values: [] });
  } catch (error) {
    if (!isContended(error)) throw error;
    const message = `Others write the tables in schema ${names.schema}: another move, or a shop that was started on them. Wait for the one, stop the other.`;
    throw new AntomError("storage_unavailable", message, { cause: error });
  }
};

/** The tables are known again by the moment in which they were made, to the microsecond, under any address and after a restore. */
export const destinationOf = async (run: Run, { schema, migrations }: Names): Promise<Destination> => {
  const [row] = await run({
    text: `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS made, current_database() AS database
      FROM ${migrations} WHERE version = 0`,
    values: [],
  });
  return { target: text(row, "made"), place: `database ${text(row, "database")}, schema ${schema}` };
};

/** Notes with what a move has copied, in its transaction, that it was this one. */
export const noteMove = async (run: Run, { moves }: Names, owner: string): Promise<void> => {
  await run({ text: `INSERT INTO ${moves} (owner) VALUES ($1)`, values: [owner] });
};

/** Whether the transaction of this move has come about. One that may be under way has to be waited for, by `lockTables`. */
export const hasMoved = async (run: Run, { moves }: Names, owner: string): Promise<boolean> =>
  (await run({ text: `SELECT 1 AS one FROM ${moves} WHERE owner = $1`, values: [owner] })).length > 0;

/** As many rows as are counted of a table for people: the tables are locked meanwhile. */
const MANY = 10_000;

/** Throws `configuration_invalid` where anything is in the tables, with how much and what to do. */
export const checkEmpty = async (
  run: Run,
  names: Names,
  name: string,
  place: string,
  isClosed: boolean,
): Promise<void> => {
  const parts = TABLES.map(
    (table) => `(SELECT count(*) FROM (SELECT 1 FROM ${names[table]} LIMIT ${MANY}) AS t) AS ${table}`,
  );
  const [row] = await run({ text: `SELECT ${parts.join(", ")}`, values: [] });
  const found = TABLES.map((table) => ({ table, count: integer(row, table) })).filter(({ count }) => count > 0);
  if (found.length === 0) return;
  const there = found.map(({ table, count }) => `${count}${count < MANY ? "" : " or more"} in ${table}`).join(", ");
  const message = isClosed
    ? `${name} was not moved, but there are rows in ${place} (${there}): a shop was started on these tables meanwhile, or another file moved. ` +
      "Stop the shop. If nothing of that is needed, empty these tables and run the command again. If it is, " +
      `${name} has to go elsewhere: open it with --undo --target-gone, and move it to another schema, or go on with it for the orders that are in it.`
    : `There are rows already in ${place} (${there}), and nothing is merged: give postgresStorage another schema, or empty this one if nobody needs it.`;
  throw new AntomError("configuration_invalid", message, { problems: [{ at: "storage", message }] });
};

const countsSql = ({ payments, journal, tasks, deferred, cards }: Names): string => `
SELECT (SELECT count(*) FROM ${payments}) AS payments, (SELECT count(*) FROM ${journal}) AS entries,
  (SELECT count(*) FROM ${tasks} WHERE kind = 'deliver') AS events,
  (SELECT count(*) FROM ${tasks} WHERE kind <> 'deliver') + (SELECT count(*) FROM ${deferred}) AS tasks,
  (SELECT count(*) FROM ${cards}) AS cards`;

/** Throws unless the tables hold exactly as many of each as are counted in the file. */
export const checkCounts = async (run: Run, names: Names, counts: Counts): Promise<void> => {
  const [row] = await run({ text: countsSql(names), values: [] });
  for (const [what, count] of Object.entries(counts)) {
    const found = integer(row, what);
    if (found !== count) {
      throw new AntomError("internal", `Of ${count} ${what} in the file ${found} would have come to PostgreSQL.`);
    }
  }
};
