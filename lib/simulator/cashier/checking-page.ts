import { maskedNumber } from "../card/card.js";
import { html, type Html } from "../http/html.js";
import { layout } from "../http/layout.js";
import type { CardAttempt, Payment } from "../state/payment.js";
import { summary } from "./summary.js";

/** The bank looks at the buyer's device (3-D Secure without a question); the page goes on by itself, without a script. */
export function checkingPage(payment: Payment, attempt: CardAttempt, prefix: string): Html {
  const next = `${prefix}/cashier/${payment.secret}/checked`;
  return layout(
    "Checking with your bank",
    prefix,
    html`${summary(payment)}
      <section class="card narrow" aria-labelledby="title">
        <h1 id="title">Checking with your bank</h1>
        <p>
          The bank of card <span class="number">${maskedNumber(attempt.card)}</span> looks at this payment (3-D Secure)
          and has no question. This page goes on by itself.
        </p>
        <form method="post" action="${next}"><button>Go on now</button></form>
      </section>`,
    html`<meta http-equiv="refresh" content="1; url=${next}" />`,
  );
}
