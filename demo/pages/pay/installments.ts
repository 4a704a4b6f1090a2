import type { Plan } from "../../shop/plans.js";
import { html, type Html } from "../html.js";
import { select } from "./field.js";
import { isBegun, type Method, type PayParts } from "./pay-parts.js";

/** In how many parts; nothing where nobody offers any. */
export function installments(parts: PayParts, method: Method): Html | undefined {
  const { plans, payment } = parts;
  if (plans.length === 0) return undefined;
  const chosen = isBegun(parts, method) ? payment?.choice?.installments : undefined;
  return html`<div class="row">
    ${select(
      { name: "installments", id: `installments-${method}`, label: "Instalments", hint: "by your card's bank" },
      "Pay all at once",
      plans.map((plan) => ({ value: String(plan.installmentNum), text: planText(plan) })),
      chosen?.toString(),
    )}
  </div>`;
}

const planText = ({ installmentNum, interestRate, isInterestFree }: Plan): string => {
  const months = `${installmentNum} months`;
  if (isInterestFree) return `${months}, 0 % with some cards`;
  return interestRate === undefined ? months : `${months}, ${interestRate} % interest`;
};
