import { html, type Html } from "../html.js";
import { box } from "./field.js";
import { isBegun, type Method, type PayParts } from "./pay-parts.js";
import type { Filled } from "./test-card-fill.js";

/** What the shop, and not the buyer, would decide: here to be tried. */
export function switches(parts: PayParts, method: Method, filled: Filled = {}): Html | undefined {
  if (isBegun(parts, method) && method !== "card") return undefined;
  return html`<details class="fold">
    <summary>For developers</summary>
    <fieldset>
      <legend>When the money is taken</legend>
      <label class="box">
        <input type="radio" name="capture" value="AUTOMATIC" checked /> <span>As soon as it is authorized</span>
      </label>
      <label class="box">
        <input type="radio" name="capture" value="MANUAL" /> <span>When the shop captures it</span>
      </label>
    </fieldset>
    <fieldset>
      <legend>3-D Secure</legend>
      ${box("is3DSAuthentication", "true", html`Ask for it (<code>is3DSAuthentication</code>)`, filled)}
      ${box(
        "enableAuthenticationUpgrade",
        "false",
        html`Never, not even to rescue a payment that is declined without (<code
            >enableAuthenticationUpgrade: false</code
          >)`,
        filled,
      )}
    </fieldset>
  </details>`;
}
