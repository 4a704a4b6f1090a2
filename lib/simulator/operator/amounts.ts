import { html, type Html } from "../http/html.js";
import { AMOUNTS_TO_TRY } from "../life/amounts-to-try.js";

/** The amounts that make an operation take another way, for who wants to see it. */
export const amountTable = (): Html =>
  html` <section class="card" aria-labelledby="amounts">
    <h2 id="amounts">Amounts to try</h2>
    <details>
      <summary>An amount whose last four digits are these takes another way.</summary>
      <div class="wide snug" tabindex="0" role="region" aria-labelledby="amounts">
        <table>
          <thead>
            <tr>
              <th>Ending</th>
              <th>Call</th>
              <th>What happens</th>
            </tr>
          </thead>
          <tbody>
            ${AMOUNTS_TO_TRY.map(
              ({ ending, operation, does }) =>
                html` <tr>
                  <td><span class="number">${ending}</span></td>
                  <td><code>${operation}</code></td>
                  <td class="text">${does}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </section>`;
