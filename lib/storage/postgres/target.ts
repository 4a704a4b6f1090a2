import { AntomError } from "../../errors.js";
import { isFit } from "../ids.js";
import type { Destination } from "../sqlite/closing.js";
import type { Counts, MovingFile } from "../sqlite/moving-file.js";
import type { Run } from "./database.js";
import { isContended, sqlState } from "./errors.js";
import type { Names } from "./names.js";
import { integer, isTrue, text } from "./row.js";

const LOCK_NOT_AVAILABLE = "55P03";

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
    await run({ text: `SET LOCAL lock_timeout = ${Math.max(1, patience)}`, values: [] });
    await run({ text: `LOCK TABLE ${tables} IN SHARE ROW EXCLUSIVE MODE`, values: [] });
  } catch (error) {
    if (sqlState(error) !== LOCK_NOT_AVAILABLE && !isContended(error)) throw error;
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

/** Whether nothing at all is in the tables. */
export const isEmpty = async (run: Run, names: Names): Promise<boolean> => {
  const parts = TABLES.map((table) => `NOT EXISTS (SELECT 1 FROM ${names[table]})`);
  const [row] = await run({ text: `SELECT ${parts.join(" AND ")} AS empty`, values: [] });
  return isTrue(row, "empty");
};

/** The newest first: the others may have been removed since, as old ones are. */
const newest = (table: string): string =>
  `SELECT number, id FROM ${table} WHERE number < ? ORDER BY number DESC LIMIT ?`;

/** Whether anything of the file is in the tables. All of it is, then: it comes in one transaction. */
export const holdsAnyOf = async (run: Run, { payments, cards }: Names, file: MovingFile): Promise<boolean> => {
  for (const [from, table] of [
    ["antom_payments", payments],
    ["antom_cards", cards],
  ] as const) {
    for await (const rows of file.pages(newest(from), ["number"], [Number.MAX_SAFE_INTEGER])) {
      const ids = rows.map((row) => text(row, "id")).filter(isFit);
      const found = await run({ text: `SELECT 1 AS one FROM ${table} WHERE id = ANY ($1) LIMIT 1`, values: [ids] });
      if (found.length > 0) return true;
    }
  }
  return false;
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
