import { html, type Html } from "./html.js";

/** What an evaluator may want to see, in a few sentences. */
export const thingsToTry = (simulatorUrl: string): Html =>
  html`<aside class="try" aria-labelledby="try">
    <h2 id="try">What to try</h2>
    <ol>
      <li>
        <strong>Pay every way.</strong> On Antom's page, with the shop's own card form, with a saved card; in KRW with
        Korean cards and in instalments. Test cards fill the form in: there is one for every outcome.
      </li>
      <li>
        <strong>Charge with nobody there.</strong> Tick <q>Keep this card</q> when you pay, then open
        <a href="/cards">Saved cards</a>. Some test cards are made for this.
      </li>
      <li>
        <strong>Pull the plug.</strong> Kill the demo in the middle of a payment, even with <code>kill -9</code>, and
        start it again: shop and simulator go on where they were.
      </li>
      <li>
        <strong>Lose a notification.</strong> In the <a href="${simulatorUrl}/simulator#faults">simulator</a> add
        <code>notify</code> with <code>drop</code>, then pay: the shop hears of it all the same, because the kit asks.
      </li>
    </ol>
  </aside>`;
