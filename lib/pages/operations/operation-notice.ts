import { remedyFor } from "../../payment/meaning/remedy-for.js";
import type { Operation } from "../../payment/operation.js";
import type { Payment } from "../../payment/payment.js";
import { html, raw, type SafeHtml } from "../html.js";
import { moneyText } from "./money-text.js";
import { KIND_WORDS } from "./words.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How soon a page without scripts loads itself again while an outcome is unknown: soon at first, and not for ever. In seconds. */
const again = (age: number): number | undefined => (age < 2 * MINUTE ? 3 : age < 30 * MINUTE ? 30 : undefined);

export const reloadHead = (operation: Operation, now: number): SafeHtml | undefined => {
  const seconds = operation.status === "pending" ? again(now - operation.requestedAt) : undefined;
  return seconds === undefined
    ? undefined
    : html`<noscript>${raw(`<meta http-equiv="refresh" content="${seconds}" />`)}</noscript>`;
};

/** How a command that was just given stands. While it is under way the page's script watches it by the data here. */
export function operationNotice(operation: Operation, payment: Payment, url: string): SafeHtml {
  const { kind, amount, status, code } = operation;
  const target = kind === "increase" ? "to" : "of";
  const what = `${KIND_WORDS[kind]}${amount === undefined ? "" : ` ${target} ${moneyText(amount.value, amount.currency)}`}`;
  switch (status) {
    case "pending":
      return html`<div class="notice" role="status" data-watch="${url}" data-version="${payment.version}">
        <h2>${what}: under way</h2>
        <p>
          Antom has not said yet how it came out. It is written down and will be carried through, also when you leave
          this page; do not ask for it again. This page shows the outcome once it is known.
        </p>
      </div>`;
    case "succeeded":
      return html`<div class="notice good" role="status"><h2>${what}: done</h2></div>`;
    case "failed":
      return html`<div class="notice bad" role="alert">
        <h2>${what}: refused by Antom</h2>
        <p>${remedyFor(payment, kind, code).sentence} ${code !== undefined && html`<code>${code}</code>`}</p>
      </div>`;
  }
}
