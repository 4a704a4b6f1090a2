import type { Payment } from "../../payment/payment.js";
import type { Opening } from "../storage.js";
import { AGAIN, type Work } from "./batch.js";
import { CHANGING, changingValues, FIXED, fixedValues, type Value } from "./columns.js";
import type { Run, Statement } from "./database.js";
import { type Entries, entriesOf, entrySql, newToken } from "./journal-rows.js";
import { isMisplaced, isUnique } from "./errors.js";
import { checkIds } from "../ids.js";
import { misplaced } from "../task-words.js";
import type { Names } from "./names.js";
import { type Puts, putsOf, putSql } from "./task-rows.js";
import { parsePayment } from "./read.js";
import { integer, isNull, text } from "./row.js";
import { Values } from "./values.js";
import { IS_WRITTEN_SAFELY } from "./write-settings.js";

const INSERTED = [...Object.keys(FIXED), ...Object.keys(CHANGING)];

/** An `open`, with everything that needs no database done beforehand. */
export interface OpenRequest extends Entries {
  readonly id: string;
  readonly orderId: string;
  readonly payment: Payment;
  readonly values: readonly Value[];
  readonly puts: Puts;
}

export const openRequest = ({ payment, isLive, entry, tasks }: Opening): OpenRequest => {
  const { id, orderId, buyer } = payment;
  checkIds("payment", { id, orderId, ...(buyer === undefined ? {} : { buyer }) });
  return {
    id,
    orderId,
    payment,
    values: [...fixedValues(payment), ...changingValues(payment, isLive, newToken(), JSON.stringify(payment))],
    entries: entriesOf([entry]),
    puts: putsOf(id, tasks),
  };
};

/** The index of live payments keeps a second one out, also while the first is not to be seen yet. */
const openStatement = (names: Names, requests: readonly OpenRequest[]): Statement => {
  const values = new Values();
  const types = [...Object.values(FIXED), ...Object.values(CHANGING)];
  const rows = values.rows(
    types,
    requests.map((request) => request.values),
  );
  const parts = [
    `opening AS MATERIALIZED (
  SELECT o.*, l.data AS live_data FROM ${rows} WITH ORDINALITY AS o(${INSERTED.join(", ")}, nth)
  LEFT JOIN ${names.payments} l ON l.order_id = o.order_id AND l.live WHERE ${IS_WRITTEN_SAFELY}
)`,
    `opened AS (
  INSERT INTO ${names.payments} (${INSERTED.join(", ")})
  SELECT ${INSERTED.map((column) => `o.${column}`).join(", ")} FROM opening o WHERE o.live_data IS NULL ORDER BY o.nth
  ON CONFLICT (order_id) WHERE live DO NOTHING RETURNING id, number
)`,
    "made AS (SELECT o.nth - 1 AS nth, d.number FROM opened d JOIN opening o ON o.id = d.id)",
    entrySql(names, values, requests),
    ...putSql(
      names,
      values,
      requests.map(({ puts }) => puts),
    ),
  ];
  return {
    text: `WITH ${parts.join(",\n")}
SELECT o.nth - 1 AS nth, m.number, o.live_data FROM opening o LEFT JOIN made m ON m.nth = o.nth - 1`,
    values: values.list,
  };
};

export interface Opened {
  readonly payment: Payment;
  readonly isNew: boolean;
}

export const openWork = (names: Names): Work<OpenRequest, Opened> => ({
  keysOf: ({ id, orderId }) => [`id ${id}`, `order ${orderId}`],
  run: async ({ run, isInDoubt }, requests) => {
    const rows = await run(openStatement(names, requests)).catch(async (error: unknown) => {
      const [request] = requests;
      if (request === undefined || requests.length > 1) throw error;
      if (isMisplaced(error)) throw misplaced(request.puts.puts.map(([id]) => id).join(", "));
      if (!isUnique(error, "payments_id")) throw error;
      // The first try has come about, of a payment that is not live.
      if (isInDoubt && (await isOurs(run, names, request))) return [];
      // Opened by another in the very same moment, most likely: the next statement sees it, and whether it is live.
      return run(openStatement(names, requests));
    });
    if (rows.length === 0) return requests.map(({ payment }) => ({ payment, isNew: true }));
    const byNth = new Map(rows.map((row) => [integer(row, "nth"), row]));
    return requests.map((request, nth) => {
      const row = byNth.get(nth);
      if (row === undefined) return AGAIN;
      if (!isNull(row, "number")) return { payment: request.payment, isNew: true };
      // Another one has come alive since the statement began, and is seen by the next.
      if (isNull(row, "live_data")) return AGAIN;
      const payment = parsePayment(text(row, "live_data"));
      return isInDoubt && payment.id === request.id
        ? { payment: request.payment, isNew: true }
        : { payment, isNew: false };
    });
  },
});

/** Whether the payment of that id was opened by this request: then its first journal entry is this one. */
const isOurs = async (run: Run, names: Names, request: OpenRequest): Promise<boolean> => {
  const [entry] = request.entries;
  const sql = `SELECT 1 FROM ${names.payments} p JOIN ${names.journal} j ON j.payment = p.number
    WHERE p.id = $1 AND p.order_id = $2 AND j.version = $3 AND j.data = $4`;
  const rows = await run({ text: sql, values: [request.id, request.orderId, entry?.[0], entry?.[2]] });
  return rows.length > 0;
};
