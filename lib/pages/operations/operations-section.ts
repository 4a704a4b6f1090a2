import { remedyFor } from "../../payment/meaning/remedy-for.js";
import { isUnneeded, type Operation } from "../../payment/operation.js";
import type { CaptureMode, Payment } from "../../payment/payment.js";
import { html, type HtmlValue, type SafeHtml } from "../html.js";
import { dataTable } from "./data-table.js";
import { moneyText } from "./money-text.js";
import { timeOf } from "./time-text.js";
import { badge, KIND_WORDS, outcomeBadge } from "./words.js";

type Askers = ReadonlyMap<string, string>;

/** What was asked of Antom about the payment: who, why, and how it came out. @param askers who asked for each, by its id */
export const operationsSection = (payment: Payment, askers: Askers): SafeHtml =>
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
      rows: payment.operations.toReversed().map((operation) => cells(operation, payment, askers)),
      empty: "None so far.",
    })}
  </section>`;

const waiting = ({ accepted, doubtful }: Operation): string => {
  if (doubtful === true) return "Antom's answer leaves open what was done: it is asked again.";
  return accepted === true ? "Antom has it and decides." : "Antom has not said yet.";
};

/** Who did what was not asked for here. */
const atAntom = (kind: Operation["kind"], captureMode: CaptureMode): string =>
  kind === "capture" && captureMode === "AUTOMATIC" ? "Antom" : "Antom or its dashboard";

const cells = (operation: Operation, payment: Payment, askers: Askers): HtmlValue[] => {
  const { id, kind, amount, actualAmount, reason, status, code, gatewayId, requestedAt, settledAt } = operation;
  return [
    timeOf(requestedAt),
    KIND_WORDS[kind],
    html`${amount !== undefined && moneyText(amount.value, amount.currency)}
    ${actualAmount !== undefined && html`<p class="hint">the buyer got ${moneyText(actualAmount.value, actualAmount.currency)}</p>`}`,
    html`${askers.get(id) ?? atAntom(kind, payment.captureMode)}
    ${reason !== undefined && html`<p class="hint">${reason}</p>`}`,
    html`${isUnneeded(operation) ? badge("Not needed", "over") : outcomeBadge(status)}
    ${settledAt !== undefined && html`<p class="hint">${timeOf(settledAt)}</p>`}
    ${status === "pending" && html`<p class="hint">${waiting(operation)}</p>`}
    ${status === "failed" && !isUnneeded(operation) && html`<p>${code !== undefined && html`<code>${code}</code>`} ${remedyFor(payment, kind, code).sentence}</p>`}`,
    html`<code>${id}</code> ${gatewayId !== undefined && html`<p><code>${gatewayId}</code></p>`}`,
  ];
};
