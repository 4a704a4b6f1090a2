import type { JournalEntry } from "../../payment/journal.js";
import type { Payment } from "../../payment/payment.js";
import type { Change, CommitOutcome, Opening } from "../storage.js";
import { CHANGING, changingValues, FIXED, fixedValues } from "./columns.js";
import type { Connection } from "./connection.js";
import { checkIds } from "../ids.js";
import type { SqliteValue } from "./driver.js";
import type { KnownColumns } from "./known-columns.js";
import type { Step } from "./queue.js";
import { integer, text } from "./row.js";
import { putTasks } from "./tasks.js";

const INSERTED = [...FIXED, ...CHANGING, "data"];
const INSERT = `
INSERT INTO antom_payments (${INSERTED.join(", ")})
SELECT ${INSERTED.map(() => "?").join(", ")}
WHERE NOT EXISTS (SELECT 1 FROM antom_payments WHERE order_id = ? AND live = 1)
RETURNING number`;

/**
 * Writes `data` and the columns at these places. OR IGNORE: where another payment of the order is live, the index of live payments keeps this one
 * from becoming so.
 */
const updateOf = (places: readonly number[]): string => `
UPDATE OR IGNORE antom_payments SET ${places.map((place) => `${CHANGING[place] ?? ""} = ?, `).join("")}data = ?
WHERE id = ? AND version = ? RETURNING number`;

const LIVE = "SELECT data FROM antom_payments WHERE order_id = ? AND live = 1";
const HAS_VERSION = "SELECT 1 FROM antom_payments WHERE id = ? AND version = ?";
const GET = "SELECT data, live FROM antom_payments WHERE id = ?";
const FIND = "SELECT data FROM antom_payments WHERE payment_id = ? ORDER BY created_at DESC, number DESC LIMIT 1";
const OF_ORDER = "SELECT data FROM antom_payments WHERE order_id = ? ORDER BY created_at DESC, number DESC";
const ENTER = "INSERT INTO antom_journal (payment, version, position, data) VALUES (?, ?, ?, ?)";
const JOURNAL = `
SELECT data FROM antom_journal WHERE payment = (SELECT number FROM antom_payments WHERE id = ?)
ORDER BY version, position`;

/** What the kit wrote itself needs no checking on the way back. */
export const parsePayment = (json: string): Payment => JSON.parse(json) as Payment;
const parseEntry = (json: string): JournalEntry => JSON.parse(json) as JournalEntry;

const enter = (connection: Connection, payment: number, entries: readonly (readonly [number, string])[]): void => {
  for (const [position, [version, json]] of entries.entries()) connection.run(ENTER, payment, version, position, json);
};

/** The step of `open`, with everything that needs no database done beforehand. */
export const openStep = (
  { payment, entry, tasks }: Opening,
  columns: readonly SqliteValue[],
): Step<{ payment: Payment; isNew: boolean }> => {
  const { id, orderId, buyer } = payment;
  checkIds("payment", { id, orderId, ...(buyer === undefined ? {} : { buyer }) });
  const values = [...fixedValues(payment), ...columns, JSON.stringify(payment)];
  const entryJson = JSON.stringify(entry);
  const put = putTasks(payment.id, tasks, true);
  return (connection) => {
    const row = connection.get(INSERT, ...values, orderId);
    if (row === undefined) {
      return { payment: parsePayment(text(connection.get(LIVE, orderId), "data")), isNew: false };
    }
    const number = integer(row, "number");
    enter(connection, number, [[entry.version, entryJson]]);
    put(connection, number);
    return { payment, isNew: true };
  };
};

/** The step of `commit`. */
export const commitStep = (
  change: Change,
  columns: readonly SqliteValue[],
  known: KnownColumns,
): Step<CommitOutcome> => {
  const { payment, expectedVersion } = change;
  const places = known.changed(payment.id, expectedVersion, columns);
  const values = [...columns.filter((_value, place) => places.includes(place)), JSON.stringify(payment)];
  const update = updateOf(places);
  const entries = change.entries.map((entry) => [entry.version, JSON.stringify(entry)] as const);
  const put = putTasks(payment.id, change.tasks, false);
  return (connection) => {
    const row = connection.get(update, ...values, payment.id, expectedVersion);
    if (row === undefined) {
      return connection.get(HAS_VERSION, payment.id, expectedVersion) === undefined ? "stale" : "occupied";
    }
    const number = integer(row, "number");
    enter(connection, number, entries);
    put(connection, number);
    return "committed";
  };
};

const paymentIn = (row: unknown): Payment | undefined =>
  row === undefined ? undefined : parsePayment(text(row, "data"));

export const getPayment = (connection: Connection, id: string, known: KnownColumns): Payment | undefined => {
  const row = connection.get(GET, id);
  const payment = paymentIn(row);
  if (payment !== undefined) known.keep(payment.id, changingValues(payment, integer(row, "live") === 1));
  return payment;
};

export const findPayment = (connection: Connection, paymentId: string): Payment | undefined =>
  paymentIn(connection.get(FIND, paymentId));

export const paymentsOfOrder = (connection: Connection, orderId: string): Payment[] =>
  connection.all(OF_ORDER, orderId).map((row) => parsePayment(text(row, "data")));

export const journalOf = (connection: Connection, id: string): JournalEntry[] =>
  connection.all(JOURNAL, id).map((row) => parseEntry(text(row, "data")));
