import type { TestCard } from "../../../lib/simulator.js";
import { html, type Html } from "../html.js";
import { cardsFor, fillOf, grouped } from "./test-card-fill.js";

const HEADINGS: Readonly<Record<TestCard["group"], string>> = {
  accepted: "Accepted",
  authentication: "3-D Secure",
  local: "Local and with two brands",
  agreement: "Kept, and charged again without the buyer",
  declined: "Declined, one for each reason",
};

/** Cards that fill the form in: by script at once, without one by an address that names the card and not its number. */
export function cardsToTry(orderId: string, currency: string, tried: TestCard | undefined): Html {
  const cards = cardsFor(currency);
  const groups = [...new Set(cards.map(({ group }) => group))].sort((a, b) => rank(a) - rank(b));
  return html`<details class="to-try">
    <summary>Test cards: fill the form in with one click</summary>
    <p class="quiet">
      Security code <code>901</code> does not match, <code>904</code> is not checked. A postal code
      <code>AVS-N</code> makes the bank answer <code>N</code> to the address; any other letter works too.
    </p>
    ${groups.map(
      (group) =>
        html`<details>
          <summary>
            ${HEADINGS[group]} <span class="quiet">(${cards.filter((card) => card.group === group).length})</span>
          </summary>
          <ul>
            ${cards
              .filter((card) => card.group === group)
              .map((card) => html`<li>${cardToTry(card, orderId, card.key === tried?.key)}</li>`)}
          </ul>
        </details>`,
    )}
    <p class="filled" role="status" data-filled>${tried !== undefined && `Filled in: ${tried.name}.`}</p>
  </details>`;
}

const rank = (group: TestCard["group"]): number => Object.keys(HEADINGS).indexOf(group);

const cardToTry = (card: TestCard, orderId: string, isTried: boolean): Html =>
  html`<a
    href="/orders/${orderId}?try=${card.key}#pay"
    data-fill="${JSON.stringify(fillOf(card))}"
    data-name="${card.name}"
    ${isTried && html`aria-current="true"`}
    ><span>${card.name}</span> <code>${grouped(card.number)}</code> <small>${card.does}</small></a
  >`;
