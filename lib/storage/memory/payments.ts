import { sum, units } from "../../payment/amount.js";
import { isPaid, restsSince } from "../../payment/at-rest.js";
import { attentionOf } from "../../payment/attention.js";
import type { JournalEntry } from "../../payment/journal.js";
import type { Payment } from "../../payment/payment.js";
import { checkRange } from "../overview.js";
import { boundedLimit, pageOf, readCursor } from "../page.js";
import { checkQuery } from "../query.js";
import type { HeldMoney, ListQuery, OverviewDay, OverviewRange, Page, PruneRequest } from "../storage.js";
import { byLetters, dayOf, talliedByDay } from "../tally.js";

interface Row {
  /** The order in which payments were stored. */
  readonly number: number;
  /** What is handed out is parsed from this, each time anew. */
  json: string;
  /** The same, to look at; nobody else has it. */
  stored: Payment;
  readonly journal: string[];
}

/** The payments of `memoryStorage`, with their journals. */
export class MemoryPayments {
  readonly #rows = new Map<string, Row>();
  readonly #live = new Map<string, Row>();
  readonly #ofOrder = new Map<string, Row[]>();
  #count = 0;

  /** The live payment of an order. */
  live(orderId: string): Payment | undefined {
    return paymentIn(this.#live.get(orderId));
  }

  version(id: string): number | undefined {
    return this.#rows.get(id)?.stored.version;
  }

  /** Whether a payment of the order other than this one is live. */
  isOccupied(payment: Payment): boolean {
    const live = this.#live.get(payment.orderId);
    return live !== undefined && live.stored.id !== payment.id;
  }

  /** Stores a payment, given as the JSON that is kept, with the JSON of its journal entries. */
  put(json: string, isLive: boolean, entries: readonly string[]): void {
    const stored = JSON.parse(json) as Payment;
    const { id, orderId } = stored;
    const row = this.#rows.get(id) ?? this.#add(stored);
    row.json = json;
    row.stored = stored;
    row.journal.push(...entries);
    if (isLive) this.#live.set(orderId, row);
    else if (this.#live.get(orderId) === row) this.#live.delete(orderId);
  }

  #add(stored: Payment): Row {
    const { id, orderId } = stored;
    const row: Row = { number: ++this.#count, json: "", stored, journal: [] };
    this.#rows.set(id, row);
    this.#ofOrder.set(orderId, [...(this.#ofOrder.get(orderId) ?? []), row]);
    return row;
  }

  /** Those that may go, the one that rests longest first. */
  prunable({ unpaidBefore, paidBefore, limit }: PruneRequest, isBusy: (id: string) => boolean): string[] {
    return [...this.#rows.values()]
      .flatMap((row) => {
        const since = restsSince(row.stored);
        const before = isPaid(row.stored) ? paidBefore : unpaidBefore;
        return since !== undefined && since < before && !isBusy(row.stored.id) ? [{ row, since }] : [];
      })
      .sort((a, b) => a.since - b.since || a.row.number - b.row.number)
      .slice(0, limit)
      .map(({ row }) => row.stored.id);
  }

  remove(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const { orderId } = row.stored;
    this.#rows.delete(id);
    if (this.#live.get(orderId) === row) this.#live.delete(orderId);
    const others = (this.#ofOrder.get(orderId) ?? []).filter((other) => other !== row);
    if (others.length === 0) this.#ofOrder.delete(orderId);
    else this.#ofOrder.set(orderId, others);
  }

  get(id: string): Payment | undefined {
    return paymentIn(this.#rows.get(id));
  }

  find(paymentId: string): Payment | undefined {
    const told = [...this.#rows.values()].filter(({ stored }) => stored.paymentId === paymentId);
    return paymentIn(told.toSorted(newestFirst)[0]);
  }

  ofOrder(orderId: string): Payment[] {
    return (this.#ofOrder.get(orderId) ?? []).toSorted(newestFirst).map(parse);
  }

  list(query: ListQuery): Page<Payment> {
    const limit = boundedLimit(query.limit);
    checkQuery(query);
    const [createdAt = Number.MAX_SAFE_INTEGER, number = 0] = readCursor(query.after, 2) ?? [];
    const rows = [...this.#rows.values()]
      .filter(({ stored }) => matches(stored, query))
      .filter((row) => row.stored.createdAt < createdAt || (row.stored.createdAt === createdAt && row.number < number))
      .sort(newestFirst);
    return pageOf(rows, limit, parse, (row) => [row.stored.createdAt, row.number]);
  }

  days(range: OverviewRange): OverviewDay[] {
    checkRange(range);
    const alike = [...this.#rows.values()]
      .filter(({ stored }) => stored.createdAt >= range.from && stored.createdAt < range.to)
      .map(({ stored }) => ({
        day: dayOf(stored.createdAt),
        currency: stored.amount.currency,
        status: stored.status,
        failureCode: stored.failureCode ?? null,
        isAuthorized: stored.evidence.succeeded === true,
        count: 1,
        captured: units(stored.capturedAmount),
        refunded: units(stored.refundedAmount),
      }));
    return talliedByDay(alike);
  }

  held(): HeldMoney[] {
    const values = new Map<string, string[]>();
    for (const { stored } of this.#rows.values()) {
      const { currency } = stored.amount;
      if (stored.status === "authorized") {
        values.set(currency, [...(values.get(currency) ?? []), stored.authorizedAmount]);
      }
    }
    return [...values]
      .map(([currency, each]) => ({ currency, count: each.length, sum: sum(each) }))
      .sort((a, b) => byLetters(a.currency, b.currency));
  }

  journal(id: string): JournalEntry[] {
    return (this.#rows.get(id)?.journal ?? []).map((json) => JSON.parse(json) as JournalEntry);
  }
}

const parse = (row: Row): Payment => JSON.parse(row.json) as Payment;

const paymentIn = (row: Row | undefined): Payment | undefined => (row === undefined ? undefined : parse(row));

const newestFirst = (a: Row, b: Row): number => b.stored.createdAt - a.stored.createdAt || b.number - a.number;

/** Whether what is asked for is left out, or what is there. */
const meets = (asked: unknown, there: unknown): boolean => asked === undefined || asked === there;

const matches = (payment: Payment, query: ListQuery): boolean =>
  meets(query.status, payment.status) &&
  meets(query.conflict, payment.conflicts.length > 0) &&
  meets(query.orderId, payment.orderId) &&
  meets(query.buyer, payment.buyer) &&
  meets(query.amount, payment.amount.value) &&
  meets(query.currency, payment.amount.currency) &&
  (query.attention === undefined || attentionOf(payment).includes(query.attention)) &&
  (query.search === undefined ||
    [payment.id, payment.paymentId, payment.orderId, payment.buyer].includes(query.search)) &&
  (query.from === undefined || payment.createdAt >= query.from) &&
  (query.to === undefined || payment.createdAt < query.to);
