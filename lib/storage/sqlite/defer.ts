import { checkIds, isFit } from "../ids.js";
import type { DeferredTask } from "../storage.js";
import { isRecordOfPayment } from "../task-words.js";
import { bringInNamed, bringInOf } from "./deferred.js";
import type { Step } from "./queue.js";

/** None is put off that is due before one that came earlier: so the oldest are those that are due first, without an index. */
const LATER = "SELECT 1 FROM antom_deferred WHERE number = (SELECT max(number) FROM antom_deferred) AND due_at > ?";

const PUT_OFF = `
INSERT INTO antom_deferred (payment, due_at, data)
SELECT number, ?, ? FROM antom_payments
WHERE id = ? AND NOT EXISTS (SELECT 1 FROM antom_tasks WHERE id = ?) AND NOT EXISTS (${LATER})
ON CONFLICT (payment) DO NOTHING`;

const PUT = `
INSERT INTO antom_tasks (id, payment, kind, state, due_at, ready_at, attempts, data)
SELECT ?, number, ?, 'waiting', ?, ?, 0, ? FROM antom_payments WHERE id = ?
ON CONFLICT (id) DO NOTHING`;

/** The step of `defer`. */
export const deferStep = (task: DeferredTask): Step<boolean> => {
  const { id, payment, kind, dueAt } = task;
  // No payment is stored with such an id.
  if (!isFit(payment)) return () => false;
  checkIds("task", { id });
  const json = JSON.stringify(task);
  const put: Step<boolean> = (connection) => {
    bringInOf(connection, payment);
    if (!isRecordOfPayment(task)) bringInNamed(connection, id);
    return connection.run(PUT, id, kind, dueAt, dueAt, json, payment) > 0;
  };
  if (!isRecordOfPayment(task)) return put;
  return (connection) =>
    connection.run(PUT_OFF, dueAt, json, payment, id, dueAt) > 0 ||
    (connection.get(LATER, dueAt) !== undefined && put(connection));
};
