import type { DeferredTask, TaskQuery } from "../storage.js";
import type { Access } from "./access.js";
import type { Connection } from "./connection.js";
import { integer } from "./row.js";

/**
 * What a flood of notifications puts off is in a table of its own, `antom_deferred`, that costs as little as a durable row can: tasks of the kind
 * "record" that have the id of their payment, until anybody wants tasks and brings them in among the others. A process of an earlier
 * express-antom that still runs does not look there, and may put off the same payment once more: then one waits until the other is done.
 */
const PREFIX = "record:";

const BRING_IN = `
INSERT INTO antom_tasks (id, payment, kind, state, due_at, ready_at, attempts, data)
SELECT '${PREFIX}' || antom_payments.id, payment, 'record', 'waiting', due_at, due_at, 0, antom_deferred.data
FROM antom_deferred JOIN antom_payments ON antom_payments.number = payment`;
const IS_IN = `
EXISTS (SELECT 1 FROM antom_tasks WHERE antom_tasks.payment = antom_deferred.payment
  AND kind = 'record' AND state = 'waiting' AND antom_tasks.data = antom_deferred.data)`;

const OLDEST = "antom_deferred.number IN (SELECT number FROM antom_deferred WHERE number <= ? ORDER BY number LIMIT ?)";
const BRING_IN_OLDEST = `${BRING_IN} WHERE ${OLDEST} ORDER BY antom_deferred.number ON CONFLICT (id) DO NOTHING`;
const DROP_OLDEST = `DELETE FROM antom_deferred WHERE ${OLDEST} AND ${IS_IN}`;

const THAT_OF = "antom_deferred.payment = (SELECT number FROM antom_payments WHERE id = ?)";
const BRING_IN_THAT_OF = `${BRING_IN} WHERE ${THAT_OF} ON CONFLICT (id) DO NOTHING`;
const DROP_THAT_OF = `DELETE FROM antom_deferred WHERE ${THAT_OF} AND ${IS_IN}`;

const IS_ANY_OF = `SELECT 1 FROM antom_deferred WHERE ${THAT_OF}`;
const LAST = "SELECT coalesce(max(number), 0) AS number FROM antom_deferred";

/** How many are brought in with one transaction: two milliseconds. */
const BROUGHT_IN = 200;

/** Whether a task may be in the table: no other task has its id. */
export const isOfPayment = ({ kind, id, payment }: DeferredTask): boolean =>
  kind === "record" && id === PREFIX + payment;

/** The number of the one that was put off last; 0 if there is none. */
export const lastDeferred = (connection: Connection): number => integer(connection.get(LAST), "number");

/** Brings in the oldest, and tells how many: so many at most, and none after a number. */
export const bringIn = (connection: Connection, limit: number, last = Number.MAX_SAFE_INTEGER): number => {
  if (lastDeferred(connection) === 0) return 0;
  connection.run(BRING_IN_OLDEST, last, limit);
  return connection.run(DROP_OLDEST, last, limit);
};

/** Brings in that of a payment. */
export const bringInOf = (connection: Connection, payment: string): void => {
  if (connection.run(BRING_IN_THAT_OF, payment) > 0) connection.run(DROP_THAT_OF, payment);
};

/** Brings in the one of this id, before anything is done by the id. */
export const bringInNamed = (connection: Connection, id: string): void => {
  if (id.startsWith(PREFIX)) bringInOf(connection, id.slice(PREFIX.length));
};

/** Brings in what a query is to find, as it is at its first page. */
export const bringInFor = async ({ payment, kind, after }: TaskQuery, { read, write }: Access): Promise<void> => {
  if ((kind ?? "record") !== "record" || after !== undefined) return;
  if (payment === undefined) {
    const last = await read(lastDeferred);
    while (last > 0 && (await write((connection) => bringIn(connection, BROUGHT_IN, last))) > 0);
  } else if (await read((connection) => connection.get(IS_ANY_OF, payment) !== undefined)) {
    await write((connection) => {
      bringInOf(connection, payment);
    });
  }
};
