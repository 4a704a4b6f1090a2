import { amountText, CURRENCIES, CURRENCY_CODES, isCurrency, type Currency } from "../shop/currency.js";
import { MENU, type Product, type Sku } from "../shop/menu.js";
import type { ShopProblem } from "../shop/problem.js";
import { html, type Html } from "./html.js";
import { layout } from "./layout.js";
import { HERO, PICTURES } from "./pictures.js";
import { thingsToTry } from "./things-to-try.js";
import type { Visit } from "./visit.js";

export interface ShopPageParts {
  readonly visit: Visit;
  readonly currency?: Currency;
  /** What was wrong with the form that was sent, and the form. */
  readonly problem?: ShopProblem;
  readonly form?: unknown;
}

/** The menu, to order from. */
export function shopPage({ visit, currency, problem, form }: ShopPageParts): string {
  const sent = new Map<string, unknown>(typeof form === "object" && form !== null ? Object.entries(form) : []);
  const entered = (name: string): string => {
    const value = sent.get(name);
    return typeof value === "string" ? value.slice(0, 10) : "";
  };
  const sentCurrency = entered("currency");
  const shown = currency ?? (isCurrency(sentCurrency) ? sentCurrency : "EUR");
  return layout({
    title: "Coffee and beans",
    here: "shop",
    visit,
    head: html`<script src="/assets/basket.js" defer></script>`,
    main: html`<section class="hero">
        <div>
          <h1>Good coffee, paid in a moment</h1>
          <p class="lead">Choose something, order it, and pay by card.</p>
        </div>
        ${HERO}
      </section>
      ${thingsToTry(visit.simulatorUrl)}
      <section aria-labelledby="menu">
        <div class="title">
          <h2 id="menu">The menu</h2>
          ${currencyChoice(shown)}
        </div>
        ${problem && problemNote(problem)}
        <form
          method="post"
          action="/orders"
          data-basket
          data-symbol="${CURRENCIES[shown].symbol}"
          data-digits="${CURRENCIES[shown].digits}"
        >
          <input type="hidden" name="currency" value="${shown}" />
          <ul class="menu">
            ${MENU.map((product) => productCard(product, shown, sent.has(product.sku) ? entered(product.sku) : undefined))}
          </ul>
          <div class="till">
            <p data-sum hidden>Total <output data-total></output></p>
            <button class="button" type="submit">Order</button>
          </div>
        </form>
      </section>`,
  });
}

const currencyChoice = (shown: Currency): Html =>
  html`<nav class="choice" aria-label="Currency">
    ${CURRENCY_CODES.map(
      (code) => html`<a href="/?currency=${code}" ${code === shown && html`aria-current="true"`}>${code}</a>`,
    )}
  </nav>`;

/** A cappuccino is ready to be ordered, so that one click will do. */
const productCard = (product: Product & { sku: Sku }, currency: Currency, entered: string | undefined): Html => {
  const { sku, name, about, price } = product;
  const step = (by: number, sign: string, text: string) =>
    html`<button type="button" data-step="${by}" aria-label="${text} ${name}" hidden>${sign}</button>`;
  return html`<li class="product">
    <div class="picture">${PICTURES[sku]}</div>
    <div class="words">
      <h3><label for="${sku}">${name}</label></h3>
      <p>${about}</p>
    </div>
    <p class="price">${amountText({ currency, value: price[currency] })}</p>
    <div class="count">
      ${step(-1, "\u2212", "One less of")}
      <input
        id="${sku}"
        name="${sku}"
        type="number"
        min="0"
        max="99"
        inputmode="numeric"
        data-price="${price[currency]}"
        value="${entered ?? (sku === "cappuccino" ? "1" : "0")}"
      />
      ${step(1, "+", "One more of")}
    </div>
  </li>`;
};

const problemNote = ({ problems }: ShopProblem): Html =>
  html`<div class="note bad" role="alert" tabindex="-1" autofocus>
    <p>
      <strong>That order could not be taken.</strong>
      ${
        problems.some(({ at }) => at === "/items")
          ? "Choose at least one thing."
          : "Of each thing, order a whole number from 1 to 99."
      }
    </p>
  </div>`;
