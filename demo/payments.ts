/**
 * All the payment code of this shop. A shop of your own imports the kit by its name:
 *
 *     import { createAntom } from "express-antom";
 *     import { sqliteStorage } from "express-antom/storage/sqlite";
 *
 * and takes the keys from its own configuration; its gateway is "asia", "europe" or "north-america".
 */

import { AntomError, createAntom, EVENTS } from "../lib/index.js";
import type { Antom, CaptureMode, Hook, Logger, Order, PaymentEvent } from "../lib/index.js";
import { sqliteStorage } from "../lib/storage/sqlite.js";
import type { Inbox } from "./shop/inbox.js";
import type { Orders, ShopOrder } from "./shop/orders.js";

export interface PaymentParts {
  /** Where buyers reach the shop. */
  readonly shopUrl: string;
  readonly clientId: string;
  readonly privateKey: string;
  readonly antomPublicKey: string;
  readonly gateway: string;
  readonly secret: string;
  /** The SQLite file that payments are kept in. */
  readonly file: string;
  readonly orders: Orders;
  readonly inbox: Inbox;
  readonly logger: Logger;
}

/** The kit, to be mounted at /payments. */
export function createPayments({ orders, inbox, file, ...parts }: PaymentParts): Antom {
  // An event may come more than once: the inbox notes it together with its effect, and a repeat has none.
  const once =
    (effect?: (event: PaymentEvent) => void): Hook =>
    (event, { attempt }) => {
      inbox.receive(event, attempt, effect);
    };

  return createAntom({
    ...parts,
    publicUrl: `${parts.shopUrl}/payments`,
    storage: sqliteStorage(file),
    order: (req) => {
      const { orderId, capture } = fieldsOf(req.body);
      const order = orders.get(orderId);
      return order && toBePaid(order, captureMode(capture));
    },
    hooks: {
      // The demo listens to every event, to show them all. A shop names those that it acts upon.
      ...Object.fromEntries(Object.keys(EVENTS).map((type) => [type, once()])),
      "payment.authorized": once(orders.reserve),
      "payment.captured": once(orders.ship),
      "payment.failed": once(orders.release),
      "payment.voided": once(orders.release),
      "payment.expired": once(orders.release),
    },
    // Once it is known how a payment came out, the order's own page says so; until then the kit's page waits with the buyer.
    resultPage: (outcome, { orderId }) => (outcome === "pending" ? undefined : `/orders/${orderId}`),
  });
}

/** What Antom is told of an order. Every amount comes from the shop's own record. */
const toBePaid = ({ id, amount, lines }: ShopOrder, capture: CaptureMode): Order => ({
  orderId: id,
  description: lines.map(({ name, quantity }) => `${quantity} ${name}`).join(", "),
  amount,
  capture,
  settlementCurrency: "EUR",
  buyer: {
    referenceBuyerId: "guest",
    buyerName: { firstName: "Robin", lastName: "Marsh" },
    buyerEmail: "robin.marsh@example.com",
  },
  goods: lines.map(({ sku, name, quantity, unit }) => ({
    referenceGoodsId: sku,
    goodsName: name,
    goodsUnitAmount: { currency: amount.currency, value: unit },
    goodsQuantity: String(quantity),
    deliveryMethodType: "PHYSICAL",
  })),
});

/** A buyer of this demo may choose, so that both can be tried; in a shop of your own this is the shop's decision. */
function captureMode(value: unknown): CaptureMode {
  if (value === undefined) return "AUTOMATIC";
  if (value === "AUTOMATIC" || value === "MANUAL") return value;
  throw new AntomError("request_invalid", "capture must be AUTOMATIC or MANUAL", {
    problems: [{ at: "/capture", message: "must be AUTOMATIC or MANUAL" }],
  });
}

const fieldsOf = (body: unknown): { readonly orderId?: unknown; readonly capture?: unknown } =>
  typeof body === "object" && body !== null ? body : {};
