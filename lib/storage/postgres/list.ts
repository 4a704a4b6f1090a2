import type { Payment } from "../../payment/payment.js";
import { boundedLimit, pageOf, readCursor } from "../page.js";
import { checkQuery } from "../query.js";
import type { ListQuery, Page } from "../storage.js";
import { columnOf } from "./columns.js";
import type { Database } from "./database.js";
import { isFit } from "../ids.js";
import type { Names } from "./names.js";
import { parsePayment } from "./read.js";
import { integer, text } from "./row.js";
import { Values } from "./values.js";

const NEWEST = "ORDER BY created_at DESC, number DESC LIMIT";

/** A page of payments, newest first. One that was stored later comes before another of the same millisecond. */
export const listPayments = async (database: Database, names: Names, query: ListQuery): Promise<Page<Payment>> => {
  const limit = boundedLimit(query.limit);
  checkQuery(query);
  const values = new Values();
  const where = [within(query, values), ...conditionsOf(query, values)].join(" AND ");
  const most = values.add(limit + 1);
  const sql =
    query.search === undefined
      ? `SELECT number, created_at, data FROM ${names.payments} WHERE ${where} ${NEWEST} ${most}`
      : searchSql(names, where, values.add(query.search), most);
  return pageOf(
    isAnyPossible(query) ? await database.askForMuch({ text: sql, values: values.list }) : [],
    limit,
    (row) => parsePayment(text(row, "data")),
    (row) => [integer(row, "created_at"), integer(row, "number")],
  );
};

/** A read of the index of each of a payment's four names. One payment may bear several. */
const searchSql = ({ payments }: Names, where: string, search: string, most: string): string => {
  const reads = ["id", "payment_id", "order_id", "buyer"].map(
    (name) => `(SELECT number FROM ${payments} WHERE ${name} = ${search} AND ${where} ${NEWEST} ${most})`,
  );
  return `WITH found AS MATERIALIZED (${reads.join(" UNION ")})
SELECT p.number, p.created_at, p.data FROM found f JOIN ${payments} p ON p.number = f.number
ORDER BY p.created_at DESC, p.number DESC LIMIT ${most}`;
};

/** One bound above and one below, so that just the piece of the index is read that is asked for. */
const within = (query: ListQuery, values: Values): string => {
  const to = query.to ?? Number.MAX_SAFE_INTEGER;
  const [createdAt, number] = readCursor(query.after, 2) ?? [];
  const isPast = createdAt === undefined || number === undefined || createdAt >= to;
  const [before, numbered] = isPast ? [to, 0] : [createdAt, number];
  return `(created_at, number) < (${values.add(before)}::bigint, ${values.add(numbered)}::bigint) AND created_at >= ${values.add(query.from ?? 0)}`;
};

const conditionsOf = (query: ListQuery, values: Values): string[] => {
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
      value === undefined ? [] : [`${column} = ${values.add(value)}`],
    ),
    // Written out, because the indexes of few payments serve only a condition that is.
    ...(conflict === undefined ? [] : [conflict ? "conflict" : "NOT conflict"]),
    ...(attention === undefined ? [] : [columnOf(attention)]),
  ];
};

/** No payment is stored with an id that the server cannot keep. */
const isAnyPossible = ({ orderId, buyer, search, currency }: ListQuery): boolean =>
  [orderId, buyer, search, currency].every((id) => id === undefined || isFit(id));
