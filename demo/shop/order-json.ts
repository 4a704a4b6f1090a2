import type { PaymentView } from "../../lib/index.js";
import type { ReceivedHook } from "./inbox.js";
import type { ShopOrder } from "./orders.js";

/** An order as `GET /orders/:orderId` tells it; `payment` is the latest one of the order. Times are epoch milliseconds. */
export const orderJson = (order: ShopOrder, payment: PaymentView | undefined, events: readonly ReceivedHook[]) => ({
  orderId: order.id,
  status: order.status,
  amount: order.amount,
  items: order.lines,
  placedAt: order.placedAt,
  payment: payment === undefined ? null : paymentJson(payment),
  events: events.map(({ number: _number, orderId: _orderId, isRepeat: _isRepeat, ...event }) => event),
});

/** All that the kit tells of a payment, but for where its buyer has to go: that is the buyer's own. */
const paymentJson = ({ action: _action, ...payment }: PaymentView) => payment;
