import { maskedNumber } from "../card/card.js";
import { html, type Html } from "../http/html.js";
import { layout } from "../http/layout.js";
import type { CardAttempt, Payment } from "../state/payment.js";
import { summary } from "./summary.js";

/** The page of the card's bank, on which the buyer shows who they are (3-D Secure). */
export const challengePage = (payment: Payment, attempt: CardAttempt, prefix: string): Html =>
  layout(
    "Confirm it is you",
    prefix,
    html`${summary(payment)}
      <section class="card narrow" aria-labelledby="title">
        <h1 id="title">Confirm it is you</h1>
        <p>
          The bank of card <span class="number">${maskedNumber(attempt.card)}</span> wants to know that it is you who
          pays (3-D Secure). In the simulator you decide how that goes.
        </p>
        ${decision(payment, prefix, "challenge")}
      </section>`,
  );

/** The page of a Korean issuer, who asks for no card data at all. */
export const issuerPage = (payment: Payment, prefix: string): Html =>
  layout(
    "Pay with your card's bank",
    prefix,
    html`${summary(payment)}
      <section class="card narrow" aria-labelledby="title">
        <h1 id="title">Pay with ${payment.selectedCardBrand}</h1>
        <p>
          ${payment.selectedCardBrand} asks you to confirm this payment in its app. In the simulator you decide how that
          goes.
        </p>
        ${decision(payment, prefix, "issuer")}
      </section>`,
  );

const decision = ({ secret }: Payment, prefix: string, page: "challenge" | "issuer"): Html =>
  html` <form method="post" action="${prefix}/cashier/${secret}/${page}" class="stack">
      <button name="outcome" value="approve" autofocus>Yes, it is me</button>
      <button name="outcome" value="decline" class="plain">Decline</button>
      ${
        page === "challenge" &&
        html`<button name="outcome" value="cancel" class="plain">Cancel</button>
          <button name="outcome" value="timeout" class="plain">Let the bank's time run out</button>`
      }
      <button name="outcome" value="abandon" class="plain">Leave without an answer</button>
    </form>
    <p class="quiet">Leaving sends you back to the shop; the payment stays open until it expires.</p>`;
