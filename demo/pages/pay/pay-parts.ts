import type { PaymentView, StoredCardView } from "../../../lib/index.js";
import type { TestCard } from "../../../lib/simulator.js";
import { amountText } from "../../shop/currency.js";
import type { ShopOrder } from "../../shop/orders.js";
import type { Plan } from "../../shop/plans.js";
import { html, type Html } from "../html.js";

/** What the ways to pay an order are made of. */
export interface PayParts {
  readonly order: ShopOrder;
  /** The order's latest payment. */
  readonly payment: PaymentView | undefined;
  /** The signed-in buyer's, newest first. */
  readonly cards: readonly StoredCardView[];
  readonly plans: readonly Plan[];
  /** The test card the card form is to be filled in with. */
  readonly tried: TestCard | undefined;
}

export type Method = PaymentView["method"];

/** Whether the buyer has begun to pay this way, and can go on. */
export const isBegun = ({ payment }: PayParts, method: Method): boolean =>
  payment?.method === method &&
  payment.recurringType === undefined &&
  (payment.status === "created" || payment.status === "requires_action");

/** A form that pays the order one way. All it takes is its names; the kit's script does the rest, and without script it works as well. */
export const payForm = (parts: PayParts, method: Method, fields: Html): Html =>
  html`<form method="post" action="/payments/checkout" data-antom-checkout class="pay">
    <input type="hidden" name="orderId" value="${parts.order.id}" />
    <input type="hidden" name="method" value="${method}" />
    ${fields}
  </form>`;

/** The button, and before it the places for what went wrong: the buyer's words, and the reason for whoever tries the kit. */
export const payButton = (parts: PayParts, method: Method): Html => {
  const total = amountText(parts.order.amount);
  const goesOn = isBegun(parts, method) && method !== "card";
  return html`<div data-antom-message></div>
    <p class="quiet" data-reason></p>
    <button class="button" type="submit">${goesOn ? `Go on and pay ${total}` : `Pay ${total}`}</button>`;
};

/** Where the bank, or Antom, waits for the buyer of a payment that has begun; undefined where there is no plain link to it. */
export const waitingAt = ({ payment }: PayParts): string | undefined =>
  payment?.action?.method === "GET" ? payment.action.url : undefined;
