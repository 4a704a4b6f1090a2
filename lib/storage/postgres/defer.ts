import { checkIds, isFit } from "../ids.js";
import type { DeferredTask } from "../storage.js";
import { isRecordOfPayment } from "../task-words.js";
import type { Work } from "./batch.js";
import type { Value } from "./columns.js";
import type { Run, Statement } from "./database.js";
import { bringInOf, deferredNamed, isNotDeferredSql, onDeferred, paymentsOf } from "./deferred.js";
import type { Names } from "./names.js";
import { text } from "./row.js";
import { Values } from "./values.js";
import { IS_WRITTEN_SAFELY } from "./write-settings.js";

/** A task, ready to be written: the payment's id, its own, its kind, when it is due, and all of it. */
export type DeferRequest = readonly [string, string, string, number, string];

export const deferRequest = (task: DeferredTask): DeferRequest => {
  const { payment, id, kind, dueAt } = task;
  if (isFit(payment)) checkIds("task", { id });
  return [payment, id, kind, dueAt, JSON.stringify(task)];
};

const TYPES = ["text", "text", "text", "bigint", "json"] as const;

/** The payments are kept from being removed until their tasks are to be seen; a commit is not in the way. */
const deferStatement = (names: Names, requests: readonly DeferRequest[]): Statement => {
  const { payments, tasks } = names;
  const values = new Values();
  const rows = values.rows(
    TYPES,
    requests.map((request): Value[] => [...request]),
  );
  return onDeferred(
    `WITH there AS MATERIALIZED (
  SELECT p.number, d.* FROM ${rows} WITH ORDINALITY AS d(payment, id, kind, due_at, data, nth)
  JOIN ${payments} p ON p.id = d.payment WHERE ${IS_WRITTEN_SAFELY} ORDER BY d.nth FOR KEY SHARE OF p
)
INSERT INTO ${tasks} (id, payment, kind, state, due_at, ready_at, attempts, data)
SELECT t.id, t.number, t.kind, 'waiting', t.due_at, t.due_at, 0, t.data FROM there t
WHERE ${isNotDeferredSql(names)} ORDER BY t.nth
ON CONFLICT (id) DO NOTHING RETURNING id`,
    values.list,
  );
};

/** For tasks that go among the others at once. */
export const deferWork = (names: Names): Work<DeferRequest, boolean> => ({
  keysOf: ([, id]) => [id],
  run: async ({ run, isInDoubt }, requests) => {
    // In one order everywhere, so that two batches that store the same do not wait for each other. No payment is stored with an unfit id.
    const fit = requests.filter(([payment]) => isFit(payment)).sort(([, a], [, b]) => (a < b ? -1 : 1));
    // Tasks of one payment are shown in the order in which they came.
    const beside = fit.filter(([payment, id, kind]) => !isRecordOfPayment({ payment, id, kind }));
    await bringInOf(run, names, [...beside.map(([payment]) => payment), ...paymentsOf(beside.map(([, id]) => id))]);
    const rows = fit.length === 0 ? [] : await run(deferStatement(names, fit));
    const stored = new Set(rows.map((row) => text(row, "id")));
    const left = fit.filter(([, id]) => !stored.has(id));
    if (isInDoubt && left.length > 0) for (const { id } of await storedBefore(run, names, left)) stored.add(id);
    return requests.map(([, id]) => stored.has(id));
  },
});

/** Those that an earlier try has stored after all. */
export const storedBefore = async (
  run: Run,
  names: Names,
  requests: readonly DeferRequest[],
): Promise<{ readonly id: string; readonly payment: string }[]> => {
  const ids = requests.map(([, id]) => id);
  // In this order: a task goes from the one to the other meanwhile, never back.
  const apart = await run(deferredNamed(names, ids));
  const among = await run({ text: `SELECT id, data FROM ${names.tasks} WHERE id = ANY ($1)`, values: [ids] });
  const stored = new Set([...apart, ...among].map((row) => text(row, "id") + text(row, "data")));
  return requests.flatMap(([payment, id, , , json]) => (stored.has(id + json) ? [{ id, payment }] : []));
};
