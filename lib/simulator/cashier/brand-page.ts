import { KOREAN_BRANDS } from "../../payment/card-brand.js";
import { html, type Html } from "../http/html.js";
import { layout } from "../http/layout.js";
import type { Payment } from "../state/payment.js";
import { summary, wayBack } from "./summary.js";

/** Whose card it is, when the shop did not say: the issuer's own page follows. */
export const brandPage = (payment: Payment, prefix: string): Html =>
  layout(
    "Choose your card",
    prefix,
    html`${summary(payment)}
      <section class="card narrow" aria-labelledby="title">
        <h1 id="title">Choose your card</h1>
        <form method="post" action="${prefix}/cashier/${payment.secret}/brand" class="stack">
          <div class="field">
            <label for="selectedCardBrand">Card company</label>
            <select id="selectedCardBrand" name="selectedCardBrand" autofocus>
              ${KOREAN_BRANDS.map((brand) => html`<option>${brand}</option>`)}
            </select>
          </div>
          <button type="submit">Continue</button>
          ${wayBack(payment, "Cancel and go back to the shop")}
        </form>
      </section>`,
  );
