import { ATTENTIONS } from "../../payment/attention.js";
import { PAYMENT_STATUSES } from "../../payment/payment.js";
import { html, type SafeHtml } from "../html.js";
import { ATTENTION_WORDS, statusWord } from "./words.js";

/** The fields of the list's address, as they were typed. */
export type Filters = Readonly<Record<string, string>>;

/** Those that stand behind "More filters"; where one is used they are shown. */
const MORE = ["status", "total", "from", "through", "attention", "buyer", "orderId"];

/** One box for what staff have in hand, and filters for the rest. */
export const filtersForm = (filters: Filters, root: string): SafeHtml =>
  html`<form method="get" action="${root}" role="search" class="card">
    <label for="search">Order, payment id, Antom's id or buyer</label>
    <div class="search">
      <input
        id="search"
        name="search"
        type="search"
        value="${filters["search"]}"
        maxlength="128"
        autocomplete="off"
        spellcheck="false"
      />
      <button>Search</button>
    </div>
    ${
      MORE.some((name) => filters[name] !== undefined)
        ? html`<details open>${more(filters, root)}</details>`
        : html`<details>${more(filters, root)}</details>`
    }
  </form>`;

const more = (filters: Filters, root: string): SafeHtml =>
  html`<summary>More filters</summary>
    <div class="filters">
      ${choice(
        "status",
        "Status",
        filters,
        PAYMENT_STATUSES.map((status) => [status, statusWord(status)]),
      )}
      ${choice(
        "attention",
        "Needs a person",
        filters,
        ATTENTIONS.map((attention) => [attention, ATTENTION_WORDS[attention][0]]),
      )}
      <div>
        <label for="total">Amount, with its currency</label>
        <input
          id="total"
          name="total"
          value="${filters["total"]}"
          placeholder="EUR 19.99"
          maxlength="32"
          autocomplete="off"
        />
      </div>
      <div>
        <label for="from">Opened from (UTC)</label>
        <input id="from" name="from" type="date" value="${filters["from"]}" />
      </div>
      <div>
        <label for="through">Opened up to and on (UTC)</label>
        <input id="through" name="through" type="date" value="${filters["through"]}" />
      </div>
      ${(["buyer", "orderId"] as const).map(
        (name) =>
          filters[name] !== undefined &&
          html`<div>
            <label for="${name}">${name === "buyer" ? "Buyer" : "Order"}</label>
            <input id="${name}" name="${name}" value="${filters[name]}" maxlength="128" autocomplete="off" />
          </div>`,
      )}
    </div>
    <div class="buttons"><button>Show</button><a class="second button" href="${root}">Show all</a></div>`;

const choice = (
  name: string,
  label: string,
  filters: Filters,
  choices: readonly (readonly [value: string, words: string])[],
): SafeHtml =>
  html`<div>
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      <option value="">any</option>
      ${choices.map(([value, words]) =>
        value === filters[name]
          ? html`<option value="${value}" selected>${words}</option>`
          : html`<option value="${value}">${words}</option>`,
      )}
    </select>
  </div>`;
