import type { StoredCardView } from "../../lib/index.js";
import { brandName } from "./brands.js";
import { html, type Html } from "./html.js";

/** "Visa ending in 0768, until 12/34": enough to tell one card from another. */
export const cardTitle = ({ cardBrand, lastFour, expiryMonth, expiryYear }: StoredCardView): Html => {
  const until =
    expiryMonth === undefined || expiryYear === undefined ? undefined : `until ${expiryMonth}/${expiryYear}`;
  return html`<strong>${brandName(cardBrand)}</strong> ${lastFour !== undefined && `ending in ${lastFour}`}${
      until !== undefined && html`, <span class="quiet">${until}</span>`
    }`;
};
