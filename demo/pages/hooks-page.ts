import type { ReceivedHook } from "../shop/inbox.js";
import { html, type Html } from "./html.js";
import { layout } from "./layout.js";
import { timeOf } from "./time.js";
import type { Visit } from "./visit.js";

export interface HooksPageParts {
  readonly shopUrl: string;
  readonly visit: Visit;
  readonly hooks: readonly ReceivedHook[];
  readonly total: number;
  /** Where the older ones are. */
  readonly next: string | null;
  readonly isFirst: boolean;
}

/** Every hook the shop received, newest first. */
export const hooksPage = ({ shopUrl, visit, hooks, total, next, isFirst }: HooksPageParts): string =>
  layout({
    title: "Hooks received",
    here: "hooks",
    visit,
    head: isFirst ? html`<script src="/assets/live.js" defer></script>` : undefined,
    main: html`<section class="top">
        <h1>Hooks received</h1>
        <p class="lead">
          Every call of one of the shop's functions by the kit, newest first. Each event comes at least once; one that
          comes again changes nothing.
        </p>
      </section>
      <div id="hooks" data-live>
        ${isFirst && html`<span data-refresh hidden></span>`} ${hooks.length === 0 ? nothingYet : table(hooks)}
        <nav class="pages" aria-label="Pages">
          ${!isFirst && html`<a href="/hooks">Newest</a>`} ${next !== null && html`<a href="${next}">Older</a>`}
          <span class="quiet">${total === 1 ? "1 call" : html`${total} calls`} in all</span>
        </nav>
      </div>
      <p class="quiet as-json">The same as JSON: <code>curl -H 'Accept: application/json' ${shopUrl}/hooks</code></p>`,
  });

const nothingYet = html`<p class="card">
  None so far. <a href="/">Order something</a>, pay it, and look again: this page keeps itself up to date.
</p>`;

const table = (hooks: readonly ReceivedHook[]): Html =>
  html`<table class="hooks card">
    <thead>
      <tr>
        <th scope="col">Time</th>
        <th scope="col">Event</th>
        <th scope="col">Order</th>
        <th scope="col">Payment</th>
        <th scope="col">Attempt</th>
      </tr>
    </thead>
    <tbody>
      ${hooks.map(
        ({ type, orderId, paymentId, attempt, receivedAt, isRepeat }) =>
          html`<tr>
            <td>${timeOf(receivedAt)}</td>
            <th scope="row"><code>${type}</code></th>
            <td data-name="Order"><a href="/orders/${orderId}">${shortened(orderId)}</a></td>
            <td data-name="Payment"><code title="${paymentId}">${shortened(paymentId)}</code></td>
            <td data-name="Attempt">${attempt} ${isRepeat && html`<span class="tag">repeat</span>`}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const shortened = (id: string): string => (id.length > 16 ? `\u2026${id.slice(-8)}` : id);
