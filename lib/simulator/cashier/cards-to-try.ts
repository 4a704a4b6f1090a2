import { CARD_GROUPS, type TestCard } from "../card/test-card.js";
import { TEST_CARDS } from "../card/test-cards.js";
import { html, type Html } from "../http/html.js";
import type { Payment } from "../state/payment.js";

/** Those that most people look for; the rest is folded away by group. */
const AT_HAND: ReadonlySet<string> = new Set([
  "visa",
  "mastercard",
  "visa-declined",
  "mastercard-declined",
  "visa-3ds",
]);

/** The list of cards; a link fills the form in. */
export const cardsToTry = (payment: Payment, prefix: string): Html =>
  html` <section class="card" aria-labelledby="cards">
    <h2 id="cards">Cards to try</h2>
    <p class="quiet">
      Any expiry date to come and any three digits of security code will do. Every other number with a right check digit
      is authorized. An amount of exactly 11 minor units is refused for risk.
    </p>
    ${list(
      TEST_CARDS.filter(({ key }) => AT_HAND.has(key)),
      payment,
      prefix,
    )}
    ${Object.entries(CARD_GROUPS).map(([group, title]) => {
      const cards = TEST_CARDS.filter((card) => card.group === group && !AT_HAND.has(card.key));
      return html` <details>
        <summary>${title} <span class="quiet">(${cards.length} more)</span></summary>
        ${list(cards, payment, prefix)}
      </details>`;
    })}
  </section>`;

const list = (cards: readonly TestCard[], payment: Payment, prefix: string): Html =>
  html`<ul class="cards">
    ${cards.map((card) => testCard(card, payment, prefix))}
  </ul>`;

/** The address names the card by a key, so that no number stands in it. */
const testCard = (card: TestCard, payment: Payment, prefix: string): Html =>
  html` <li>
    <span class="number">${card.number.replace(/(.{4})(?=.)/g, "$1 ")}</span>
    <span>${card.name}. ${card.does}</span>
    <a
      href="${prefix}/cashier/${payment.secret}?card=${card.key}"
      aria-label="Fill in ${card.name} ${card.number.slice(-4)}"
      >Fill in</a
    >
  </li>`;
