import type { PaymentView } from "../../lib/index.js";
import { amountText } from "../shop/currency.js";
import type { ReceivedHook } from "../shop/inbox.js";
import type { OrderStatus, ShopOrder } from "../shop/orders.js";
import { cameBack } from "./came-back.js";
import { html, type Html } from "./html.js";
import { layout } from "./layout.js";
import type { PayParts } from "./pay/pay-parts.js";
import { waysToPay } from "./pay/ways-to-pay.js";
import { MOODS } from "./pictures.js";
import { isPending, standingOf } from "./standing.js";
import { timeOf } from "./time.js";
import type { Visit } from "./visit.js";

export interface OrderPageParts {
  readonly shopUrl: string;
  readonly visit: Visit;
  readonly order: ShopOrder;
  readonly payment: PaymentView | undefined;
  /** What the buyer can pay with; of no use once the order is paid. */
  readonly ways: Omit<PayParts, "order" | "payment">;
  readonly events: readonly ReceivedHook[];
}

/** An order: what is bought, the pay button, and what became of it. */
export function orderPage({ shopUrl, visit, order, payment, ways, events }: OrderPageParts): string {
  const standing = standingOf(order, payment);
  const pending = isPending(order, payment);
  return layout({
    title: standing.title,
    here: "order",
    visit,
    head: html`<script src="/assets/live.js" defer></script>
      <script src="/payments/checkout.js" defer></script>
      <script src="/assets/card-form.js" defer></script>
      ${
        // Without script the page is loaded anew, but not while a form of it may be filled in.
        pending && !standing.canPay && html`<noscript><meta http-equiv="refresh" content="5" /></noscript>`
      }`,
    main: html`<div id="standing" class="standing" role="status" data-live>
        ${pending && html`<span data-refresh hidden></span>`}
        <div class="mood ${standing.mood}">${MOODS[standing.mood]}</div>
        <div>
          <h1>${standing.title}</h1>
          <p class="lead">${standing.text}</p>
          ${standing.helps !== undefined && standing.helps.length > 0 && helpList(standing.helps)}
        </div>
      </div>
      <div class="halves">
        <section class="card bought" aria-labelledby="bought">
          <h2 id="bought">What you ordered</h2>
          ${receipt(order)}
          <div id="steps" data-live>${steps(order.status)}</div>
        </section>
        <div class="paying">
          <div id="pay" data-live>
            ${
              standing.canPay &&
              html`<section class="card" aria-label="Payment">${waysToPay({ ...ways, order, payment })}</section>`
            }
          </div>
          <div id="payment" data-live>
            ${payment && html`<section class="card" aria-labelledby="came-back">${cameBack(payment)}</section>`}
          </div>
        </div>
        <section class="card told" aria-labelledby="told">
          <h2 id="told">What the shop was told</h2>
          <div id="events" data-live>${timeline(events)}</div>
          <p class="quiet as-json">
            The same as JSON: <code>curl -H 'Accept: application/json' ${shopUrl}/orders/${order.id}</code>
          </p>
        </section>
      </div>`,
  });
}

const helpList = (helps: readonly string[]): Html =>
  html`<ul class="helps" aria-label="What can help">
    ${helps.map((help) => html`<li>${help}</li>`)}
  </ul>`;

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
