import { remedyOf } from "../../payment/meaning/remedy.js";
import { isUnneeded, type Operation } from "../../payment/operation.js";
import { html, type HtmlValue, type SafeHtml } from "../html.js";
import { dataTable } from "./data-table.js";
import { moneyText } from "./money-text.js";
import { timeOf } from "./time-text.js";
import { badge, KIND_WORDS, outcomeBadge } from "./words.js";

/** What was asked of Antom about the payment: who, why, and how it came out. */
export const operationsSection = (operations: readonly Operation[]): SafeHtml =>
  html`<section aria-labelledby="operations">
    <h2 id="operations">Captures, voids, refunds</h2>
    ${dataTable({
      caption: "Newest first",
      columns: [
        { name: "Asked" },
        { name: "What" },
        { name: "Amount", isFigure: true },
        { name: "By" },
        { name: "Outcome" },
        { name: "Ids" },
      ],
      rows: operations.toReversed().map(cells),
      empty: "None so far.",
    })}
  </section>`;

const waiting = ({ accepted, doubtful }: Operation): string => {
  if (doubtful === true) return "Antom's answer leaves open what was done: it is asked again.";
  return accepted === true ? "Antom has it and decides." : "Antom has not said yet.";
};

const cells = (operation: Operation): HtmlValue[] => {
  const { id, kind, amount, actualAmount, by, reason, status, code, gatewayId, requestedAt, settledAt } = operation;
  return [
    timeOf(requestedAt),
    KIND_WORDS[kind],
    html`${amount !== undefined && moneyText(amount.value, amount.currency)}
    ${actualAmount !== undefined && html`<p class="hint">the buyer got ${moneyText(actualAmount.value, actualAmount.currency)}</p>`}`,
    html`${by ?? (status === "pending" ? "the kit" : "")} ${reason !== undefined && html`<p class="hint">${reason}</p>`}`,
    html`${isUnneeded(operation) ? badge("Not needed", "over") : outcomeBadge(status)}
    ${settledAt !== undefined && html`<p class="hint">${timeOf(settledAt)}</p>`}
    ${status === "pending" && html`<p class="hint">${waiting(operation)}</p>`}
    ${status === "failed" && !isUnneeded(operation) && html`<p>${code !== undefined && html`<code>${code}</code>`} ${remedyOf(kind, code).sentence}</p>`}`,
    html`<code>${id}</code> ${gatewayId !== undefined && html`<p><code>${gatewayId}</code></p>`}`,
  ];
};
