import { API_FAULTS, API_OPERATIONS, NOTIFY_FAULTS, type Fault } from "../faults.js";
import { html, type Html } from "../http/html.js";
import { RESULTS } from "../result.js";
import { complaint } from "./complaint.js";

/** The form that adds a fault, and the faults that are waiting. */
export const faultSwitches = (waiting: readonly Fault[], prefix: string, problem: string | undefined): Html =>
  html` <section class="card" aria-labelledby="faults">
    <h2 id="faults">Let something go wrong</h2>
    ${problem !== undefined && complaint(html`This fault cannot be played: ${problem}.`)}
    <form method="post" action="${prefix}/simulator/faults" class="plan">
      <div class="field">
        <label for="operation">Call</label>
        <select id="operation" name="operation">
          ${[...API_OPERATIONS, "notify"].map((name) => html`<option>${name}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="fault">Fault</label>
        <select id="fault" name="fault">
          <optgroup label="Calls of the shop">${options(API_FAULTS)}</optgroup>
          <optgroup label="Only for notify">
            ${options({ drop: NOTIFY_FAULTS.drop, duplicate: NOTIFY_FAULTS.duplicate })}
          </optgroup>
        </select>
      </div>
      <div class="field">
        <label for="times">Times</label> <input id="times" name="times" value="1" inputmode="numeric" />
      </div>
      <div class="field">
        <label for="delayMs">Delay, ms</label>
        <input id="delayMs" name="delayMs" inputmode="numeric" placeholder="3000" />
      </div>
      <div class="field">
        <label for="resultCode">Code, for result</label>
        <input
          id="resultCode"
          name="resultCode"
          list="codes"
          placeholder="UNKNOWN_EXCEPTION"
          autocapitalize="characters"
        />
        <datalist id="codes">${Object.keys(RESULTS).map((code) => html`<option value="${code}"></option>`)}</datalist>
      </div>
      <button type="submit">Add</button>
    </form>
    ${waiting.length === 0 ? html`<p class="quiet">No fault is waiting: everything works.</p>` : waitingList(waiting, prefix)}
  </section>`;

const options = (table: Readonly<Record<string, string>>): Html[] =>
  Object.entries(table).map(([name, does]) => html`<option value="${name}">${name}: ${does}</option>`);

const waitingList = (waiting: readonly Fault[], prefix: string): Html =>
  html` <ul>
      ${waiting.map(waitingFault)}
    </ul>
    <form method="post" action="${prefix}/simulator/faults/clear">
      <button class="plain">Clear all</button>
    </form>`;

const waitingFault = ({ operation, fault, times, resultCode }: Fault): Html => {
  const what = resultCode === undefined ? fault : `${fault} ${resultCode}`;
  return html`<li><code>${operation}</code> ${what}, ${times === 1 ? "once" : `${times} times`}</li>`;
};
