import type { Conflict, Payment } from "../../payment/payment.js";
import { html, type SafeHtml } from "../html.js";
import { moneyText } from "./money-text.js";
import { timeOf } from "./time-text.js";
import { CONFLICT_WORDS } from "./words.js";

export interface ConflictsSection {
  readonly payment: Pick<Payment, "id" | "conflicts" | "reviewed" | "amount">;
  readonly root: string;
  /** Of the form that says they have been looked at; none for who may not say so. */
  readonly token: string | undefined;
}

/** What disagrees, what that means, and whether somebody has looked at it. */
export function conflictsSection({ payment, root, token }: ConflictsSection): SafeHtml {
  const { id, conflicts, reviewed = 0, amount } = payment;
  const isOpen = conflicts.length > reviewed;
  return html`<div class="notice ${isOpen ? "bad" : ""}">
    ${conflicts.map((conflict, index) => {
      const [title, what] = CONFLICT_WORDS[conflict.code];
      return html`<h2>${title} ${index < reviewed && html`<span class="badge over">looked at</span>`}</h2>
        <p>${what}</p>
        <p class="hint">Seen first ${timeOf(conflict.at)}.${comparison(conflict, amount.currency)}</p>`;
    })}
    ${
      isOpen &&
      token !== undefined &&
      html`<form method="post" action="${root}${id}/review">
        <input type="hidden" name="form" value="${token}" />
        <input type="hidden" name="count" value="${conflicts.length}" />
        <button>I have looked at ${conflicts.length - reviewed === 1 ? "this" : "these"}</button>
      </form>`
    }
  </div>`;
}

const AMOUNTS: ReadonlySet<Conflict["code"]> = new Set(["amount_mismatch", "captured_too_much", "refunded_too_much"]);

function comparison({ code, expected, seen }: Conflict, currency: string): string {
  const shown = (value: string): string =>
    AMOUNTS.has(code) && /^\d{1,40}$/.test(value) ? moneyText(value, currency) : value;
  const parts = [
    expected === undefined ? undefined : `expected ${shown(expected)}`,
    seen === undefined ? undefined : `seen ${shown(seen)}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : ` In figures: ${parts.join(", ")}.`;
}
