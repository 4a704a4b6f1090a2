import { TEST_CARDS, type TestCard } from "../card/test-cards.js";
import { html, type Html } from "../http/html.js";
import { layout } from "../http/layout.js";
import { money } from "../http/money.js";
import type { Payment } from "../state/payment.js";
import type { CardField, FieldProblem } from "./card-form.js";
import { summary, wayBack } from "./summary.js";

interface CardPage {
  readonly payment: Payment;
  readonly prefix: string;
  /** What was wrong with the form that was sent. */
  readonly problems?: readonly FieldProblem[];
  /** What the form is filled in with; after a mistake never the number or the cvv that was sent. */
  readonly filled?: Readonly<Record<string, string>>;
}

/** The page on which the buyer enters a card. */
export function cardPage({ payment, prefix, problems = [], filled = {} }: CardPage): Html {
  const input = (field: CardField | "cardholderName", label: string, attributes: Html, focus = false): Html => {
    const problem = problems.find((entry) => entry.field === field);
    return html` <div class="field">
      <label for="${field}">${label}</label>
      <input
        id="${field}"
        name="${field}"
        value="${filled[field]}"
        ${attributes}
        ${problem && html`aria-invalid="true" aria-describedby="${field}-problem"`}
        ${focus && problems.length === 0 && html`autofocus`}
      />
      ${problem && html`<p class="problem" id="${field}-problem">${problem.message}</p>`}
    </div>`;
  };
  return layout(
    "Pay by card",
    prefix,
    html`${summary(payment)}
      <div class="columns">
        <section class="card" aria-labelledby="title">
          <h1 id="title">Pay by card</h1>
          ${problems.length > 0 && errorSummary(problems)}
          <form method="post" action="${prefix}/cashier/${payment.secret}" autocomplete="on" novalidate>
            ${input("cardNo", "Card number", html`inputmode="numeric" autocomplete="cc-number" required maxlength="32" spellcheck="false"`, true)}
            <div class="row">
              ${input("expiryMonth", "Expiry month", html`inputmode="numeric" autocomplete="cc-exp-month" required maxlength="2" placeholder="MM"`)}
              ${input("expiryYear", "Expiry year", html`inputmode="numeric" autocomplete="cc-exp-year" required maxlength="4" placeholder="YY"`)}
              ${input("cvv", "Security code", html`inputmode="numeric" autocomplete="cc-csc" required maxlength="4"`)}
            </div>
            ${input("cardholderName", "Name on the card (optional)", html`autocomplete="cc-name" maxlength="128"`)}
            <p class="check">
              <input type="checkbox" id="saveCard" name="saveCard" value="yes" />
              <label for="saveCard">Let the shop keep this card for next time</label>
            </p>
            <p class="actions">
              <button type="submit">Pay ${money(payment.amount)}</button>
              ${wayBack(payment, "Cancel and go back to the shop")}
            </p>
          </form>
        </section>
        ${cardsToTry(payment, prefix)}
      </div>`,
  );
}

const errorSummary = (problems: readonly FieldProblem[]): Html =>
  html` <div class="alert" role="alert" tabindex="-1" autofocus>
    <p><strong>Nothing was charged.</strong> Please correct:</p>
    <ul>
      ${problems.map(({ field, code, message }) => html`<li><a href="#${field}">${message}</a> <code>${code}</code></li>`)}
    </ul>
  </div>`;

/** The link fills the form in; it names the card by a key, so that no number stands in an address. */
const cardsToTry = (payment: Payment, prefix: string): Html =>
  html` <section class="card" aria-labelledby="cards">
    <h2 id="cards">Cards to try</h2>
    <p class="quiet">
      Any expiry date and any three digits of security code will do. Every other number with a right check digit is
      authorized. An amount of exactly 11 minor units is refused for risk.
    </p>
    <ul class="cards">
      ${TEST_CARDS.map((card) => testCard(card, payment, prefix))}
    </ul>
  </section>`;

const testCard = (card: TestCard, payment: Payment, prefix: string): Html =>
  html` <li>
    <span class="number">${card.number.replace(/(.{4})(?=.)/g, "$1 ")}</span>
    <span>${card.name}. ${card.does}</span>
    <a
      href="${prefix}/cashier/${payment.secret}?card=${card.key}"
      aria-label="Fill in ${card.name} ${card.number.slice(-4)}"
      >Fill in</a
    >
  </li>`;
