import { checkIds, isFit } from "../ids.js";
import type { DeferredTask } from "../storage.js";
import type { Step } from "./queue.js";

const DEFER = `
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
  return (connection) => connection.run(DEFER, id, kind, dueAt, dueAt, json, payment) > 0;
};
