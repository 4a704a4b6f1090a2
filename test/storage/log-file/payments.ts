import { ATTENTIONS, AntomError, attentionOf, isPaid, restsSince } from "../../../lib/index.js";
import type {
  Change,
  CommitOutcome,
  JournalEntry,
  ListQuery,
  Opening,
  Page,
  Payment,
  PruneRequest,
} from "../../../lib/index.js";
import type { LogFile } from "./log-file.js";
import { checkLimit, checkQuery, pageOf } from "./page.js";
import type { Tasks } from "./tasks.js";

interface PaymentRow {
  /** The order in which payments were opened. */
  readonly number: number;
  readonly isLive: boolean;
  /** How many entries its journal has. */
  readonly entries: number;
  readonly payment: Payment;
}

export class Payments {
  readonly #file: LogFile;
  readonly #tasks: Tasks;

  constructor(file: LogFile, tasks: Tasks) {
    this.#file = file;
    this.#tasks = tasks;
  }

  get #rows() {
    return this.#file.table<PaymentRow>("payments");
  }

  get #journal() {
    return this.#file.table<JournalEntry>("journal");
  }

  open({ payment, isLive, entry, tasks }: Opening): { payment: Payment; isNew: boolean } {
    return this.#file.transaction(() => {
      const live = this.#rows.all().find((row) => row.isLive && row.payment.orderId === payment.orderId);
      if (live !== undefined) return { payment: live.payment, isNew: false };
      if (this.#rows.get(payment.id) !== undefined) {
        throw new AntomError("storage_unavailable", `There already is a payment ${payment.id}.`);
      }
      // Not how many rows there are: a number that was given is never given again, also when its payment is gone.
      const counters = this.#file.table<{ readonly payments: number }>("counters of payments");
      const number = (counters.get("all")?.payments ?? 0) + 1;
      counters.put("all", { payments: number });
      this.#put({ number, isLive, entries: 0, payment }, [entry]);
      this.#tasks.put(payment.id, tasks);
      return { payment: structuredClone(payment), isNew: true };
    });
  }

  has(id: string): boolean {
    return this.#rows.get(id) !== undefined;
  }

  commit({ payment, isLive, expectedVersion, entries, tasks }: Change): CommitOutcome {
    return this.#file.transaction(() => {
      const row = this.#rows.get(payment.id);
      if (row?.payment.version !== expectedVersion) return "stale";
      const isOther = (other: PaymentRow): boolean =>
        other.isLive && other.payment.orderId === payment.orderId && other.payment.id !== payment.id;
      if (isLive && this.#rows.all().some(isOther)) return "occupied";
      this.#put({ ...row, isLive, payment }, entries);
      this.#tasks.put(payment.id, tasks);
      return "committed";
    });
  }

  #put(row: PaymentRow, entries: readonly JournalEntry[]): void {
    for (const [nth, entry] of entries.entries()) this.#journal.put(`${row.number}-${row.entries + nth}`, entry);
    this.#rows.put(row.payment.id, { ...row, entries: row.entries + entries.length });
  }

  prune({ unpaidBefore, paidBefore, limit }: PruneRequest): number {
    checkLimit(limit);
    return this.#file.transaction(() => {
      const busy = this.#tasks.busy();
      const going = this.#rows
        .all()
        .map((row) => ({ ...row, since: restsSince(row.payment) ?? Infinity }))
        .filter(({ payment, since }) => since < (isPaid(payment) ? paidBefore : unpaidBefore))
        .filter(({ payment }) => !busy.has(payment.id))
        .sort((a, b) => a.since - b.since)
        .slice(0, limit);
      for (const { payment, number, entries } of going) {
        for (let nth = 0; nth < entries; nth++) this.#journal.remove(`${number}-${nth}`);
        this.#tasks.removeOf(payment.id);
        this.#rows.remove(payment.id);
      }
      return going.length;
    });
  }

  get(id: string): Payment | undefined {
    return this.#rows.get(id)?.payment;
  }

  all(): Payment[] {
    return this.#rows.all().map(({ payment }) => payment);
  }

  /** Those for which something holds, newest first. */
  newest(holds: (payment: Payment) => boolean): Payment[] {
    return this.#rows
      .all()
      .filter(({ payment }) => holds(payment))
      .sort((a, b) => b.payment.createdAt - a.payment.createdAt || b.number - a.number)
      .map(({ payment }) => payment);
  }

  journal(id: string): JournalEntry[] {
    const { number = 0, entries = 0 } = this.#rows.get(id) ?? {};
    return Array.from({ length: entries }, (_unused, nth) => this.#journal.get(`${number}-${nth}`) ?? []).flat();
  }

  list(query: ListQuery): Page<Payment> {
    const { amount = "0", attention = "conflict" } = query;
    checkQuery(/^(?:0|[1-9]\d{0,15})$/.test(amount), "amount", "Give a whole number of minor units.");
    checkQuery(ATTENTIONS.includes(attention), "attention", `Give one of ${ATTENTIONS.join(", ")}.`);
    return pageOf(
      this.#rows.all().filter(({ payment }) => matches(payment, query)),
      query,
      ({ payment, number }) => [payment.createdAt, number],
      ({ payment }) => payment,
    );
  }
}

const matches = (payment: Payment, query: ListQuery): boolean => {
  const { id, paymentId, orderId, buyer, amount, createdAt } = payment;
  const asked: readonly (readonly [unknown, unknown])[] = [
    [query.status, payment.status],
    [query.conflict, payment.conflicts.length > 0],
    [query.orderId, orderId],
    [query.buyer, buyer],
    [query.amount, amount.value],
    [query.currency, amount.currency],
  ];
  return (
    asked.every(([wish, there]) => wish === undefined || wish === there) &&
    (query.attention === undefined || attentionOf(payment).includes(query.attention)) &&
    (query.search === undefined || [id, paymentId, orderId, buyer].includes(query.search)) &&
    createdAt >= (query.from ?? -Infinity) &&
    createdAt < (query.to ?? Infinity)
  );
};
