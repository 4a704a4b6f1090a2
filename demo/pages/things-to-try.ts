import { TEST_CARDS, type TestCard } from "../../lib/simulator.js";
import { html, type Html } from "./html.js";

const cardOf = (outcome: TestCard["outcome"]): Html => {
  const number = TEST_CARDS.find((card) => card.outcome === outcome)?.number ?? "";
  return html`<code>${number.replace(/(.{4})(?=.)/g, "$1 ")}</code>`;
};

/** What an evaluator may want to see, in three sentences. */
export const thingsToTry = (simulatorUrl: string): Html =>
  html`<aside class="try" aria-labelledby="try">
    <h2 id="try">What to try</h2>
    <ol>
      <li>
        <strong>Pay.</strong> Card ${cardOf("approve")} is authorized, ${cardOf("do-not-honor")} is declined, and
        ${cardOf("wants-authentication")} asks you to confirm with your bank first.
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
