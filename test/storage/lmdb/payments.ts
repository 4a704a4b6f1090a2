import { ATTENTIONS, AntomError, attentionOf, isPaid, restsSince } from "../../../lib/index.js";
import type { JournalEntry, ListQuery, Payment, Storage } from "../../../lib/index.js";
import { check, checkLimit, firstOf, pageOf, placeIn } from "./page.js";
import { down, textKey, up } from "./table.js";
import { nextNumber, type PaymentRow, type Steps, type Tables } from "./tables.js";
import { isBusy, putTasks, removeTasksOf } from "./tasks.js";

type Opened = Pick<PaymentRow, "number" | "isLive" | "payment">;

const put = (tables: Tables, { number, isLive, payment }: Opened, entries: readonly JournalEntry[]): void => {
  const columns = { isPaid: isPaid(payment), restsSince: restsSince(payment) };
  tables.payments.put(payment.id, { number, isLive, ...columns, payment });
  for (const entry of entries) tables.journal.putSync([number, nextNumber(tables)], entry);
};

/** The payments of an order, newest first. */
const ofOrder = ({ payments }: Tables, orderId: string): PaymentRow[] => [
  ...payments.by("order", down([textKey(orderId)])),
];

type Name = "open" | "commit" | "get" | "find" | "findByOrder" | "list" | "journal" | "prune";

export const payments: Steps<Storage, Name> = {
  open(tables, { payment, isLive, entry, tasks }) {
    const live = ofOrder(tables, payment.orderId).find((row) => row.isLive);
    if (live !== undefined) return { payment: live.payment, isNew: false };
    if (tables.payments.get(payment.id) !== undefined) {
      throw new AntomError("storage_unavailable", `There already is a payment ${payment.id}.`);
    }
    put(tables, { number: nextNumber(tables), isLive, payment }, [entry]);
    putTasks(tables, payment.id, tasks);
    return { payment, isNew: true };
  },

  commit(tables, { payment, isLive, expectedVersion, entries, tasks }) {
    const row = tables.payments.get(payment.id);
    if (row?.payment.version !== expectedVersion) return "stale";
    const isOther = (other: PaymentRow): boolean => other.isLive && other.number !== row.number;
    if (isLive && ofOrder(tables, payment.orderId).some(isOther)) return "occupied";
    put(tables, { number: row.number, isLive, payment }, entries);
    putTasks(tables, payment.id, tasks);
    return "committed";
  },

  get: (tables, id) => tables.payments.get(id)?.payment,
  find: (tables, { paymentId }) => [...tables.payments.by("antomId", down([textKey(paymentId)]))][0]?.payment,
  findByOrder: (tables, orderId) => ofOrder(tables, orderId).map(({ payment }) => payment),

  journal(tables, id) {
    const row = tables.payments.get(id);
    return row === undefined ? [] : [...tables.journal.getRange(up(row.number))].map(({ value }) => value);
  },

  list(tables, query) {
    const { limit, after, amount = "0", attention = "conflict", from = 0, to = Infinity } = query;
    checkLimit(limit);
    check(/^(?:0|[1-9]\d{0,15})$/.test(amount), "amount", "Give a whole number of minor units.");
    check(ATTENTIONS.includes(attention), "attention", `Give one of ${ATTENTIONS.join(", ")}.`);
    const rows = tables.payments.by("time", down([], after === undefined ? [to] : placeIn(after, 2), [from]));
    const found = firstOf(rows, limit + 1, ({ payment }) => matches(payment, query));
    const placeOf = ({ payment, number }: PaymentRow): number[] => [payment.createdAt, number];
    return pageOf(found, limit, placeOf, ({ payment }) => payment);
  },

  prune(tables, { unpaidBefore, paidBefore, limit }) {
    checkLimit(limit);
    const resting = (paid: boolean, before: number): PaymentRow[] => {
      const rows = tables.payments.by("rest", { start: [paid], end: [paid, before] });
      return firstOf(rows, limit, ({ payment }) => !isBusy(tables, payment.id));
    };
    const going = [...resting(false, unpaidBefore), ...resting(true, paidBefore)]
      .sort((a, b) => (a.restsSince ?? 0) - (b.restsSince ?? 0))
      .slice(0, limit);
    for (const { payment, number } of going) {
      for (const entry of [...tables.journal.getKeys(up(number))]) tables.journal.removeSync(entry);
      removeTasksOf(tables, payment.id);
      tables.payments.remove(payment.id);
    }
    return going.length;
  },
};

const matches = (payment: Payment, query: ListQuery): boolean => {
  const { id, paymentId, orderId, buyer, amount } = payment;
  const wishes = [query.status, query.conflict, query.orderId, query.buyer, query.amount, query.currency];
  const there = [payment.status, payment.conflicts.length > 0, orderId, buyer, amount.value, amount.currency];
  return (
    wishes.every((wish, nth) => wish === undefined || wish === there[nth]) &&
    (query.attention === undefined || attentionOf(payment).includes(query.attention)) &&
    (query.search === undefined || [id, paymentId, orderId, buyer].includes(query.search))
  );
};
