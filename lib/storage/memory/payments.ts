import type { JournalEntry } from "../../payment/journal.js";
import type { Payment } from "../../payment/payment.js";
import { boundedLimit, pageOf, readCursor } from "../page.js";
import type { ListQuery, Page } from "../storage.js";

interface Row {
  /** The order in which payments were stored. */
  readonly number: number;
  readonly id: string;
  readonly orderId: string;
  readonly createdAt: number;
  json: string;
  version: number;
  isLive: boolean;
  status: Payment["status"];
  paymentId: string | undefined;
  isInConflict: boolean;
  readonly journal: string[];
}

/** The payments of `memoryStorage`, with their journals. */
export class MemoryPayments {
  readonly #rows = new Map<string, Row>();
  readonly #live = new Map<string, Row>();
  readonly #ofOrder = new Map<string, Row[]>();

  /** The live payment of an order. */
  live(orderId: string): Payment | undefined {
    return paymentIn(this.#live.get(orderId));
  }

  version(id: string): number | undefined {
    return this.#rows.get(id)?.version;
  }

  /** Whether a payment of the order other than this one is live. */
  isOccupied(payment: Payment): boolean {
    const live = this.#live.get(payment.orderId);
    return live !== undefined && live.id !== payment.id;
  }

  /** Stores a payment, given as an object and as the JSON that is kept, with the JSON of its journal entries. */
  put(payment: Payment, json: string, isLive: boolean, entries: readonly string[]): void {
    const row = this.#rows.get(payment.id) ?? this.#add(payment);
    row.json = json;
    row.version = payment.version;
    row.isLive = isLive;
    row.status = payment.status;
    row.paymentId = payment.paymentId;
    row.isInConflict = payment.conflicts.length > 0;
    row.journal.push(...entries);
    if (isLive) this.#live.set(row.orderId, row);
    else if (this.#live.get(row.orderId) === row) this.#live.delete(row.orderId);
  }

  #add(payment: Payment): Row {
    const { id, orderId, createdAt } = payment;
    const row: Row = {
      number: this.#rows.size + 1,
      id,
      orderId,
      createdAt,
      json: "",
      version: 0,
      isLive: false,
      status: payment.status,
      paymentId: undefined,
      isInConflict: false,
      journal: [],
    };
    this.#rows.set(id, row);
    this.#ofOrder.set(orderId, [...(this.#ofOrder.get(orderId) ?? []), row]);
    return row;
  }

  get(id: string): Payment | undefined {
    return paymentIn(this.#rows.get(id));
  }

  find(paymentId: string): Payment | undefined {
    return paymentIn([...this.#rows.values()].findLast((row) => row.paymentId === paymentId));
  }

  ofOrder(orderId: string): Payment[] {
    return (this.#ofOrder.get(orderId) ?? []).toSorted(newestFirst).map(parse);
  }

  list(query: ListQuery): Page<Payment> {
    const limit = boundedLimit(query.limit);
    const [createdAt = Number.MAX_SAFE_INTEGER, number = 0] = readCursor(query.after, 2) ?? [];
    const rows = [...this.#rows.values()]
      .filter((row) => matches(row, query))
      .filter((row) => row.createdAt < createdAt || (row.createdAt === createdAt && row.number < number))
      .sort(newestFirst);
    return pageOf(rows, limit, parse, (row) => [row.createdAt, row.number]);
  }

  journal(id: string): JournalEntry[] {
    return (this.#rows.get(id)?.journal ?? []).map((json) => JSON.parse(json) as JournalEntry);
  }
}

const parse = (row: Row): Payment => JSON.parse(row.json) as Payment;

const paymentIn = (row: Row | undefined): Payment | undefined => (row === undefined ? undefined : parse(row));

const newestFirst = (a: Row, b: Row): number => b.createdAt - a.createdAt || b.number - a.number;

const matches = (row: Row, { status, conflict, orderId, from, to }: ListQuery): boolean =>
  (status === undefined || row.status === status) &&
  (conflict === undefined || row.isInConflict === conflict) &&
  (orderId === undefined || row.orderId === orderId) &&
  (from === undefined || row.createdAt >= from) &&
  (to === undefined || row.createdAt < to);
