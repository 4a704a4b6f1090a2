import type { TaskChange } from "../../payment/task.js";
import { misplaced } from "../task-words.js";
import type { Connection } from "./connection.js";
import { bringInNamed } from "./deferred.js";
import { isNull, text } from "./row.js";

/**
 * Of a payment's waiting `deliver` tasks only the earliest, the head, has a `ready_at`; the others are held up until they
 * are the head. Whatever may change which one that is ends with `arrange` or `promote`.
 */
const WAITING = "payment = ? AND kind = 'deliver' AND state = 'waiting'";
const HEAD = `SELECT number FROM antom_tasks WHERE ${WAITING} ORDER BY sequence, number LIMIT 1`;

const HOLD_UP = `
UPDATE antom_tasks SET ready_at = NULL WHERE ${WAITING} AND ready_at IS NOT NULL AND number <> (${HEAD})`;

/** A later one may be out, if the head was redriven meanwhile: the head waits for the end of that lease. */
const PROMOTE = `
UPDATE antom_tasks
SET ready_at = max(due_at, coalesce((SELECT max(leased_until) FROM antom_tasks WHERE ${WAITING}), due_at))
WHERE number = (${HEAD})`;

const REPLACE = `
ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, state = 'waiting', due_at = excluded.due_at,
  ready_at = excluded.ready_at, leased_until = NULL, lease = NULL, attempts = 0, last_error = NULL, data = excluded.data
WHERE payment = excluded.payment AND kind = excluded.kind`;

const PUT = `
INSERT INTO antom_tasks (id, payment, kind, state, due_at, ready_at, attempts, data)
VALUES (?, ?, ?, 'waiting', ?, ?, 0, ?) ${REPLACE}`;

const PUT_DELIVER = `
INSERT INTO antom_tasks (id, payment, kind, sequence, state, due_at, ready_at, attempts, data)
VALUES (?, ?, 'deliver', ?, 'waiting', ?,
  CASE WHEN EXISTS (SELECT 1 FROM antom_tasks WHERE ${WAITING} AND id <> ?) THEN NULL ELSE ? END, 0, ?) ${REPLACE} RETURNING ready_at`;

/** What is put again while it waits, as the inquiry is with most changes: of the indexes only that of what is ready has to change. */
const PUT_AGAIN = `
UPDATE antom_tasks SET due_at = ?, ready_at = ?, leased_until = NULL, lease = NULL, attempts = 0, last_error = NULL, data = ?
WHERE id = ? AND payment = ? AND kind = ? AND state = 'waiting'`;

const REMOVE = "DELETE FROM antom_tasks WHERE id = ? AND payment = ? RETURNING kind";

/** Makes the head of the payment's waiting `deliver` tasks ready, when no other of them is. */
export const promote = (connection: Connection, payment: number): void => {
  connection.run(PROMOTE, payment, payment);
};

/** Makes the head ready and holds up all others. */
export const arrange = (connection: Connection, payment: number): void => {
  connection.run(HOLD_UP, payment, payment);
  promote(connection, payment);
};

/**
 * Puts and removes tasks of one payment, within the transaction that changes it, or that makes it: then none can be waiting. Answers what to
 * do, given the payment's row number.
 */
export const putTasks = (
  payment: string,
  changes: readonly TaskChange[],
  isNew: boolean,
): ((connection: Connection, number: number) => void) => {
  const puts = changes.map((change) => ("obsolete" in change ? remove(change.id) : put(payment, change, isNew)));
  return (connection, number) => {
    let isOutOfOrder = false;
    for (const each of puts) isOutOfOrder = each(connection, number) || isOutOfOrder;
    if (isOutOfOrder) arrange(connection, number);
  };
};

/** Tells whether the payment's `deliver` tasks have to be arranged anew. */
type Put = (connection: Connection, number: number) => boolean;

const remove =
  (id: string): Put =>
  (connection, number) => {
    bringInNamed(connection, id);
    const row = connection.get(REMOVE, id, number);
    return row !== undefined && text(row, "kind") === "deliver";
  };

const put = (payment: string, task: Exclude<TaskChange, { obsolete: true }>, isNew: boolean): Put => {
  if (task.payment !== payment) throw misplaced(task.id);
  const json = JSON.stringify(task);
  const { id, kind, dueAt } = task;
  return (connection, number) => {
    bringInNamed(connection, id);
    if (task.kind === "deliver") {
      const row = connection.get(PUT_DELIVER, id, number, task.sequence, dueAt, number, id, dueAt, json);
      if (row === undefined) throw misplaced(id);
      return isNull(row, "ready_at");
    }
    const isPutAgain = !isNew && connection.run(PUT_AGAIN, dueAt, dueAt, json, id, number, kind) > 0;
    if (!isPutAgain && connection.run(PUT, id, number, kind, dueAt, dueAt, json) === 0) throw misplaced(id);
    return false;
  };
};
