import { html, type Html } from "../html.js";
import { bankForm } from "./bank-form.js";
import { cardForm } from "./card-form.js";
import { hostedForm } from "./hosted-form.js";
import type { Method, PayParts } from "./pay-parts.js";
import { storedCardForm } from "./stored-card-form.js";

interface Way {
  readonly method: Method;
  readonly name: string;
  readonly about: string;
  readonly form: (parts: PayParts) => Html;
}

const WAYS: readonly Way[] = [
  { method: "hosted", name: "Antom's page", about: "You enter the card there", form: hostedForm },
  { method: "card", name: "Card", about: "You enter it here", form: cardForm },
  { method: "stored-card", name: "Saved card", about: "One we keep for you", form: storedCardForm },
  { method: "issuer-authentication", name: "Korean card company", about: "You confirm on its page", form: bankForm },
];

/**
 * The ways to pay, each a form of its own, so that nothing is sent but what belongs to the one that is chosen. Which one is shown, the
 * stylesheet decides by the checked button: no script is needed.
 */
export function waysToPay(parts: PayParts): Html {
  const ways = WAYS.filter(({ method }) => method !== "issuer-authentication" || parts.order.amount.currency === "KRW");
  const chosen = ways.find(({ method }) => method === preferred(parts))?.method ?? "hosted";
  return html`<div class="ways">
    <fieldset class="choices">
      <legend>How would you like to pay?</legend>
      ${ways.map(
        ({ method, name, about }) =>
          html`<label>
            <input type="radio" name="way" value="${method}" ${method === chosen && html`checked`} />
            <span><strong>${name}</strong> <small>${about}</small></span>
          </label>`,
      )}
    </fieldset>
    ${ways.map(({ method, form }) => html`<div class="way" data-way="${method}" ${method !== chosen && html`hidden`}>${form(parts)}</div>`)}
  </div>`;
}

/** What the buyer used last, or wants to try. */
function preferred({ payment, tried, cards }: PayParts): Method {
  if (tried !== undefined) return "card";
  if (payment === undefined) return "hosted";
  if (payment.recurringType === undefined) return payment.method;
  // A charge with nobody there that only lacked somebody: the buyer is here now, and the card is good.
  const canHelp = payment.buyerNeeded === true || payment.decline?.sameCard === true;
  return canHelp && cards.length > 0 ? "stored-card" : "hosted";
}
