import { randomBytes } from "node:crypto";
import type { Amount, PaymentEvent } from "../../lib/index.js";
import type { Basket } from "./basket.js";
import { number, text, type ShopDatabase } from "./database.js";

const ORDER_STATUSES = ["open", "reserved", "paid", "released"] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** One thing bought, at the price it had then. */
export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** What one costs, in minor units of the order's currency. */
  readonly unit: string;
}

export interface ShopOrder {
  readonly id: string;
  readonly status: OrderStatus;
  readonly amount: Amount;
  readonly lines: readonly OrderLine[];
  /** Epoch milliseconds. */
  readonly placedAt: number;
}

/** The shop's orders, and what payment events do to them. */
export interface Orders {
  place(basket: Basket): ShopOrder;
  get(id: unknown): ShopOrder | undefined;
  /** The money is held: what was ordered is put aside. */
  readonly reserve: (event: PaymentEvent) => void;
  /** All the money was taken: what was ordered goes out. */
  readonly ship: (event: PaymentEvent) => void;
  /** There will be no money from this payment: what was put aside for it is free again. */
  readonly release: (event: PaymentEvent) => void;
}

export function createOrders(database: ShopDatabase): Orders {
  const insertOrder = database.prepare(
    "INSERT INTO orders (id, status, currency, value, placed_at) VALUES (?, 'open', ?, ?, ?)",
  );
  const insertLine = database.prepare(
    "INSERT INTO order_lines (order_id, position, sku, name, quantity, unit) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const selectOrder = database.prepare("SELECT * FROM orders WHERE id = ?");
  const selectLines = database.prepare("SELECT * FROM order_lines WHERE order_id = ? ORDER BY position");
  const reserve = database.prepare(
    "UPDATE orders SET status = 'reserved', payment = ? WHERE id = ? AND status IN ('open', 'released')",
  );
  const ship = database.prepare("UPDATE orders SET status = 'paid', payment = ? WHERE id = ?");
  // A payment that was given up says so late, perhaps: what another payment of the order has reserved stays reserved.
  const release = database.prepare(
    `UPDATE orders SET status = 'released', payment = NULL
     WHERE id = ? AND (status = 'open' OR (status = 'reserved' AND payment = ?))`,
  );

  const insert = database.transaction((order: ShopOrder) => {
    insertOrder.run(order.id, order.amount.currency, order.amount.value, order.placedAt);
    order.lines.forEach((line, position) => {
      insertLine.run(order.id, position, line.sku, line.name, line.quantity, line.unit);
    });
  });

  return {
    place({ currency, items }) {
      const lines = items.map(({ product: { sku, name, price }, quantity }) => ({
        sku,
        name,
        quantity,
        unit: price[currency],
      }));
      const total = lines.reduce((sum, { unit, quantity }) => sum + BigInt(unit) * BigInt(quantity), 0n);
      const order: ShopOrder = {
        // Whoever knows the id sees the order, so it cannot be guessed.
        id: `order-${randomBytes(10).toString("hex")}`,
        status: "open",
        amount: { currency, value: total.toString() },
        lines,
        placedAt: Date.now(),
      };
      insert.immediate(order);
      return order;
    },

    get(id) {
      if (typeof id !== "string") return undefined;
      const row = selectOrder.get(id);
      if (row === undefined) return undefined;
      const lines = selectLines
        .all(id)
        .map((line) => ({
          sku: text(line, "sku"),
          name: text(line, "name"),
          quantity: number(line, "quantity"),
          unit: text(line, "unit"),
        }));
      return {
        id,
        status: statusOf(text(row, "status")),
        amount: { currency: text(row, "currency"), value: text(row, "value") },
        lines,
        placedAt: number(row, "placed_at"),
      };
    },

    reserve({ payment }) {
      reserve.run(payment.id, payment.orderId);
    },
    ship({ payment }) {
      // Of several partial captures only the last one completes the order.
      if (BigInt(payment.capturedAmount) >= BigInt(payment.amount.value)) ship.run(payment.id, payment.orderId);
    },
    release({ payment }) {
      release.run(payment.orderId, payment.id);
    },
  };
}

function statusOf(value: string): OrderStatus {
  const status = ORDER_STATUSES.find((known) => known === value);
  if (status === undefined) throw new TypeError(`The shop's database holds no order status "${value}".`);
  return status;
}
