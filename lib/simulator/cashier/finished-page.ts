import { html, type Html } from "../http/html.js";
import { layout } from "../http/layout.js";
import type { Payment } from "../state/payment.js";
import { summary, wayBack } from "./summary.js";

/** What is shown when there is nothing left to pay. */
export function finishedPage(payment: Payment, prefix: string): Html {
  const [title, text] = words(payment);
  return layout(
    title,
    prefix,
    html`${summary(payment)}
      <section class="card narrow" aria-labelledby="title">
        <h1 id="title">${title}</h1>
        <p>${text}</p>
        <p class="actions">${wayBack(payment, "Back to the shop")}</p>
      </section>`,
  );
}

export const unknownPage = (prefix: string): Html =>
  layout(
    "Not found",
    prefix,
    html` <section class="card narrow">
      <h1>There is no such payment</h1>
      <p>The address is not complete, or the simulator was started afresh since.</p>
      <p><a href="${prefix}/simulator">What the simulator knows</a></p>
    </section>`,
  );

function words({ status, code }: Payment): readonly [string, string] {
  if (status === "CANCELLED") return ["Payment cancelled", "The shop cancelled this payment. Nothing was charged."];
  if (status === "SUCCESS") return ["Already paid", "This payment went through. You need not do anything more."];
  if (code === "ORDER_IS_CLOSED") return ["Payment expired", "It was not paid in time. Nothing was charged."];
  return ["Payment failed", "This payment was declined. The shop can start another one. Nothing was charged."];
}
