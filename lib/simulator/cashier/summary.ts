import { html, type Html } from "../http/html.js";
import { money } from "../http/money.js";
import type { Payment } from "../state/payment.js";

/** What is paid for, above every page of the cashier. */
export const summary = ({ amount, orderDescription, referenceOrderId }: Payment): Html =>
  html` <header class="summary">
    <p class="amount">${money(amount)}</p>
    <p>${orderDescription}</p>
    <p class="quiet">Order ${referenceOrderId}</p>
  </header>`;

/** The way out: back to the shop, leaving the payment as it is. */
export const wayBack = (payment: Payment, text: string): Html =>
  html`<a class="button plain" href="${payment.redirectUrl}" rel="noreferrer">${text}</a>`;
