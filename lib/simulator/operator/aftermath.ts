import { html, type Html } from "../http/html.js";
import { money } from "../http/money.js";
import { isSettled } from "../life/dispute-step.js";
import { capturedUnits } from "../life/hold.js";
import type { Simulation } from "../simulation.js";
import { DISPUTE_STEPS, JUDGED_RESULTS, type Dispute, type Payment } from "../state/payment.js";
import { complaint } from "./complaint.js";
import { canBeReversed } from "./reversal.js";

/** How many payments can be chosen from; the JSON interface takes all. */
const CHOICES = 50;

/** Forms for what comes of a payment after all is done: disputes, and money that came too late. */
export function aftermath({ book }: Simulation, prefix: string, problem: string | undefined): Html {
  const all = book.payments().reverse();
  const captured = all.filter((payment) => capturedUnits(payment) > 0n).slice(0, CHOICES);
  const closed = all.filter(canBeReversed).slice(0, CHOICES);
  const disputed = all
    .flatMap((payment) => payment.disputes.map((dispute) => ({ payment, dispute })))
    .slice(0, CHOICES);
  return html` <section class="card" aria-labelledby="disputes">
    <h2 id="disputes">Disputes and reversals</h2>
    ${problem !== undefined && complaint(html`${problem}`)}
    ${captured.length === 0 ? html`<p class="quiet">A payment can be disputed once it is captured; none is yet.</p>` : disputeForm(captured, prefix)}
    ${disputed.length > 0 && disputeTable(disputed)} ${closed.length > 0 && reversalForm(closed, prefix)}
  </section>`;
}

const disputeForm = (captured: readonly Payment[], prefix: string): Html =>
  html` <form method="post" action="${prefix}/simulator/disputes" class="plan wishes">
    <div class="field">
      <label for="disputed">Captured payment</label>
      <select id="disputed" name="payment">
        ${captured.map(choice)}
      </select>
    </div>
    <div class="field">
      <label for="step">Step</label>
      <select id="step" name="step">
        ${DISPUTE_STEPS.map((step) => html`<option>${step}</option>`)}
      </select>
    </div>
    <div class="field">
      <label for="judgedResult">Result, for judged</label>
      <select id="judgedResult" name="judgedResult">
        ${JUDGED_RESULTS.map((judged) => html`<option>${judged}</option>`)}
      </select>
    </div>
    <button type="submit">Notify</button>
  </form>`;

const reversalForm = (closed: readonly Payment[], prefix: string): Html =>
  html` <form method="post" action="${prefix}/simulator/reversals" class="plan wishes">
    <div class="field">
      <label for="reversed">Payment that expired or was cancelled unpaid, and comes off after all</label>
      <select id="reversed" name="payment">
        ${closed.map(choice)}
      </select>
    </div>
    <button type="submit">Send PAYMENT_REVERSAL</button>
  </form>`;

const choice = ({ paymentRequestId, referenceOrderId, amount }: Payment): Html =>
  html`<option value="${paymentRequestId}">${referenceOrderId}, ${money(amount)}, ${paymentRequestId}</option>`;

const disputeTable = (disputed: readonly { readonly payment: Payment; readonly dispute: Dispute }[]): Html =>
  html` <div class="wide" tabindex="0" role="region" aria-labelledby="disputes">
    <table>
      <thead>
        <tr>
          <th>Order</th>
          <th>Disputed</th>
          <th>Last step</th>
          <th>Result</th>
          <th>Dispute</th>
        </tr>
      </thead>
      <tbody>
        ${disputed.map(
          ({ payment, dispute }) =>
            html` <tr>
              <td class="text">${payment.referenceOrderId}</td>
              <td>${money(dispute.amount)}</td>
              <td><span class="${isSettled(dispute) ? "quiet" : "bad"}">${dispute.status}</span></td>
              <td>${dispute.judgedResult}</td>
              <td><code>${dispute.disputeId}</code></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
