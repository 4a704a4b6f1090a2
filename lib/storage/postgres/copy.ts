import { AntomError, isAntomError } from "../../errors.js";
import type { MovingFile } from "../sqlite/moving-file.js";
import type { Run, Statement } from "./database.js";
import { type MovedTable, movedTables } from "./moved-rows.js";
import type { Names } from "./names.js";
import { Values } from "./values.js";
import { messageOf } from "../../thrown.js";

/** Copies everything in the file, some hundreds of rows at a time, and tells after each of these how many they were. */
export const copy = async (run: Run, names: Names, file: MovingFile, told: (rows: number) => void): Promise<void> => {
  for (const [name, table] of movedTables(names)) {
    const from = table.place.map(() => 0);
    for await (const rows of file.pages(table.read, table.place, from)) {
      await run(insert(names, name, table, rows));
      told(rows.length);
    }
  }
};

/**
 * In the order of the file, so that what comes later has a greater number here too. A payment that is not there would be a null where none may
 * be, as a subquery and not a join: without statistics, as now, the server may join by reading a whole table.
 */
const insert = (
  { payments }: Names,
  name: string,
  { columns, valuesOf }: MovedTable,
  rows: readonly unknown[],
): Statement => {
  const values = new Values();
  const given = values.rows(
    Object.values(columns),
    rows.map((row) => readable(name, () => valuesOf(row))),
  );
  const written = Object.keys(columns);
  const read = written.map((column) =>
    column === "payment" ? `(SELECT p.number FROM ${payments} p WHERE p.id = r.payment)` : `r.${column}`,
  );
  return {
    text: `INSERT INTO ${name} (${written.join(", ")}) SELECT ${read.join(", ")}
FROM ${given} WITH ORDINALITY AS r(${written.join(", ")}, nth) ORDER BY r.nth`,
    values: values.list,
  };
};

/** What cannot be read is the file's fault, not the server's. */
const readable = <T>(name: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (isAntomError(error)) throw error;
    const reason = messageOf(error);
    throw new AntomError("internal", `A row of the file, for ${name}, cannot be read: ${reason}.`, { cause: error });
  }
};
