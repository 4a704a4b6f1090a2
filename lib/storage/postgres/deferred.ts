import { recordTaskId } from "../../payment/task.js";
import { readCursor } from "../page.js";
import type { TaskQuery } from "../storage.js";
import { isFit } from "../ids.js";
import type { Run, Statement } from "./database.js";
import type { Names } from "./names.js";
import { integer, text } from "./row.js";
import { IS_WRITTEN_SAFELY } from "./write-settings.js";

/**
 * What a flood of notifications puts off is in a table of its own, `deferred`, that costs as little as a durable row can: tasks of the kind
 * "record" that have the id of their payment, until somebody claims them, or wants to see or change them as tasks.
 *
 * It needs no lock on the payment: none is put off there that is at rest, and prune removes none that is in it. (Only a payment that came to rest
 * and was removed, all while a single statement ran, could be missed; prune takes what has rested for days.) Where one is put off in the very
 * moment in which the one before is claimed, or an instance of before the table has put it off among the tasks, one waits until the other is done.
 *
 * It is empty, and then holds a hundred thousand rows, so that each statement that looks for some is planned anew.
 */
const PREFIX = recordTaskId("");

/** The id of the task of a payment with this id. */
export const idSql = (payment: string): string => `'${PREFIX}' || ${payment}`;

/** The payments of which these ids would be in the table. */
export const paymentsOf = (ids: readonly string[]): string[] =>
  ids.flatMap((id) => (id.startsWith(PREFIX) && isFit(id) ? [id.slice(PREFIX.length)] : []));

/**
 * That the task of a row `d` can be among the others: its payment is there, and none of its id. Here and below a subquery gives a value or an
 * array, which is never made into a join: without statistics yet, as at the beginning of a flood, the server may join by reading a whole table.
 */
export const isFreeSql = ({ payments, tasks }: Names): string =>
  `(SELECT t.id IS NULL FROM ${payments} p LEFT JOIN ${tasks} t ON t.id = ${idSql("p.id")} WHERE p.number = d.payment)`;

/** That a task `t` (id, payment, number of the payment) is not in the table. */
export const isNotDeferredSql = ({ deferred }: Names): string =>
  `(t.id <> ${idSql("t.payment")} OR (SELECT d.payment FROM ${deferred} d WHERE d.payment = t.number) IS NULL)`;

/** A statement on the table. */
export const onDeferred = (text: string, values: unknown[]): Statement => ({ text, values, isPlannedAnew: true });

/** The rows that are the tasks of these ids. */
export const deferredNamed = ({ payments, deferred }: Names, ids: readonly string[]): Statement =>
  onDeferred(
    `SELECT ${idSql("p.id")} AS id, d.data FROM ${payments} p JOIN ${deferred} d ON d.payment = p.number WHERE p.id = ANY ($1)`,
    [paymentsOf(ids)],
  );

/** Whether any is due. */
export const isAnyDue = async (run: Run, { deferred }: Names, now: number): Promise<boolean> => {
  const first = await run(
    onDeferred(`SELECT due_at FROM ${deferred} WHERE due_at <= $1 ORDER BY due_at LIMIT 1`, [now]),
  );
  return first.length > 0;
};

/** Puts what is in `source` (payment, due_at, data) among the tasks, with the values for its other columns, and answers with columns of it. */
export const bringInSql = (
  { payments, tasks, deferred }: Names,
  source: string,
  columns: Readonly<Record<string, string>>,
  returning: string,
): string => `
brought AS (
  INSERT INTO ${tasks} AS t (id, payment, kind, state, due_at, data, ${Object.keys(columns).join(", ")})
  SELECT ${idSql(`(SELECT p.id FROM ${payments} p WHERE p.number = s.payment)`)}, s.payment, 'record', 'waiting', s.due_at, s.data,
    ${Object.values(columns).join(", ")}
  FROM ${source} s WHERE s.payment IS NOT NULL ORDER BY s.due_at, s.payment
  ON CONFLICT (id) DO NOTHING RETURNING ${returning}
),
gone AS (DELETE FROM ${deferred} d WHERE d.payment = ANY (ARRAY(SELECT payment FROM brought)))`;

const WAITING = { ready_at: "s.due_at", attempts: "0" };

/** Brings in some rows `d`, as tasks that wait, and answers with the last of them and how many they were. */
const bringInStatement = (names: Names, where: string, limit = ""): string => `
WITH off AS MATERIALIZED (
  SELECT d.payment, d.due_at, d.data FROM ${names.deferred} d WHERE ${IS_WRITTEN_SAFELY} AND ${where} AND ${isFreeSql(names)}
  ORDER BY d.due_at, d.payment ${limit} FOR UPDATE OF d
),
${bringInSql(names, "off", WAITING, "t.payment")}
SELECT payment, due_at, count(*) OVER () AS count FROM off ORDER BY due_at DESC, payment DESC LIMIT 1`;

/** How many are brought in with one transaction. */
const BROUGHT_IN = 200;

const thoseOf = (names: Names): string =>
  `d.payment = ANY (ARRAY(SELECT p.number FROM ${names.payments} p WHERE p.id = ANY ($1::text[])))`;

const rangeSql = (names: Names): string =>
  bringInStatement(names, "(d.due_at, d.payment) > ($1::bigint, $2::bigint) AND d.due_at <= $3", `LIMIT ${BROUGHT_IN}`);

/** Brings in those of some payments. */
export const bringInOf = async (run: Run, names: Names, payments: readonly string[]): Promise<void> => {
  if (payments.length > 0) await run(onDeferred(bringInStatement(names, thoseOf(names)), [payments]));
};

/** Brings in those of these ids, before anything is done by an id. */
export const bringInNamed = (run: Run, names: Names, ids: readonly string[]): Promise<void> =>
  bringInOf(run, names, paymentsOf(ids));

/** Brings in what a query is to find: all that was put off before its first page. */
export const bringInFor = async (run: Run, names: Names, query: TaskQuery): Promise<void> => {
  const { payment, kind = "record", state = "waiting", after } = query;
  if (kind !== "record" || state !== "waiting" || readCursor(after, 1) !== undefined) return;
  if (payment !== undefined) {
    if (isFit(payment)) await bringInOf(run, names, [payment]);
    return;
  }
  const [newest] = await run(onDeferred(`SELECT due_at FROM ${names.deferred} ORDER BY due_at DESC LIMIT 1`, []));
  if (newest === undefined) return;
  const to = text(newest, "due_at");
  let place = [String(Number.MIN_SAFE_INTEGER), "0"];
  for (;;) {
    const [last] = await run(onDeferred(rangeSql(names), [...place, to]));
    // Fewer are the last of them: where an instance's clock is ahead, more may come for as long as one looks.
    if (last === undefined || integer(last, "count") < BROUGHT_IN) return;
    place = [text(last, "due_at"), text(last, "payment")];
  }
};
