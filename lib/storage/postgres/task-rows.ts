import type { Payment } from "../../payment/payment.js";
import type { Task, TaskChange } from "../../payment/task.js";
import { othersSql, readySql } from "./delivery-order-sql.js";
import type { Value } from "./columns.js";
import { checkIds } from "../ids.js";
import { misplaced } from "../task-words.js";
import type { Names } from "./names.js";
import type { Values } from "./values.js";

/** The tasks of one open or commit, ready to be written. */
export interface Puts {
  readonly puts: readonly (readonly Value[])[];
  readonly removed: readonly string[];
  /** The ids of all, those that are written and those that are removed. */
  readonly ids: readonly string[];
  /** Whether the order of the payment's events may change. */
  readonly isOrdered: boolean;
}

const PUT = ["integer", "text", "text", "integer", "bigint", "json"] as const;

/** Throws for a task of another payment. Of two changes of one task the later counts. */
export const putsOf = (payment: string, changes: readonly TaskChange[]): Puts => {
  const last = new Map<string, TaskChange>();
  for (const change of changes) last.set(change.id, change);
  const tasks: Task[] = [];
  const removed: string[] = [];
  for (const change of last.values()) {
    if ("obsolete" in change) removed.push(change.id);
    else if (change.payment !== payment) throw misplaced(change.id);
    else tasks.push(change);
  }
  for (const { id } of tasks) checkIds("task", { id });
  return {
    puts: tasks.map((task) => [
      task.id,
      task.kind,
      task.kind === "deliver" ? task.sequence : null,
      task.dueAt,
      JSON.stringify(task),
    ]),
    removed,
    ids: [...last.keys()],
    isOrdered: removed.length > 0 || tasks.some(({ kind }) => kind === "deliver"),
  };
};

/** Whether one of the tasks can be claimed at once, as far as the payment's own time tells. */
export const isAnyDue = ({ updatedAt }: Payment, tasks: readonly TaskChange[]): boolean =>
  tasks.some((task) => !("obsolete" in task) && task.dueAt <= updatedAt);

/** Writes the tasks of those that are in `made` (nth, number). */
export const putSql = (names: Names, values: Values, all: readonly Puts[]): string[] => {
  const numbered = (each: Puts, nth: number): Value[][] => each.puts.map((put) => [nth, ...put]);
  const puts = all.flatMap(numbered);
  const removed = all.flatMap((each, nth) => each.removed.map((id): Value[] => [nth, id]));
  if (puts.length === 0 && removed.length === 0) return [];
  const isOrdered = all.some((each) => each.isOrdered);
  const order = (): string[] => orderSql(names, values.add([...puts, ...removed].map(([, id]) => id)));
  return [
    `put AS MATERIALIZED (
  SELECT m.number AS payment, p.id, p.kind, p.sequence, p.due_at, p.data, p.place
  FROM ${values.rows(PUT, puts)} WITH ORDINALITY AS p(nth, id, kind, sequence, due_at, data, place) JOIN made m ON m.nth = p.nth
)`,
    `removed AS MATERIALIZED (
  SELECT m.number AS payment, r.id FROM ${values.rows(["integer", "text"], removed)} AS r(nth, id) JOIN made m ON m.nth = r.nth
)`,
    ...(isOrdered ? order() : []),
    insertSql(names, isOrdered),
    ...(removed.length > 0
      ? [`gone AS (DELETE FROM ${names.tasks} t USING removed r WHERE t.id = r.id AND t.payment = r.payment)`]
      : []),
  ];
};

const orderSql = (names: Names, ids: string): string[] => [
  othersSql(
    names,
    "SELECT payment FROM put WHERE kind = 'deliver' UNION SELECT payment FROM removed",
    `t.id <> ALL (${ids}::text[])`,
  ),
  "delivers AS (SELECT NULL::bigint AS number, place, payment, sequence, due_at FROM put WHERE kind = 'deliver')",
  readySql(names, "delivers"),
];

/** A task's id that another payment has, or another kind of task, makes a null where none may be: then nothing of the statement comes about. */
const insertSql = ({ tasks }: Names, isOrdered: boolean): string => `
stored AS (
  INSERT INTO ${tasks} AS t (id, payment, kind, sequence, state, due_at, ready_at, attempts, data)
  SELECT p.id, p.payment, p.kind, p.sequence, 'waiting', p.due_at,
    ${isOrdered ? "CASE p.kind WHEN 'deliver' THEN r.ready_at ELSE p.due_at END" : "p.due_at"}, 0, p.data
  FROM put p ${isOrdered ? "LEFT JOIN ready r ON r.place = p.place" : ""} ORDER BY p.place
  ON CONFLICT (id) DO UPDATE SET
    payment = CASE WHEN t.payment = excluded.payment AND t.kind = excluded.kind THEN excluded.payment END,
    sequence = excluded.sequence, state = 'waiting', due_at = excluded.due_at, ready_at = excluded.ready_at,
    leased_until = NULL, lease = NULL, settled = NULL, attempts = 0, last_error = NULL, data = excluded.data
)`;
