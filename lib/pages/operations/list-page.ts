import { attentionOf } from "../../payment/attention.js";
import type { Payment } from "../../payment/payment.js";
import { html, type HtmlValue } from "../html.js";
import { cardText } from "./card-text.js";
import { dataTable } from "./data-table.js";
import { filtersForm, type Filters } from "./filters-form.js";
import { renderFrame, type Seat } from "./frame.js";
import { moneyText } from "./money-text.js";
import { needsSection, type Need } from "./needs-section.js";
import { timeOf } from "./time-text.js";
import { ATTENTION_WORDS, badge, standingBadges } from "./words.js";

export interface ListPage extends Seat {
  readonly filters: Filters;
  readonly needs: readonly Need[];
  readonly payments: readonly Payment[];
  /** Where the next page begins. */
  readonly next?: string | undefined;
  /** What is wrong with the filters, where nothing could be looked for. */
  readonly problem?: string | undefined;
}

/** The payments, newest first, and above them what needs a person. */
export function listPage({ filters, needs, payments, next, problem, ...seat }: ListPage): string {
  const { root } = seat;
  const { after, ...lasting } = filters;
  const query = (more: Filters): string => new URLSearchParams({ ...lasting, ...more }).toString();
  const isFiltered = Object.keys(lasting).length > 0;
  return renderFrame({
    ...seat,
    title: "Payments",
    here: "payments",
    body: html`
      <h1>Payments</h1>
      ${needsSection(needs)} ${filtersForm(lasting, root)}
      ${problem !== undefined && html`<div class="notice bad" role="alert"><p>${problem}</p></div>`}
      <section aria-label="Payments">
        ${dataTable({
          caption: isFiltered ? "Those that were asked for, newest first" : "All of them, newest first",
          columns: [
            { name: "Opened" },
            { name: "Order" },
            { name: "Buyer" },
            { name: "Card" },
            { name: "Status" },
            { name: "Amount", isFigure: true },
            { name: "Captured", isFigure: true },
            { name: "Refunded", isFigure: true },
          ],
          rows: payments.map((payment) => cells(payment, root)),
          empty: isFiltered
            ? "No payment is like that. Ids are looked for as a whole, exactly as they are written."
            : "There is no payment yet.",
        })}
        <nav class="pages" aria-label="Pages">
          ${after !== undefined && html`<a class="second button" href="${root}?${query({})}">Newest</a>`}
          ${next !== undefined && html`<a class="second button" href="${root}?${query({ after: next })}">Older</a>`}
        </nav>
      </section>
      <p>
        <a href="${root}payments.csv?${query({})}">Download ${isFiltered ? "these" : "all"} as CSV</a>, for bookkeeping
      </p>
    `,
  });
}

function cells(payment: Payment, root: string): HtmlValue[] {
  const { id, orderId, buyer, amount, capturedAmount, refundedAmount, createdAt } = payment;
  const money = (value: string): HtmlValue => (value === "0" ? "" : moneyText(value, amount.currency));
  return [
    timeOf(createdAt),
    html`<a href="${root}${id}">${orderId}</a>`,
    buyer ?? "",
    cardText(payment) ?? "",
    html`${standingBadges(payment)}
    ${attentionOf(payment).map((attention) => badge(ATTENTION_WORDS[attention][0], "bad"))}`,
    moneyText(amount.value, amount.currency),
    money(capturedAmount),
    money(refundedAmount),
  ];
}
