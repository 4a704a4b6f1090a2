import { attentionOf } from "../../payment/attention.js";
import type { Payment } from "../../payment/payment.js";
import { html, type HtmlValue, type SafeHtml } from "../html.js";
import { cardText } from "./card-text.js";
import { dataTable } from "./data-table.js";
import type { Filters } from "./filters-form.js";
import { moneyText } from "./money-text.js";
import { timeOf } from "./time-text.js";
import { ATTENTION_WORDS, badge, standingBadges } from "./words.js";

export interface PaymentsTable {
  readonly payments: readonly Payment[];
  /** By which they were looked for; the next page keeps them. */
  readonly filters: Filters;
  /** Where the next page begins. */
  readonly next: string | undefined;
  readonly root: string;
}

/** The payments that were found, with the way to older ones and to all of them as CSV. */
export function paymentsTable({ payments, filters, next, root }: PaymentsTable): SafeHtml {
  const { after, ...lasting } = filters;
  const query = (more: Filters): string => new URLSearchParams({ ...lasting, ...more }).toString();
  const isFiltered = Object.keys(lasting).length > 0;
  return html`<section aria-label="Payments">
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
          ? "No payment is like that. Orders, ids and buyers are looked for exactly as they are written."
          : "There is no payment yet.",
      })}
      <nav class="pages" aria-label="Pages">
        ${after !== undefined && html`<a class="second button" href="${root}?${query({})}">Newest</a>`}
        ${next !== undefined && html`<a class="second button" href="${root}?${query({ after: next })}">Older</a>`}
      </nav>
    </section>
    <p>
      <a href="${root}payments.csv?${query({})}">Download ${isFiltered ? "these" : "all"} as CSV</a>, for bookkeeping
    </p>`;
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
