import { html, type SafeHtml } from "../html.js";
import { moneyText, plainMoney } from "./money-text.js";
import { MOVE_WORDS, type Move } from "./move.js";

export interface MovesSection {
  readonly id: string;
  readonly currency: string;
  readonly moves: readonly Move[];
  /** From this page to where the payments are. */
  readonly root: string;
  /** Of the form that asks Antom. */
  readonly inquireToken: string;
}

/** What can be done now, each with its form, and why the others cannot. */
export function movesSection({ id, currency, moves, root, inquireToken }: MovesSection): SafeHtml {
  const possible = moves.filter(({ refusal, pending }) => refusal === undefined && pending === undefined);
  const others = moves.filter(({ refusal, pending }) => refusal !== undefined || pending !== undefined);
  return html`<section aria-labelledby="moves">
    <h2 id="moves">What can be done</h2>
    <div class="moves">
      ${possible.map((move) => form(move, id, currency, root))}
      <div>
        <h3>Ask Antom</h3>
        <p class="hint">Asks Antom how the payment stands, and takes the answer in. Moves no money.</p>
        <form method="post" action="${root}${id}/inquire" class="buttons">
          <input type="hidden" name="form" value="${inquireToken}" />
          <button class="second">Ask Antom now</button>
        </form>
      </div>
    </div>
    ${
      others.length > 0 &&
      html`<h3>Not possible now</h3>
        <ul class="steps">
          ${others.map(
            ({ kind, refusal, pending }) =>
              html`<li>
                <b>${MOVE_WORDS[kind].title}</b>:
                ${pending === undefined ? refusal : `one is under way${pending.by === undefined ? "" : `, asked for by ${pending.by}`}`}
              </li>`,
          )}
        </ul>`
    }
  </section>`;
}

/** The form leads to a page that asks for confirmation; nothing is moved by it. */
const form = ({ kind, amount, isFree }: Move, id: string, currency: string, root: string): SafeHtml => {
  const { title, what, amount: name } = MOVE_WORDS[kind];
  return html`<div>
    <h3>${title}</h3>
    <p class="hint">${what}</p>
    <form method="get" action="${root}${id}/confirm">
      <input type="hidden" name="kind" value="${kind}" />
      ${
        amount !== undefined &&
        (isFree
          ? html`<div>
              <label for="${kind}-amount">${name}</label>
              <div class="typed">
                <span>${currency}</span>
                <input
                  id="${kind}-amount"
                  name="amount"
                  value="${plainMoney(amount, currency)}"
                  inputmode="decimal"
                  autocomplete="off"
                  maxlength="24"
                  required
                />
              </div>
            </div>`
          : html`<p>All of it: <b>${moneyText(amount, currency)}</b></p>`)
      }
      ${
        kind === "refund" &&
        html`<div>
          <label for="refund-reason">Why (optional; Antom is told)</label>
          <input id="refund-reason" name="reason" maxlength="256" autocomplete="off" />
        </div>`
      }
      <button class="${kind === "capture" || kind === "refund" ? "" : "second"}">${title}...</button>
    </form>
  </div>`;
};
