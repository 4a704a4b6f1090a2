/**
 * All the payment code of this shop. A shop of your own imports the kit by its name:
 *
 *     import { createAntom } from "express-antom";
 *     import { sqliteStorage } from "express-antom/storage/sqlite";
 *
 * and takes the keys from its own configuration; its gateway is "asia", "europe" or "north-america".
 */

import { createAntom, EVENTS } from "../lib/index.js";
import type { Antom, Hook, Logger, Order, PaymentEvent, PaymentView, RecurringType } from "../lib/index.js";
import { sqliteStorage } from "../lib/storage/sqlite.js";
import { signedIn, type ShopBuyer } from "./shop/buyers.js";
import type { Inbox } from "./shop/inbox.js";
import type { Orders, ShopOrder } from "./shop/orders.js";
import { staffOf } from "./shop/staff.js";
import { readSwitches } from "./shop/switches.js";

export interface PaymentParts {
  /** Where buyers reach the shop. */
  readonly shopUrl: string;
  readonly clientId: string;
  readonly privateKey: string;
  readonly antomPublicKey: string;
  readonly gateway: string;
  readonly secret: string;
  readonly cardKey: string;
  /** The SQLite file that payments and stored cards are kept in. */
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
    // This shop has a card form of its own. The card reaches the kit, which sends it on and forgets it; the code below never sees it.
    pciQualified: true,
    buyer: (req) => signedIn(req).id,
    // Who may use the back office: here everybody who got past `requireStaff`, and they may move money too.
    authorize: (req) => {
      const name = staffOf(req);
      return name !== undefined && { may: "manage", name };
    },
    // As the contract with Antom says: without these a payment is captured once and in full.
    contract: { partialCapture: true, multipleCaptures: true },
    order: (req) => {
      const { orderId, ...fields } = fieldsOf(req.body);
      const order = orders.get(orderId);
      return order && { ...toBePaid(order, signedIn(req)), ...readSwitches(fields) };
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

/** What the shop charges while the buyer is elsewhere. */
export interface Charge {
  readonly order: ShopOrder;
  readonly buyer: ShopBuyer;
  /** One of the buyer's stored cards. */
  readonly cardId: string;
  readonly recurringType: RecurringType;
}

/** Charges a stored card with nobody there: the next month of a subscription, say. */
export const chargeCard = (antom: Antom, { order, buyer, cardId, recurringType }: Charge): Promise<PaymentView> =>
  antom.payments.charge({ ...toBePaid(order, buyer), cardId, buyerId: buyer.id, recurringType });

/** What Antom is told of an order. Every amount comes from the shop's own record. */
const toBePaid = ({ id, amount, lines }: ShopOrder, { id: buyerId, firstName, lastName, email }: ShopBuyer): Order => ({
  orderId: id,
  description: lines.map(({ name, quantity }) => `${quantity} ${name}`).join(", "),
  amount,
  settlementCurrency: "EUR",
  buyer: { referenceBuyerId: buyerId, buyerName: { firstName, lastName }, buyerEmail: email },
  goods: lines.map(({ sku, name, quantity, unit }) => ({
    referenceGoodsId: sku,
    goodsName: name,
    goodsUnitAmount: { currency: amount.currency, value: unit },
    goodsQuantity: String(quantity),
    deliveryMethodType: "PHYSICAL",
  })),
});

const fieldsOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === "object" && body !== null ? { ...body } : {};
