import { FaultProblem } from "../faults.js";
import { html, type Html } from "../http/html.js";
import { layout } from "../http/layout.js";
import { money } from "../http/money.js";
import type { Simulation } from "../simulation.js";
import { redacted } from "../redact.js";
import { aftermath } from "./aftermath.js";
import { amountTable } from "./amounts.js";
import { faultSwitches } from "./fault-switches.js";
import { OperatorProblem } from "./problem.js";
import { notifications, payments, type SimulatorNotification } from "./views.js";

/** How much the page shows of each list; the JSON answers have all. */
const SHOWN = 50;

/** The page for people: what happened, and switches for what should go wrong. */
export function operatorPage(simulation: Simulation, baseUrl: string, prefix: string, problem?: Error): Html {
  return layout(
    "What happened",
    prefix,
    html` <header class="summary">
        <h1>What happened</h1>
        <p>Client id <code>${simulation.settings.clientId}</code>, gateway <code>${baseUrl}</code>.</p>
        <p class="quiet">
          As JSON:
          ${["credentials", "ledger", "payments", "notifications", "requests", "disputes", "reversals", "faults"].map(
            (name) => html`<a href="${prefix}/simulator/${name}">${name}</a> `,
          )}
        </p>
      </header>
      ${faultSwitches(simulation.faults.list(), prefix, problem instanceof FaultProblem ? problem.message : undefined)}
      ${amountTable()} ${paymentTable(simulation)}
      ${aftermath(simulation, prefix, problem instanceof OperatorProblem ? problem.message : undefined)}
      ${notificationList(simulation)} ${requestTable(simulation)}`,
  );
}

function paymentTable(simulation: Simulation): Html {
  const all = payments(simulation);
  return html` <section class="card" aria-labelledby="payments">
    <h2 id="payments">Payments</h2>
    ${
      all.length === 0
        ? html`<p class="quiet">None yet. They appear when the shop calls pay.</p>`
        : html` <div class="wide" tabindex="0" role="region" aria-labelledby="payments">
              <table>
                <thead>
                  <tr>
                    <th>Order</th>
                    <th>Amount</th>
                    <th>Status</th>
                    <th>Why</th>
                    <th>Card</th>
                    <th>Payment request</th>
                    <th>Opened</th>
                  </tr>
                </thead>
                <tbody>
                  ${all
                    .slice(-SHOWN)
                    .reverse()
                    .map(
                      (payment) =>
                        html` <tr>
                          <td class="text">${payment.referenceOrderId}</td>
                          <td>${money(payment.amount)}</td>
                          <td>${payment.status}</td>
                          <td>${payment.code}</td>
                          <td><span class="number">${payment.cardNo}</span></td>
                          <td><code>${payment.paymentRequestId}</code></td>
                          <td>${payment.createdAt}</td>
                        </tr>`,
                    )}
                </tbody>
              </table>
            </div>
            ${more(all.length)}`
    }
  </section>`;
}

function notificationList(simulation: Simulation): Html {
  const all = notifications(simulation);
  return html` <section class="card" aria-labelledby="notifications">
    <h2 id="notifications">Notifications</h2>
    ${all.length === 0 && html`<p class="quiet">None yet. They are sent when a payment reaches an end, is captured, refunded, raised or disputed.</p>`}
    ${all.slice(-SHOWN).reverse().map(notificationDetails)} ${more(all.length)}
  </section>`;
}

const TONES = { acknowledged: "good", pending: "quiet", "given-up": "bad", "no-address": "bad" } as const;

const notificationDetails = ({ notifyType, state, url, body, attempts, nextAttemptAt }: SimulatorNotification): Html =>
  html` <details>
    <summary>
      <code>${notifyType}</code> <span class="${TONES[state]}">${state}</span>,
      ${attempts.length === 1 ? "1 attempt" : html`${attempts.length} attempts`}, to ${url ?? "no address"}
    </summary>
    <pre tabindex="0">${JSON.stringify(redacted(body), null, 2)}</pre>
    ${attempts.map(
      (attempt) =>
        html` <p>
          ${attempt.at}:
          ${attempt.status === undefined ? attempt.error : html`HTTP ${attempt.status}`}${attempt.fault !== undefined && html` (fault: ${attempt.fault})`}
          ${attempt.answer !== undefined && html`<br /><code>${attempt.answer}</code>`}
        </p>`,
    )}
    ${nextAttemptAt !== undefined && html`<p class="quiet">Next attempt at ${nextAttemptAt}.</p>`}
  </details>`;

function requestTable({ requests }: Simulation): Html {
  const all = requests.list();
  return html` <section class="card" aria-labelledby="requests">
    <h2 id="requests">Calls of the shop</h2>
    ${
      all.length === 0
        ? html`<p class="quiet">None yet.</p>`
        : html` <div class="wide" tabindex="0" role="region" aria-labelledby="requests">
              <table>
                <thead>
                  <tr>
                    <th>When</th>
                    <th>Call</th>
                    <th>Answer</th>
                    <th>Fault</th>
                  </tr>
                </thead>
                <tbody>
                  ${all
                    .slice(-SHOWN)
                    .reverse()
                    .map(
                      ({ at, operation, resultCode, fault }) =>
                        html` <tr>
                          <td>${at}</td>
                          <td class="text"><code>${operation}</code></td>
                          <td>${resultCode ?? "none"}</td>
                          <td>${fault}</td>
                        </tr>`,
                    )}
                </tbody>
              </table>
            </div>
            ${more(all.length)}`
    }
  </section>`;
}

const more = (count: number): Html | undefined =>
  count > SHOWN ? html`<p class="quiet">The last ${SHOWN} of ${count}; the JSON has all.</p>` : undefined;
