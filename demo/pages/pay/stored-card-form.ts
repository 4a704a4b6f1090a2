import type { StoredCardView } from "../../../lib/index.js";
import { cardTitle } from "../card-title.js";
import { html, type Html } from "../html.js";
import { installments } from "./installments.js";
import { isBegun, payButton, payForm, type PayParts } from "./pay-parts.js";
import { switches } from "./switches.js";

/** A card the buyer let the shop keep. */
export function storedCardForm(parts: PayParts): Html {
  const { cards, payment } = parts;
  if (cards.length === 0) {
    return html`<p class="about">
      You have no saved card yet. Pay with a card once and tick <q>Keep this card</q>; it is here the next time.
    </p>`;
  }
  const chosen = (isBegun(parts, "stored-card") ? payment?.choice?.cardId : undefined) ?? cards[0]?.id;
  return payForm(
    parts,
    "stored-card",
    html`<fieldset class="saved">
        <legend>Your cards</legend>
        ${cards.map((card) => savedCard(card, card.id === chosen))}
      </fieldset>
      ${installments(parts, "stored-card")} ${payButton(parts, "stored-card")} ${switches(parts, "stored-card")}`,
  );
}

const savedCard = (card: StoredCardView, isChosen: boolean): Html =>
  html`<label class="box">
    <input type="radio" name="cardId" value="${card.id}" ${isChosen && html`checked`} />
    <span>${cardTitle(card)}</span>
  </label>`;
