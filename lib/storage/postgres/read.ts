import type { JournalEntry } from "../../payment/journal.js";
import type { Payment } from "../../payment/payment.js";
import type { Work } from "./batch.js";
import type { Database } from "./database.js";
import { isFit } from "../ids.js";
import type { Names } from "./names.js";
import { text } from "./row.js";

/** What the kit wrote itself needs no checking on the way back. */
export const parsePayment = (json: string): Payment => JSON.parse(json) as Payment;

const paymentIn = (row: unknown): Payment => parsePayment(text(row, "data"));

/** Payments by id, as many at once as are asked for. */
export const getWork = ({ payments }: Names): Work<string, Payment | undefined> => ({
  keysOf: () => [],
  run: async ({ run }, ids) => {
    const asked = [...new Set(ids)].filter(isFit);
    const rows = await run({ text: `SELECT id, data FROM ${payments} WHERE id = ANY ($1)`, values: [asked] });
    const found = new Map(rows.map((row) => [text(row, "id"), row]));
    return ids.map((id) => {
      const row = found.get(id);
      return row === undefined ? undefined : paymentIn(row);
    });
  },
});

export const findPayment = async (
  database: Database,
  { payments }: Names,
  paymentId: string,
): Promise<Payment | undefined> => {
  const sql = `SELECT data FROM ${payments} WHERE payment_id = $1 ORDER BY created_at DESC, number DESC LIMIT 1`;
  const rows = isFit(paymentId) ? await database.read(sql, paymentId) : [];
  return rows.map(paymentIn)[0];
};

export const paymentsOfOrder = async (database: Database, { payments }: Names, orderId: string): Promise<Payment[]> => {
  const sql = `SELECT data FROM ${payments} WHERE order_id = $1 ORDER BY created_at DESC, number DESC`;
  return isFit(orderId) ? (await database.read(sql, orderId)).map(paymentIn) : [];
};

export const journalOf = async (
  database: Database,
  { payments, journal }: Names,
  id: string,
): Promise<JournalEntry[]> => {
  const sql = `SELECT data FROM ${journal} WHERE payment = (SELECT number FROM ${payments} WHERE id = $1)
    ORDER BY version, position`;
  const rows = isFit(id) ? await database.read(sql, id) : [];
  return rows.map((row) => JSON.parse(text(row, "data")) as JournalEntry);
};
