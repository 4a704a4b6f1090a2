import type { Payment, PaymentStatus } from "../../payment/payment.js";
import { boundedLimit, pageOf, readCursor } from "../page.js";
import { checkQuery } from "../query.js";
import type { ListQuery, Page } from "../storage.js";
import { columnOf } from "./columns.js";
import type { Connection } from "./connection.js";
import type { SqliteValue } from "./driver.js";
import { isFit } from "../ids.js";
import { parsePayment } from "./payments.js";
import { integer, text } from "./row.js";

/** What a payment has to meet, as SQL with its values. */
interface Condition {
  readonly sql: string;
  readonly values: readonly SqliteValue[];
}

/** A page of payments, newest first. One that was stored later comes before another of the same millisecond. */
export const listPayments = (connection: Connection, query: ListQuery): Page<Payment> => {
  const limit = boundedLimit(query.limit);
  checkQuery(query);
  const conditions = [within(query), ...conditionsOf(query)];
  return pageOf(
    isAnyPossible(query) ? rowsFor(connection, query, conditions, limit + 1) : [],
    limit,
    (row) => parsePayment(text(row, "data")),
    (row) => [integer(row, "created_at"), integer(row, "number")],
  );
};

/** The four names of a payment, each with its index. The first is the table's own, and there is one payment of each. */
const NAMES = [
  ["id", ""],
  ["payment_id", "INDEXED BY antom_payments_by_payment_id"],
  ["order_id", "INDEXED BY antom_payments_by_order"],
  ["buyer", "INDEXED BY antom_payments_by_buyer"],
] as const;

const rowsFor = (
  connection: Connection,
  query: ListQuery,
  conditions: readonly Condition[],
  limit: number,
): readonly unknown[] => {
  const { search } = query;
  if (search === undefined) return read(connection, indexFor(query), conditions, limit);
  // A read of each index, merged: SQLite would sort all that bears any of the names. One payment may bear several.
  const found = new Map<number, unknown>();
  for (const [column, index] of NAMES) {
    const named = [...conditions, { sql: `${column} = ?`, values: [search] }];
    for (const row of read(connection, index, named, limit)) found.set(integer(row, "number"), row);
  }
  return [...found.values()].sort(newestFirst).slice(0, limit);
};

const read = (connection: Connection, index: string, conditions: readonly Condition[], limit: number): unknown[] =>
  connection.all(
    `SELECT number, created_at, data FROM antom_payments ${index}
    WHERE ${conditions.map(({ sql }) => sql).join(" AND ")} ORDER BY created_at DESC, number DESC LIMIT ?`,
    ...conditions.flatMap(({ values }) => values),
    limit,
  );

const newestFirst = (a: unknown, b: unknown): number =>
  integer(b, "created_at") - integer(a, "created_at") || integer(b, "number") - integer(a, "number");

/** One bound above and one below, so that SQLite reads just the piece of the index that is asked for. */
const within = (query: ListQuery): Condition => {
  const to = query.to ?? Number.MAX_SAFE_INTEGER;
  const [createdAt, number] = readCursor(query.after, 2) ?? [];
  const isPast = createdAt === undefined || number === undefined || createdAt >= to;
  return {
    sql: "(created_at, number) < (?, ?) AND created_at >= ?",
    values: [...(isPast ? [to, 0] : [createdAt, number]), query.from ?? 0],
  };
};

const conditionsOf = (query: ListQuery): Condition[] => {
  const { conflict, attention } = query;
  const columns = {
    order_id: query.orderId,
    status: query.status,
    buyer: query.buyer,
    amount: query.amount,
    currency: query.currency,
  };
  return [
    ...Object.entries(columns).flatMap(([column, value]) =>
      value === undefined ? [] : [{ sql: `${column} = ?`, values: [value] }],
    ),
    // Written out, because the indexes of few payments serve only a condition that is.
    ...(conflict === undefined ? [] : [{ sql: `conflict = ${conflict ? "1" : "0"}`, values: [] }]),
    ...(attention === undefined ? [] : [{ sql: `${columnOf(attention)} = 1`, values: [] }]),
  ];
};

/** SQLite might take what it cannot keep apart for another's id; no payment is stored with such ids. */
const isAnyPossible = ({ orderId, buyer, search }: ListQuery): boolean =>
  [orderId, buyer, search].every((id) => id === undefined || isFit(id));

/** Payments do not stay in these, so that there are few at any time. */
const PASSING: ReadonlySet<PaymentStatus> = new Set(["created", "requires_action", "processing", "authorized"]);

/** Named, so that the choice does not hang on SQLite's estimates: the one that leaves least to look through. */
const indexFor = (query: ListQuery): string => {
  const { orderId, buyer, attention, conflict, status, amount, currency } = query;
  if (orderId !== undefined) return "INDEXED BY antom_payments_by_order";
  if (buyer !== undefined) return "INDEXED BY antom_payments_by_buyer";
  if (attention !== undefined) return `INDEXED BY antom_payments_${columnOf(attention)}`;
  if (conflict === true) return "INDEXED BY antom_payments_in_conflict";
  if (status !== undefined && (PASSING.has(status) || amount === undefined)) {
    return "INDEXED BY antom_payments_by_status";
  }
  if (amount !== undefined && currency !== undefined) return "INDEXED BY antom_payments_by_money";
  if (amount !== undefined) return "INDEXED BY antom_payments_by_amount";
  if (currency !== undefined) return "INDEXED BY antom_payments_by_currency";
  return "INDEXED BY antom_payments_by_time";
};
