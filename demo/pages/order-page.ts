import type { PaymentView } from "../../lib/index.js";
import { amountText } from "../shop/currency.js";
import type { ReceivedHook } from "../shop/inbox.js";
import type { OrderStatus, ShopOrder } from "../shop/orders.js";
import { html, type Html } from "./html.js";
import { layout } from "./layout.js";
import { MOODS } from "./pictures.js";
import { isPending, standingOf, type Standing } from "./standing.js";
import { timeOf } from "./time.js";

export interface OrderPageParts {
  readonly shopUrl: string;
  readonly simulatorUrl: string;
  readonly order: ShopOrder;
  readonly payment: PaymentView | undefined;
  readonly events: readonly ReceivedHook[];
}

/** An order: what is bought, the pay button, and what became of it. */
export function orderPage({ shopUrl, simulatorUrl, order, payment, events }: OrderPageParts): string {
  const standing = standingOf(order, payment);
  const pending = isPending(order, payment);
  return layout({
    title: standing.title,
    here: "order",
    simulatorUrl,
    head: html`<script src="/payments/checkout.js" defer></script>
      <script src="/assets/live.js" defer></script>
      ${pending && html`<noscript><meta http-equiv="refresh" content="5" /></noscript>`}`,
    main: html`<div id="standing" class="standing" role="status" data-live>
        ${pending && html`<span data-refresh hidden></span>`}
        <div class="mood ${standing.mood}">${MOODS[standing.mood]}</div>
        <div>
          <h1>${standing.title}</h1>
          <p class="lead">${standing.text}</p>
        </div>
      </div>
      <div class="halves">
        <section class="card" aria-labelledby="bought">
          <h2 id="bought">What you ordered</h2>
          ${receipt(order)}
          <div id="steps" data-live>${steps(order.status)}</div>
        </section>
        <section class="card" aria-label="Payment">
          <div id="payment" data-live>
            ${standing.pay && payForm(order, payment, standing.pay)} ${payment && facts(payment)}
          </div>
        </section>
      </div>
      <section class="card" aria-labelledby="told">
        <h2 id="told">What the shop was told</h2>
        <div id="events" data-live>${timeline(events)}</div>
        <p class="quiet as-json">
          The same as JSON: <code>curl -H 'Accept: application/json' ${shopUrl}/orders/${order.id}</code>
        </p>
      </section>`,
  });
}

const receipt = ({ id, lines, amount }: ShopOrder): Html => {
  const priced = (value: bigint) => amountText({ currency: amount.currency, value: value.toString() });
  return html`<table class="receipt">
    <caption>
      Order
      <code>${id}</code>
    </caption>
    <thead class="unseen">
      <tr>
        <th scope="col">Quantity</th>
        <th scope="col">What</th>
        <th scope="col">Price</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        ({ name, quantity, unit }) =>
          html`<tr>
            <td>${quantity} &times;</td>
            <th scope="row">${name}</th>
            <td>${priced(BigInt(unit) * BigInt(quantity))}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" colspan="2">Total</th>
        <td>${amountText(amount)}</td>
      </tr>
    </tfoot>
  </table>`;
};

/** Where the order's own record stands: the hooks move it. */
const steps = (status: OrderStatus): Html => {
  const way: readonly OrderStatus[] = status === "released" ? ["open", "released"] : ["open", "reserved", "paid"];
  const reached = way.indexOf(status);
  return html`<ol class="steps" aria-label="The order's status">
    ${way.map(
      (step, index) =>
        html`<li ${index <= reached && html`class="reached"`} ${step === status && html`aria-current="step"`}>
          ${step}
        </li>`,
    )}
  </ol>`;
};

/** All it takes in the page: a form that names the order. The kit's script does the rest; without script it works as well. */
const payForm = (order: ShopOrder, payment: PaymentView | undefined, pay: NonNullable<Standing["pay"]>): Html => {
  const isGoingOn = payment?.status === "created" || payment?.status === "requires_action";
  return html`<form method="post" action="/payments/checkout" data-antom-checkout class="pay">
    <input type="hidden" name="orderId" value="${order.id}" />
    <button class="button" type="submit">${pay}</button>
    ${!isGoingOn && captureChoice}
  </form>`;
};

const captureChoice = html`<details>
  <summary>For developers</summary>
  <fieldset>
    <legend>When the money is taken</legend>
    <label><input type="radio" name="capture" value="AUTOMATIC" checked /> As soon as it is authorized</label>
    <label><input type="radio" name="capture" value="MANUAL" /> When the shop captures it</label>
  </fieldset>
</details>`;

const facts = (payment: PaymentView): Html => {
  const { id, status, amount, captureMode, authorizedAmount, capturedAmount, refundedAmount, conflicts } = payment;
  const money = (value: string) => amountText({ currency: amount.currency, value });
  const fact = (name: string, value: Html | string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<h2>Payment</h2>
    <dl class="facts">
      ${fact("Status", html`<span class="tag">${status}</span>`)}
      ${payment.failureCode !== undefined && fact("Antom's reason", html`<code>${payment.failureCode}</code>`)}
      ${fact("Authorized", money(authorizedAmount))} ${fact("Captured", money(capturedAmount))}
      ${refundedAmount !== "0" && fact("Refunded", money(refundedAmount))}
      ${fact("Capture", captureMode === "AUTOMATIC" ? "automatic" : "by the shop")}
      ${fact("Last change", timeOf(payment.updatedAt))} ${fact("Payment", html`<code>${id}</code>`)}
    </dl>
    ${conflicts.map(({ code }) => html`<p class="note bad">Somebody should look at this payment: <code>${code}</code></p>`)}`;
};

const timeline = (events: readonly ReceivedHook[]): Html =>
  events.length === 0
    ? html`<p class="quiet">Nothing yet. Once the payment begins, every hook of this order is shown here.</p>`
    : html`<ol class="timeline">
        ${events.map(
          ({ type, receivedAt, attempt }) =>
            html`<li>
              ${timeOf(receivedAt)} <code>${type}</code>
              ${attempt > 1 && html`<span class="quiet">at attempt ${attempt}</span>`}
            </li>`,
        )}
      </ol>`;
