import type { Payment } from "../../payment/payment.js";
import { html } from "../html.js";
import { filtersForm, type Filters } from "./filters-form.js";
import { renderFrame, type Seat } from "./frame.js";
import { needsSection, type Need } from "./needs-section.js";
import { paymentsTable } from "./payments-table.js";

export interface ListPage extends Seat {
  readonly filters: Filters;
  readonly needs: readonly Need[];
  readonly payments: readonly Payment[];
  /** Where the next page begins. */
  readonly next?: string | undefined;
  /** What is wrong with the filters, where nothing could be looked for. */
  readonly problem?: string | undefined;
  /** Of the form that asks Antom about all open payments, for who may. */
  readonly inquireToken?: string | undefined;
}

/** The payments, newest first, and above them what needs a person. */
export function listPage({ filters, needs, payments, next, problem, inquireToken, ...seat }: ListPage): string {
  const { root } = seat;
  const { after: _after, ...lasting } = filters;
  return renderFrame({
    ...seat,
    title: "Payments",
    here: "payments",
    body: html`
      <h1>Payments</h1>
      ${needsSection(needs)} ${filtersForm(lasting, root)}
      ${
        problem === undefined
          ? paymentsTable({ payments, filters, next, root })
          : html`<div class="notice bad" role="alert"><p>${problem}</p></div>`
      }
      ${
        inquireToken !== undefined &&
        html`<form method="post" action="${root}jobs" class="buttons">
          <input type="hidden" name="form" value="${inquireToken}" />
          <input type="hidden" name="kind" value="inquire-all-open" />
          <button class="second">Ask Antom about all open payments</button>
        </form>`
      }
    `,
  });
}
