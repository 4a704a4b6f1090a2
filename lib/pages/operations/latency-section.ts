import type { Latencies } from "../../latency.js";
import { html, type SafeHtml } from "../html.js";
import { dataTable } from "./data-table.js";
import { latencyChart } from "./latency-chart.js";
import { durationText } from "./latency-text.js";
import { timeOf } from "./time-text.js";

export interface LatencySection {
  /** When this process began to measure; epoch milliseconds. */
  readonly since: number;
  readonly latencies: Latencies;
}

/** What is shown, in this order, and what it means that one went wrong. */
const MEASURES = [
  ["hookLatency", "Hook, event to delivered", "given up"],
  ["hookDuration", "Hook, each try", "failed"],
  ["notificationDuration", "Notification to acknowledged", "not acknowledged"],
  ["gatewayDuration", "Call to Antom", "unanswered"],
] as const satisfies readonly (readonly [keyof Latencies, string, string])[];

/** How long hooks, notifications and calls took: a picture, and the figures in a table. */
export function latencySection({ since, latencies }: LatencySection): SafeHtml {
  const lines = MEASURES.map(([key, name, wrong]) => ({ name, wrong, ...latencies[key] }));
  const bars = lines.flatMap(({ name, median, p95 }) =>
    median === undefined || p95 === undefined ? [] : [{ name, median, p95 }],
  );
  const isEmpty = lines.every(({ count, errors }) => count + errors === 0);
  return html`<section aria-labelledby="latency">
    <h2 id="latency">Latency</h2>
    ${
      isEmpty
        ? html`<p class="quiet">
            Nothing to show yet: this process started on ${timeOf(since)} UTC, and has not had a call, a notification or
            a hook since. The figures come with the first payment.
          </p>`
        : html`<p class="quiet">
              Since this process started on ${timeOf(since)} UTC, and of it alone, whichever days are chosen above.
              ${bars.length > 0 && "Short and long times share one scale: each line to the right stands for a time many times as long as the one before."}
            </p>
            ${bars.length > 0 && picture(bars)} ${table(lines)}`
    }
  </section>`;
}

const picture = (bars: Parameters<typeof latencyChart>[1]): SafeHtml =>
  html`<ul class="key" aria-hidden="true">
      ${(
        [
          ["calm", "Median: half were no slower"],
          ["over", "95 of 100 were no slower"],
        ] as const
      ).map(
        ([look, words]) =>
          html`<li>
            <svg viewBox="0 0 12 12"><rect width="12" height="12" rx="2" class="s-${look}" /></svg>${words}
          </li>`,
      )}
    </ul>
    ${latencyChart("Latency of hooks, notifications and calls; the figures are in the table below", bars)}`;

interface Line {
  readonly name: string;
  readonly wrong: string;
  readonly count: number;
  readonly errors: number;
  readonly median?: number;
  readonly p95?: number;
  readonly max?: number;
}

const table = (lines: readonly Line[]): SafeHtml =>
  dataTable({
    caption: "How long it took, and how often it went wrong. Median and 95 of 100 are estimates.",
    columns: [
      { name: "What" },
      ...["Measured", "Median", "95 of 100 within", "Slowest", "Went wrong"].map((name) => ({ name, isFigure: true })),
    ],
    rows: lines.map(({ name, wrong, count, errors, median, p95, max }) => [
      name,
      count,
      ...[median, p95, max].map((ms) => (ms === undefined ? "-" : durationText(ms))),
      errors === 0 ? "none" : `${errors} ${wrong}`,
    ]),
    empty: "Nothing was measured.",
  });
