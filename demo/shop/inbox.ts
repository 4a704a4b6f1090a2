import type { PaymentEvent } from "../../lib/index.js";
import { number, text, type ShopDatabase } from "./database.js";

/** One call of a hook, as the shop noted it. */
export interface ReceivedHook {
  /** Counts the calls the shop received, from 1. */
  readonly number: number;
  /** The event's id: the same each time the event is delivered. */
  readonly id: string;
  readonly type: string;
  readonly orderId: string;
  readonly paymentId: string;
  /** Counts the payment's events, from 1. */
  readonly sequence: number;
  /** 1 the first time the event was delivered, then 2, 3, and so on. */
  readonly attempt: number;
  /** Epoch milliseconds of what the event tells of. */
  readonly at: number;
  /** Epoch milliseconds of the call. */
  readonly receivedAt: number;
  /** Whether the shop had dealt with the event before, so that this call changed nothing. */
  readonly isRepeat: boolean;
}

/** Every hook the shop received. */
export interface Inbox {
  /** Notes a call and, unless the event was dealt with before, has its effect: both or neither, whenever the power goes. */
  receive(event: PaymentEvent, attempt: number, effect?: (event: PaymentEvent) => void): void;
  /** The events of an order in the order in which they came, each once; at most the first 200. */
  ofOrder(orderId: string): ReceivedHook[];
  /** Calls before that one, newest first; without `before` the newest of all. */
  page(query: { readonly before?: number | undefined; readonly limit: number }): ReceivedHook[];
  /** How many calls there were. */
  count(): number;
}

export function createInbox(database: ShopDatabase): Inbox {
  const selectEvent = database.prepare("SELECT 1 AS known FROM hooks WHERE event = ? LIMIT 1");
  const insert = database.prepare(
    `INSERT INTO hooks (event, type, order_id, payment, sequence, attempt, happened_at, received_at, is_repeat)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectOfOrder = database.prepare(
    "SELECT * FROM hooks WHERE order_id = ? AND is_repeat = 0 ORDER BY number LIMIT 200",
  );
  const selectPage = database.prepare("SELECT * FROM hooks WHERE number < ? ORDER BY number DESC LIMIT ?");
  const selectCount = database.prepare("SELECT count(*) AS count FROM hooks");

  const receive = database.transaction(
    (event: PaymentEvent, attempt: number, effect?: (event: PaymentEvent) => void) => {
      const { id, type, sequence, at, payment } = event;
      const isRepeat = selectEvent.get(id) !== undefined;
      insert.run(id, type, payment.orderId, payment.id, sequence, attempt, at, Date.now(), isRepeat ? 1 : 0);
      if (!isRepeat) effect?.(event);
    },
  );

  return {
    receive(event, attempt, effect) {
      receive.immediate(event, attempt, effect);
    },
    ofOrder: (orderId) => selectOfOrder.all(orderId).map(hookOf),
    page: ({ before = Number.MAX_SAFE_INTEGER, limit }) => selectPage.all(before, limit).map(hookOf),
    count: () => number(selectCount.get(), "count"),
  };
}

const hookOf = (row: unknown): ReceivedHook => ({
  number: number(row, "number"),
  id: text(row, "event"),
  type: text(row, "type"),
  orderId: text(row, "order_id"),
  paymentId: text(row, "payment"),
  sequence: number(row, "sequence"),
  attempt: number(row, "attempt"),
  at: number(row, "happened_at"),
  receivedAt: number(row, "received_at"),
  isRepeat: number(row, "is_repeat") === 1,
});
