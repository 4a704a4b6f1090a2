import type { Payment } from "../../payment/payment.js";
import { boundedLimit, pageOf, readCursor } from "../page.js";
import type { ListQuery, Page } from "../storage.js";
import type { Connection } from "./connection.js";
import type { SqliteValue } from "./driver.js";
import { parsePayment } from "./payments.js";
import { integer, text } from "./row.js";

/** A page of payments, newest first. One that was stored later comes before another of the same millisecond. */
export const listPayments = (connection: Connection, query: ListQuery): Page<Payment> => {
  const limit = boundedLimit(query.limit);
  const [createdAt, number] = startOf(query);
  // One bound above and one below, so that SQLite reads just the piece of the index that is asked for.
  const conditions = ["(created_at, number) < (?, ?)", "created_at >= ?"];
  const values: SqliteValue[] = [createdAt, number, query.from ?? 0];
  if (query.orderId !== undefined) {
    conditions.push("order_id = ?");
    values.push(query.orderId);
  }
  if (query.status !== undefined) {
    conditions.push("status = ?");
    values.push(query.status);
  }
  // Written out, because the index of payments in conflict serves only a condition that is.
  if (query.conflict !== undefined) conditions.push(`conflict = ${query.conflict ? "1" : "0"}`);
  const rows = connection.all(
    `SELECT number, created_at, data FROM antom_payments ${indexFor(query)}
    WHERE ${conditions.join(" AND ")} ORDER BY created_at DESC, number DESC LIMIT ?`,
    ...values,
    limit + 1,
  );
  return pageOf(
    rows,
    limit,
    (row) => parsePayment(text(row, "data")),
    (row) => [integer(row, "created_at"), integer(row, "number")],
  );
};

/** The sort key below which the page begins: where the page before ended, or the end of the time asked for. */
const startOf = (query: ListQuery): readonly [number, number] => {
  const to = query.to ?? Number.MAX_SAFE_INTEGER;
  const [createdAt, number] = readCursor(query.after, 2) ?? [];
  return createdAt === undefined || number === undefined || createdAt >= to ? [to, 0] : [createdAt, number];
};

/** Named, so that the choice does not hang on SQLite's estimates: the one that leaves least to look through. */
const indexFor = (query: ListQuery): string => {
  if (query.orderId !== undefined) return "INDEXED BY antom_payments_by_order";
  if (query.conflict === true) return "INDEXED BY antom_payments_in_conflict";
  if (query.status !== undefined) return "INDEXED BY antom_payments_by_status";
  return "INDEXED BY antom_payments_by_time";
};
