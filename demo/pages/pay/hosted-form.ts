import { html, type Html } from "../html.js";
import { box } from "./field.js";
import { installments } from "./installments.js";
import { isBegun, payButton, payForm, type PayParts } from "./pay-parts.js";
import { switches } from "./switches.js";

/** Antom's own card page. */
export const hostedForm = (parts: PayParts): Html =>
  payForm(
    parts,
    "hosted",
    html`<p class="about">You enter your card on Antom's page, and come back here.</p>
      ${!isBegun(parts, "hosted") && box("saveCard", "true", "Let Antom's page offer to keep the card", {})}
      ${installments(parts, "hosted")} ${payButton(parts, "hosted")} ${switches(parts, "hosted")}`,
  );
