import { boundedLimit, pageOf, readCursor } from "../page.js";
import { isFit } from "../ids.js";
import type { Page, TaskQuery, TaskRecord } from "../storage.js";
import { TASK_KINDS, TASK_STATES, taskState } from "../task-words.js";
import { taskIn } from "./claim.js";
import type { Connection } from "./connection.js";
import { integer, text, textOrNull } from "./row.js";

const COLUMNS = "number, state, due_at, attempts, last_error, data";
const NEWEST = "number < ? ORDER BY number DESC LIMIT ?";
const ALL = `SELECT ${COLUMNS} FROM antom_tasks WHERE ${NEWEST}`;
const BY_KIND = `SELECT ${COLUMNS} FROM antom_tasks INDEXED BY antom_tasks_by_kind WHERE kind = ? AND state = ? AND ${NEWEST}`;
/** A payment has a handful of tasks, so these may be looked through. */
const BY_PAYMENT = `
SELECT ${COLUMNS} FROM antom_tasks INDEXED BY antom_tasks_by_payment
WHERE payment = (SELECT number FROM antom_payments WHERE id = ?)
  AND kind = coalesce(?, kind) AND state = coalesce(?, state) AND ${NEWEST}`;

/** A page of tasks, newest first: in the order in which they were first put. */
export const listTasks = (connection: Connection, query: TaskQuery): Page<TaskRecord> => {
  const limit = boundedLimit(query.limit);
  const [before = Number.MAX_SAFE_INTEGER] = readCursor(query.after, 1) ?? [];
  const rows = rowsFor(connection, query, before, limit + 1);
  return pageOf(rows, limit, record, (row) => [integer(row, "number")]);
};

const rowsFor = (connection: Connection, query: TaskQuery, before: number, limit: number): readonly unknown[] => {
  const { payment, kind, state } = query;
  if (payment !== undefined) {
    return isFit(payment) ? connection.all(BY_PAYMENT, payment, kind ?? null, state ?? null, before, limit) : [];
  }
  if (kind === undefined && state === undefined) return connection.all(ALL, before, limit);
  // One read of the index for each combination is quicker than any one query, and just as sorted once merged.
  return (kind === undefined ? TASK_KINDS : [kind])
    .flatMap((k) => (state === undefined ? TASK_STATES : [state]).map((s) => [k, s] as const))
    .flatMap(([k, s]) => connection.all(BY_KIND, k, s, before, limit))
    .sort((a, b) => integer(b, "number") - integer(a, "number"))
    .slice(0, limit);
};

const record = (row: unknown): TaskRecord => {
  const state = taskState(text(row, "state"));
  const lastError = textOrNull(row, "last_error");
  return { task: taskIn(row), state, attempts: integer(row, "attempts"), ...(lastError === null ? {} : { lastError }) };
};
