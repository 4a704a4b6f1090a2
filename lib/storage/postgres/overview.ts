import type { DeliveryCounts, HeldMoney, Overview, OverviewRange } from "../overview.js";
import { type AlikePayments, byLetters, DAY, daysIn, talliedByDay } from "../tally.js";
import type { Database } from "./database.js";
import type { Names } from "./names.js";
import { integer, isTrue, text, textOrNull } from "./row.js";

/** Sums of bigint are numeric, which has no end. */
const daySql = ({ payments }: Names): string => `
SELECT currency, status, failure_code, succeeded, count(*) AS payments,
  sum(captured)::text AS captured, sum(refunded)::text AS refunded
FROM ${payments} WHERE created_at >= $1 AND created_at < $2
GROUP BY currency, status, failure_code, succeeded`;

const heldSql = ({ payments }: Names): string => `
SELECT currency, count(*) AS payments, sum(authorized)::text AS authorized
FROM ${payments} WHERE status = 'authorized' GROUP BY currency`;

const deliveriesSql = ({ tasks }: Names): string => `
SELECT (SELECT count(*) FROM ${tasks} WHERE kind = 'deliver' AND state = 'waiting' AND attempts >= 0) AS waiting,
  (SELECT count(*) FROM ${tasks} WHERE kind = 'deliver' AND state = 'waiting' AND attempts >= 1) AS failing,
  (SELECT count(*) FROM ${tasks} WHERE kind = 'deliver' AND state = 'dead') AS dead`;

export const overviewOf = async (database: Database, names: Names, range: OverviewRange): Promise<Overview> => {
  const alike: AlikePayments[] = [];
  // A day at a time, so that no connection is kept for long.
  for (const day of daysIn(range)) {
    const from = Math.max(range.from, day * DAY);
    const to = Math.min(range.to, (day + 1) * DAY);
    alike.push(
      ...(await database.askForMuch({ text: daySql(names), values: [from, to] })).map((row) => alikePayments(row, day)),
    );
  }
  const held = await database.askForMuch({ text: heldSql(names), values: [] });
  const [deliveries] = await database.askForMuch({ text: deliveriesSql(names), values: [] });
  return {
    days: talliedByDay(alike),
    held: held.map(heldMoney).sort((a, b) => byLetters(a.currency, b.currency)),
    waiting: counts(deliveries),
  };
};

const alikePayments = (row: unknown, day: number): AlikePayments => ({
  day,
  currency: text(row, "currency"),
  status: text(row, "status"),
  failureCode: textOrNull(row, "failure_code"),
  isAuthorized: isTrue(row, "succeeded"),
  count: integer(row, "payments"),
  captured: BigInt(text(row, "captured")),
  refunded: BigInt(text(row, "refunded")),
});

const heldMoney = (row: unknown): HeldMoney => ({
  currency: text(row, "currency"),
  count: integer(row, "payments"),
  sum: text(row, "authorized"),
});

const counts = (row: unknown): DeliveryCounts => ({
  waiting: integer(row, "waiting"),
  failing: integer(row, "failing"),
  dead: integer(row, "dead"),
});
