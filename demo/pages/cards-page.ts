import type { StoredCardView } from "../../lib/index.js";
import { brandName } from "./brands.js";
import { cardTitle } from "./card-title.js";
import { countryName } from "./countries.js";
import { html, type Html } from "./html.js";
import { layout } from "./layout.js";
import { EMPTY_CUP } from "./pictures.js";
import type { Visit } from "./visit.js";

export interface CardsPageParts {
  readonly shopUrl: string;
  readonly visit: Visit;
  /** The signed-in buyer's, newest first. */
  readonly cards: readonly StoredCardView[];
  /** What a charge is for, and what it costs. */
  readonly charge: string;
  /** Why the last request was not carried out. */
  readonly problem?: string;
}

/** The buyer's saved cards: to charge them with nobody there, and to forget them. */
export const cardsPage = ({ shopUrl, visit, cards, charge, problem }: CardsPageParts): string =>
  layout({
    title: "Saved cards",
    here: "cards",
    visit,
    head: html`<script src="/assets/cards.js" defer></script>`,
    main: html`<section class="top">
        <h1>Your saved cards</h1>
        <p class="lead">
          Cards that ${visit.buyer.name} let the shop keep. Antom has the cards; the shop has a token for each,
          encrypted.
        </p>
      </section>
      ${
        problem !== undefined &&
        html`<div class="note bad" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`
      }
      <p role="status" class="unseen" data-said></p>
      <div data-cards>${cards.length === 0 ? none : list(cards, charge)}</div>
      <p class="quiet as-json">The same as JSON: <code>curl ${shopUrl}/payments/cards</code></p>`,
  });

const none = html`<section class="card lone">
  <div class="picture">${EMPTY_CUP}</div>
  <h2>No card yet</h2>
  <p>Order something, pay with a card and tick <q>Keep this card</q>. A few seconds later it is here.</p>
  <p><a class="button" href="/">To the shop</a></p>
</section>`;

const list = (cards: readonly StoredCardView[], charge: string): Html =>
  html`<p class="quiet">Both charges are for ${charge}. The shop makes them alone, as if you were not there.</p>
    <ul class="kept">
      ${cards.map(keptCard)}
    </ul>`;

const keptCard = (card: StoredCardView): Html => {
  const { id, cardBrand, lastFour, funding, issuingCountry, paymentMethodRegion } = card;
  const which = `${brandName(cardBrand)} ${lastFour ?? ""}`.trim();
  const isLocal = paymentMethodRegion !== undefined && paymentMethodRegion !== "GLOBAL";
  const facts = [
    funding?.toLowerCase(),
    issuingCountry === undefined ? undefined : countryName(issuingCountry),
    isLocal ? `a local card (${paymentMethodRegion}), which can only be charged while you are there` : undefined,
  ].filter((part) => part !== undefined);
  return html`<li class="card" data-card>
    <h2 id="${id}" tabindex="-1">${cardTitle(card)}</h2>
    <p class="quiet">${facts.join(", ")}</p>
    <div class="deeds">
      <form method="post" action="/cards/${id}/charge">
        <button class="button small" name="recurringType" value="SCHEDULED" aria-describedby="${id}">
          Charge as a subscription (nobody there)
        </button>
        <button class="button small second" name="recurringType" value="UNSCHEDULED" aria-describedby="${id}">
          Charge unscheduled (nobody there)
        </button>
      </form>
      <form method="post" action="/cards/${id}/forget" data-forget="/payments/cards/${id}" data-which="${which}">
        <button class="button small plain" aria-describedby="${id}">Forget this card</button>
      </form>
    </div>
  </li>`;
};
