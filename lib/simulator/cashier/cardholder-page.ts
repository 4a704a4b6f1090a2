import { maskedNumber } from "../card/card.js";
import { html, type Html } from "../http/html.js";
import { layout } from "../http/layout.js";
import { money } from "../http/money.js";
import type { CardAttempt, Payment } from "../state/payment.js";
import type { FieldProblem } from "./card-form.js";
import { errorSummary, field } from "./field.js";
import { summary, wayBack } from "./summary.js";

/** The page on which the holder of a Korean card says who they are; what was sent is never shown again. */
export function cardholderPage(
  payment: Payment,
  attempt: CardAttempt,
  prefix: string,
  problems: readonly FieldProblem[] = [],
): Html {
  return layout(
    "Who holds the card",
    prefix,
    html`${summary(payment)}
      <section class="card narrow" aria-labelledby="title">
        <h1 id="title">Who holds the card</h1>
        ${problems.length > 0 && errorSummary(problems)}
        <p>
          Card <span class="number">${maskedNumber(attempt.card)}</span> was issued in Korea. Its bank wants the
          holder's date of birth, or a company's business registration number, and the first two digits of the PIN.
        </p>
        <form method="post" action="${prefix}/cashier/${payment.secret}/cardholder" autocomplete="off" novalidate>
          ${field({ name: "dateOfBirth", label: "Date of birth", attributes: html`type="date"`, focus: true }, problems)}
          ${field({ name: "businessNo", label: "Or business registration number", attributes: html`inputmode="numeric" maxlength="12"` }, problems)}
          ${field({ name: "cardPasswordDigest", label: "First two digits of the PIN", attributes: html`type="password" inputmode="numeric" maxlength="2" required` }, problems)}
          <p class="actions">
            <button type="submit">Pay ${money(payment.amount)}</button>
            ${wayBack(payment, "Cancel and go back to the shop")}
          </p>
        </form>
      </section>`,
  );
}
