import type { DeliveryCounts, HeldMoney, OverviewRange } from "../overview.js";
import type { AlikePayments } from "../tally.js";
import type { Connection } from "./connection.js";
import { integer, text, textOrNull } from "./row.js";

/**
 * Sums may go beyond what a driver hands over exactly, and beyond what SQLite adds up: so the digits above and below the ninth
 * are added up apart.
 */
const SPLIT = 1_000_000_000;

const sums = (column: string): string =>
  `sum(${column} / ${SPLIT}) AS ${column}_high, sum(${column} % ${SPLIT}) AS ${column}_low`;

const sumIn = (row: unknown, column: string): bigint =>
  BigInt(integer(row, `${column}_high`)) * BigInt(SPLIT) + BigInt(integer(row, `${column}_low`));

/** Everything it reads is in the index, in the order it is wanted in. */
const OF_DAY = `
SELECT currency, status, failure_code, succeeded, count(*) AS payments, ${sums("captured")}, ${sums("refunded")}
FROM antom_payments INDEXED BY antom_payments_by_day
WHERE day = ? AND created_at >= ? AND created_at < ?
GROUP BY currency, status, failure_code, succeeded`;

const HELD = `
SELECT currency, count(*) AS payments, ${sums("authorized")}
FROM antom_payments INDEXED BY antom_payments_held WHERE status = 'authorized' GROUP BY currency ORDER BY currency`;

const TRIED = `
SELECT count(*) AS tasks FROM antom_tasks INDEXED BY antom_tasks_by_kind
WHERE kind = 'deliver' AND state = 'waiting' AND attempts >= ?`;
const DEAD =
  "SELECT count(*) AS tasks FROM antom_tasks INDEXED BY antom_tasks_by_kind WHERE kind = 'deliver' AND state = 'dead'";

/** The payments that were opened on a day and in the range, alike ones together. */
export const paymentsOfDay = (connection: Connection, day: number, { from, to }: OverviewRange): AlikePayments[] =>
  connection
    .all(OF_DAY, day, from, to)
    .map((row) => ({
      day,
      currency: text(row, "currency"),
      status: text(row, "status"),
      failureCode: textOrNull(row, "failure_code"),
      isAuthorized: integer(row, "succeeded") === 1,
      count: integer(row, "payments"),
      captured: sumIn(row, "captured"),
      refunded: sumIn(row, "refunded"),
    }));

export const heldMoney = (connection: Connection): HeldMoney[] =>
  connection
    .all(HELD)
    .map((row) => ({
      currency: text(row, "currency"),
      count: integer(row, "payments"),
      sum: sumIn(row, "authorized").toString(),
    }));

export const deliveryCounts = (connection: Connection): DeliveryCounts => ({
  waiting: integer(connection.get(TRIED, 0), "tasks"),
  failing: integer(connection.get(TRIED, 1), "tasks"),
  dead: integer(connection.get(DEAD), "tasks"),
});
