import { brandName, KOREAN_BRANDS } from "../brands.js";
import { html, type Html } from "../html.js";
import { select } from "./field.js";
import { installments } from "./installments.js";
import { isBegun, payButton, payForm, type PayParts } from "./pay-parts.js";
import { switches } from "./switches.js";

/** A Korean card, confirmed on its issuer's own page: no card is entered anywhere. */
export function bankForm(parts: PayParts): Html {
  const chosen = isBegun(parts, "issuer-authentication") ? parts.payment?.choice?.cardBrand : undefined;
  return payForm(
    parts,
    "issuer-authentication",
    html`<p class="about">You confirm on your card company's own page. Nobody else sees the card.</p>
      <div class="row">
        ${select(
          { name: "cardBrand", id: "bank", label: "Card company" },
          "Choose it on the next page",
          KOREAN_BRANDS.map((value) => ({ value, text: brandName(value) })),
          chosen,
        )}
      </div>
      ${installments(parts, "issuer-authentication")} ${payButton(parts, "issuer-authentication")}
      ${switches(parts, "issuer-authentication")}`,
  );
}
