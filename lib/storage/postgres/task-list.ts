import { boundedLimit, pageOf, readCursor } from "../page.js";
import type { Page, TaskQuery, TaskRecord } from "../storage.js";
import { TASK_KINDS, TASK_STATES, taskState } from "../task-words.js";
import { taskIn } from "./claim.js";
import type { Database } from "./database.js";
import { bringInFor } from "./deferred.js";
import { isFit } from "../ids.js";
import type { Names } from "./names.js";
import { integer, text, textOrNull } from "./row.js";
import { Values } from "./values.js";

const COLUMNS = "number, state, due_at, attempts, last_error, data";

/** A page of tasks, newest first: in the order in which they were first put. */
export const listTasks = async (database: Database, names: Names, query: TaskQuery): Promise<Page<TaskRecord>> => {
  const limit = boundedLimit(query.limit);
  await bringInFor(database.askForMuch, names, query);
  const [before = Number.MAX_SAFE_INTEGER] = readCursor(query.after, 1) ?? [];
  const values = new Values();
  const sql = sqlFor(names, query, values, before, limit + 1);
  const rows =
    query.payment === undefined || isFit(query.payment)
      ? await database.askForMuch({ text: sql, values: values.list })
      : [];
  return pageOf(rows, limit, record, (row) => [integer(row, "number")]);
};

const sqlFor = (names: Names, query: TaskQuery, values: Values, before: number, limit: number): string => {
  const { payment, kind, state } = query;
  const newest = `number < ${values.add(before)} ORDER BY number DESC LIMIT ${values.add(limit)}`;
  const select = `SELECT ${COLUMNS} FROM ${names.tasks}`;
  if (payment !== undefined) {
    const of = `payment = (SELECT number FROM ${names.payments} WHERE id = ${values.add(payment)})`;
    const asked = Object.entries({ kind, state }).flatMap(([column, value]) =>
      value === undefined ? [] : [`${column} = ${values.add(value)}`],
    );
    return `${select} WHERE ${[of, ...asked, newest].join(" AND ")}`;
  }
  if (kind === undefined && state === undefined) return `${select} WHERE ${newest}`;
  // One read of the index for each combination, merged, reads no more than a page of each.
  const reads = (kind === undefined ? TASK_KINDS : [kind]).flatMap((k) =>
    (state === undefined ? TASK_STATES : [state]).map(
      (s) => `(${select} WHERE kind = ${values.add(k)} AND state = ${values.add(s)} AND ${newest})`,
    ),
  );
  return `SELECT * FROM (${reads.join(" UNION ALL ")}) AS found ORDER BY number DESC LIMIT ${values.add(limit)}`;
};

const record = (row: unknown): TaskRecord => {
  const state = taskState(text(row, "state"));
  const lastError = textOrNull(row, "last_error");
  return { task: taskIn(row), state, attempts: integer(row, "attempts"), ...(lastError === null ? {} : { lastError }) };
};
