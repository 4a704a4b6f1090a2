import { html, type Html } from "../http/html.js";
import { layout } from "../http/layout.js";
import { money } from "../http/money.js";
import type { Payment } from "../state/payment.js";
import type { CardField, FieldProblem } from "./card-form.js";
import { cardsToTry } from "./cards-to-try.js";
import { errorSummary, field } from "./field.js";
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
  const input = (name: CardField | "cardholderName" | "zipCode", label: string, attributes: Html, focus = false) =>
    field({ name, label, attributes, value: filled[name], focus }, problems);
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
            ${input("zipCode", "Postal code (optional)", html`autocomplete="billing postal-code" maxlength="32"`)}
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
