import { html, type SafeHtml } from "../html.js";
import { dataTable } from "./data-table.js";
import { dayChart, rateChart } from "./day-chart.js";
import { renderFrame, type Seat } from "./frame.js";
import { latencySection, type LatencySection } from "./latency-section.js";
import { moneyText } from "./money-text.js";
import {
  countsByDay,
  declinesByReason,
  moneyByCurrency,
  percent,
  rateOf,
  type DayCounts,
  type Figures,
} from "./overview-figures.js";
import { rankChart } from "./rank-chart.js";

export interface OverviewPage extends Seat {
  readonly figures: Figures;
  readonly latency: LatencySection;
  /** The beginning of the first day, in UTC; epoch milliseconds. */
  readonly from: number;
  /** The end of the last day. */
  readonly to: number;
  readonly problem?: string | undefined;
}

const DAY = 86_400_000;
const dayName = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** How payments went, day by day: plain charts, and the same figures in tables. */
export function overviewPage({ figures, latency, from, to, problem, ...seat }: OverviewPage): string {
  const { root } = seat;
  const counts = countsByDay(figures.days, from, to);
  const days = counts.map(({ day }) => day);
  const sum = (name: "opened" | "authorized" | "failed"): number =>
    counts.reduce((total, line) => total + line[name], 0);
  const { waiting, failing, dead } = figures.waiting;
  return renderFrame({
    ...seat,
    title: "Overview",
    here: "overview",
    body: html`
      <h1>Overview</h1>
      <form method="get" action="${root}overview" class="card">
        <div class="filters">
          <div>
            <label for="from">From (UTC)</label
            ><input id="from" name="from" type="date" value="${dayName(from)}" required />
          </div>
          <div>
            <label for="through">Up to and on (UTC)</label>
            <input id="through" name="through" type="date" value="${dayName(to - DAY)}" required />
          </div>
          <div class="buttons"><button>Show</button></div>
        </div>
      </form>
      ${problem !== undefined && html`<div class="notice bad" role="alert"><p>${problem}</p></div>`}
      <ul class="tiles">
        <li>
          <div><b>${sum("opened")}</b> payments opened</div>
        </li>
        <li>
          <div><b>${percent(rateOf(sum("authorized"), sum("failed"))) || "-"}</b> of those decided were authorized</div>
        </li>
        <li>
          <a class="plain" href="${root}events?state=waiting"
            ><b>${waiting}</b> hooks waiting, ${failing} of them failing</a
          >
        </li>
        <li>
          <a class="${dead === 0 && "plain"}" href="${root}events?state=dead"><b>${dead}</b> hooks given up</a>
        </li>
      </ul>
      <section aria-labelledby="rate">
        <h2 id="rate">Authorization rate by day</h2>
        <p class="hint">Authorized, of the payments opened that day that were either authorized or declined.</p>
        ${rateChart({ name: "Authorization rate by day; the figures are in the table below", days, rates: counts.map(({ rate }) => rate) })}
      </section>
      <section aria-labelledby="opened">
        <h2 id="opened">Payments by day</h2>
        ${keyOf()}
        ${dayChart({
          name: "Payments by day and how they stand; the figures are in the table below",
          days,
          series: [
            { name: "Authorized", look: "good", values: counts.map(({ authorized }) => authorized) },
            { name: "Declined", look: "bad", values: counts.map(({ failed }) => failed) },
            { name: "Others", look: "over", values: counts.map(({ others }) => others) },
          ],
        })}
        ${daysTable(counts)}
      </section>
      <section aria-labelledby="declines">
        <h2 id="declines">Declines by reason</h2>
        ${rankChart("Of the payments opened on these days", declinesByReason(figures.days))}
      </section>
      ${moneyTable(figures)}
      <p>
        <a href="${root}overview.csv?from=${dayName(from)}&amp;through=${dayName(to - DAY)}"
          >Download these days as CSV</a
        >, a line for each day and currency
      </p>
      ${latencySection(latency)}
    `,
  });
}

const keyOf = (): SafeHtml =>
  html`<ul class="key" aria-hidden="true">
    ${(
      [
        ["good", "Authorized"],
        ["bad", "Declined"],
        ["over", "Others: given up, voided or open"],
      ] as const
    ).map(
      ([look, words]) =>
        html`<li>
          <svg viewBox="0 0 12 12"><rect width="12" height="12" rx="2" class="s-${look}" /></svg>${words}
        </li>`,
    )}
  </ul>`;

const daysTable = (counts: readonly DayCounts[]): SafeHtml =>
  html`<details>
    <summary>The figures</summary>
    ${dataTable({
      caption: "Payments by the day they were opened, newest first",
      columns: [
        { name: "Day" },
        ...["Opened", "Authorized", "Declined", "Others", "Rate"].map((name) => ({ name, isFigure: true })),
      ],
      rows: counts
        .filter(({ opened }) => opened > 0)
        .toReversed()
        .map(({ day, opened, authorized, failed, others, rate }) => [
          day,
          opened,
          authorized,
          failed,
          others,
          percent(rate),
        ]),
      empty: "No payment was opened on these days.",
    })}
  </details>`;

const moneyTable = (figures: Figures): SafeHtml =>
  html`<section aria-labelledby="money">
    <h2 id="money">Money by currency</h2>
    ${dataTable({
      caption: "Captured and refunded: of the payments opened on these days. Held: all that is held now.",
      columns: [
        { name: "Currency" },
        ...["Captured", "Refunded", "Held now", "Holds"].map((name) => ({ name, isFigure: true })),
      ],
      rows: moneyByCurrency(figures).map(({ currency, captured, refunded, held, holds }) => [
        currency,
        ...[captured, refunded, held].map((value) => moneyText(value.toString(), currency)),
        holds,
      ]),
      empty: "No money was captured or is held.",
    })}
  </section>`;
