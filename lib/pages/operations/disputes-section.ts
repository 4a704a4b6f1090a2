import type { Dispute } from "../../payment/payment.js";
import { html, type SafeHtml } from "../html.js";
import { dataTable } from "./data-table.js";

/** What the buyer's bank disputes. Answering is done on Antom's dashboard; when which step came, the timeline tells. */
export const disputesSection = (disputes: readonly Dispute[]): SafeHtml =>
  html`<section aria-labelledby="disputes">
    <h2 id="disputes">Disputes</h2>
    <p>Answer a dispute on Antom's dashboard, in time.</p>
    ${dataTable({
      caption: "By what Antom has told so far",
      columns: [{ name: "Dispute" }, { name: "Steps" }],
      rows: disputes.map(({ id, steps }) => [
        html`<span class="id">${id}</span>`,
        steps.map((step) => step.toLowerCase().replaceAll("_", " ")).join(", "),
      ]),
      empty: "None.",
    })}
  </section>`;
