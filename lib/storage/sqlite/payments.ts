import type { JournalEntry } from "../../payment/journal.js";
import type { Payment } from "../../payment/payment.js";
import type { Change, CommitOutcome, Opening } from "../storage.js";
import { CHANGING, FIXED, fixedValues, RULED, storedValues } from "./columns.js";
import type { Connection } from "./connection.js";
import { checkIds, isFit } from "../ids.js";
import type { SqliteValue } from "./driver.js";
import type { KnownRows } from "./known-rows.js";
import type { Step } from "./queue.js";
import { integer, text } from "./row.js";
import { putTasks } from "./tasks.js";

const INSERTED = [...FIXED, ...CHANGING, "data"];
const INSERT = `
INSERT INTO antom_payments (${INSERTED.join(", ")})
SELECT ${INSERTED.map(() => "?").join(", ")}
WHERE NOT EXISTS (SELECT 1 FROM antom_payments WHERE order_id = ? AND live = 1)`;

/**
 * Writes `data` and the columns at these places. OR IGNORE: where another payment of the order is live, the index of live payments keeps this one
 * from becoming so.
 */
const updateOf = (places: readonly number[]): string => `
UPDATE OR IGNORE antom_payments SET ${places.map((place) => `${CHANGING[place] ?? ""} = ?, `).join("")}data = ?
WHERE number = ? AND id = ? AND version = ?`;

const LIVE = "SELECT data FROM antom_payments WHERE order_id = ? AND live = 1";
const NUMBER = "SELECT number FROM antom_payments WHERE id = ?";
const HAS_VERSION = "SELECT 1 FROM antom_payments WHERE id = ? AND version = ?";
const GET = `SELECT number, data, ${RULED.join(", ")} FROM antom_payments WHERE id = ?`;
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

/** What `open` answers, and the number of the row it has made. */
type Opened = { payment: Payment; isNew: true; number: number } | { payment: Payment; isNew: false };

/** The step of `open`, with everything that needs no database done beforehand. */
export const openStep = ({ payment, entry, tasks }: Opening, columns: readonly SqliteValue[]): Step<Opened> => {
  const { id, orderId, buyer } = payment;
  checkIds("payment", { id, orderId, ...(buyer === undefined ? {} : { buyer }) });
  const values = [...fixedValues(payment), ...columns, JSON.stringify(payment)];
  const entryJson = JSON.stringify(entry);
  const put = putTasks(payment.id, tasks, true);
  return (connection) => {
    const number = connection.insert(INSERT, ...values, orderId);
    if (number === undefined) {
      return { payment: parsePayment(text(connection.get(LIVE, orderId), "data")), isNew: false };
    }
    enter(connection, number, [[entry.version, entryJson]]);
    put(connection, number);
    return { payment, isNew: true, number };
  };
};

/** What `commit` answers, and the number of the row it has changed. */
type Committed = { outcome: "committed"; number: number } | { outcome: Exclude<CommitOutcome, "committed"> };

/** The step of `commit`. */
export const commitStep = (change: Change, columns: readonly SqliteValue[], known: KnownRows): Step<Committed> => {
  const { payment, expectedVersion } = change;
  const places = known.changed(payment.id, expectedVersion, columns);
  const values = [...columns.filter((_value, place) => places.includes(place)), JSON.stringify(payment)];
  const update = updateOf(places);
  const entries = change.entries.map((entry) => [entry.version, JSON.stringify(entry)] as const);
  const put = putTasks(payment.id, change.tasks, false);
  return (connection) => {
    const number = known.numberOf(payment.id) ?? numberOf(connection, payment.id);
    if (number === undefined) return { outcome: "stale" };
    if (connection.run(update, ...values, number, payment.id, expectedVersion) === 0) {
      const isStale = connection.get(HAS_VERSION, payment.id, expectedVersion) === undefined;
      return { outcome: isStale ? "stale" : "occupied" };
    }
    enter(connection, number, entries);
    put(connection, number);
    return { outcome: "committed", number };
  };
};

const numberOf = (connection: Connection, id: string): number | undefined => {
  // No payment is stored with such an id, here and below.
  const row = isFit(id) ? connection.get(NUMBER, id) : undefined;
  return row === undefined ? undefined : integer(row, "number");
};

const paymentIn = (row: unknown): Payment | undefined =>
  row === undefined ? undefined : parsePayment(text(row, "data"));

export const getPayment = (connection: Connection, id: string, known: KnownRows): Payment | undefined => {
  const row = isFit(id) ? connection.get(GET, id) : undefined;
  const payment = paymentIn(row);
  if (payment !== undefined) {
    known.keep(payment.id, { number: integer(row, "number"), columns: storedValues(payment, row) });
  }
  return payment;
};

export const findPayment = (connection: Connection, paymentId: string): Payment | undefined =>
  isFit(paymentId) ? paymentIn(connection.get(FIND, paymentId)) : undefined;

export const paymentsOfOrder = (connection: Connection, orderId: string): Payment[] =>
  isFit(orderId) ? connection.all(OF_ORDER, orderId).map((row) => parsePayment(text(row, "data"))) : [];

export const journalOf = (connection: Connection, id: string): JournalEntry[] =>
  isFit(id) ? connection.all(JOURNAL, id).map((row) => parseEntry(text(row, "data"))) : [];
