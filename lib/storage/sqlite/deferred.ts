import { recordTaskId } from "../../payment/task.js";
import { isFit } from "../ids.js";
import { boundedLimit } from "../page.js";
import type { TaskQuery } from "../storage.js";
import type { Access } from "./access.js";
import type { Connection } from "./connection.js";
import { integer, isNull } from "./row.js";

/**
 * What a flood of notifications puts off is in a table of its own, `antom_deferred`, that costs as little as a durable row can: tasks of the kind
 * "record" that have the id of their payment, until anybody wants tasks and brings them in among the others. A process of an earlier
 * express-antom that still runs does not look there, and may put off the same payment once more: then one waits until the other is done.
 */
const PREFIX = recordTaskId("");

const BRING_IN = `
INSERT INTO antom_tasks (id, payment, kind, state, due_at, ready_at, attempts, data)
SELECT '${PREFIX}' || antom_payments.id, payment, 'record', 'waiting', due_at, due_at, 0, antom_deferred.data
FROM antom_deferred JOIN antom_payments ON antom_payments.number = payment`;
const IS_IN = `
EXISTS (SELECT 1 FROM antom_tasks WHERE antom_tasks.payment = antom_deferred.payment
  AND kind = 'record' AND state = 'waiting' AND antom_tasks.data = antom_deferred.data)`;

/** As they came, which is also the order in which they are due (see defer.ts). */
const RANGE = "antom_deferred.number > ? AND antom_deferred.number <= ?";
const END = `SELECT max(number) AS number FROM (SELECT number FROM antom_deferred WHERE ${RANGE} ORDER BY number LIMIT ?)`;
const BRING_IN_RANGE = `${BRING_IN} WHERE ${RANGE} ORDER BY antom_deferred.number ON CONFLICT (id) DO NOTHING`;
const DROP_RANGE = `DELETE FROM antom_deferred WHERE ${RANGE} AND ${IS_IN}`;
const FIRST_DUE = "SELECT due_at FROM antom_deferred WHERE number = (SELECT min(number) FROM antom_deferred)";

const THAT_OF = "antom_deferred.payment = (SELECT number FROM antom_payments WHERE id = ?)";
const BRING_IN_THAT_OF = `${BRING_IN} WHERE ${THAT_OF} ON CONFLICT (id) DO NOTHING`;
const DROP_THAT_OF = `DELETE FROM antom_deferred WHERE ${THAT_OF} AND ${IS_IN}`;

const IS_ANY_OF = `SELECT 1 FROM antom_deferred WHERE ${THAT_OF}`;
const LAST = "SELECT coalesce(max(number), 0) AS number FROM antom_deferred";

/** How many are brought in with one transaction: that and its sync take two milliseconds. */
const BROUGHT_IN = 200;

/** Whether any is due. */
export const isAnyDue = (connection: Connection, now: number): boolean => {
  const first = connection.get(FIRST_DUE);
  return first !== undefined && integer(first, "due_at") <= now;
};

/** Brings in some of those after a number, up to another; answers how many, and the number of the last, undefined if there are none. */
const bringIn = (connection: Connection, limit: number, after: number, to: number) => {
  const row = connection.get(END, after, to, limit);
  if (isNull(row, "number")) return undefined;
  const last = integer(row, "number");
  connection.run(BRING_IN_RANGE, after, last);
  return { last, count: connection.run(DROP_RANGE, after, last) };
};

/** Brings in the oldest, those that are due or about to be: so many that no other is due before any of them. */
export const bringInDue = (connection: Connection, now: number, limit: number): void => {
  if (!isAnyDue(connection, now)) return;
  let [after, missing, step] = [0, limit, limit];
  while (missing > 0) {
    const brought = bringIn(connection, step, after, Number.MAX_SAFE_INTEGER);
    if (brought === undefined) return;
    after = brought.last;
    missing -= brought.count;
    // What an earlier version holds up is passed over in longer steps.
    step = Math.max(missing, BROUGHT_IN);
  }
};

/** Brings in that of a payment. */
export const bringInOf = (connection: Connection, payment: string): void => {
  if (connection.run(BRING_IN_THAT_OF, payment) > 0) connection.run(DROP_THAT_OF, payment);
};

/** Brings in the one of this id, before anything is done by the id. */
export const bringInNamed = (connection: Connection, id: string): void => {
  if (id.startsWith(PREFIX)) bringInOf(connection, id.slice(PREFIX.length));
};

/** Brings in what a query is to find: all that was put off before its first page. */
export const bringInFor = async (query: TaskQuery, { read, write }: Access): Promise<void> => {
  boundedLimit(query.limit);
  const { payment, kind = "record", state = "waiting", after } = query;
  if (kind !== "record" || state !== "waiting" || after !== undefined) return;
  if (payment !== undefined) {
    if (!isFit(payment) || !(await read((connection) => connection.get(IS_ANY_OF, payment) !== undefined))) return;
    await write((connection) => {
      bringInOf(connection, payment);
    });
    return;
  }
  const to = await read((connection) => integer(connection.get(LAST), "number"));
  for (let at = 0; at < to;) {
    const from = at;
    at = (await write((connection) => bringIn(connection, BROUGHT_IN, from, to)?.last)) ?? to;
  }
};
