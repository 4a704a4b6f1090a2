import { html, type HtmlValue, type SafeHtml } from "../html.js";
import { dataTable } from "./data-table.js";
import { renderFrame, type Seat } from "./frame.js";
import { hookStanding, isFailing, mayBeRunning, triesText, type HookView } from "./hook-view.js";
import type { JobView } from "./job-view.js";
import { jobLine } from "./job-page.js";
import { spanText, timeOf } from "./time-text.js";
import { badge } from "./words.js";

export interface HooksPage extends Seat {
  readonly hooks: readonly HookView[];
  readonly next?: string | undefined;
  /** The state that is shown, where one was asked for. */
  readonly state?: string | undefined;
  readonly payment?: string | undefined;
  readonly after?: string | undefined;
  readonly counts: { readonly waiting: number; readonly failing: number; readonly dead: number };
  /** Epoch milliseconds. */
  readonly now: number;
  /** A form's token for each event that can be delivered anew, by its id, for who may. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly allToken?: string | undefined;
  /** Long work about hooks that is going on or was done of late. */
  readonly jobs: readonly JobView[];
}

const STATES = [
  ["", "All"],
  ["waiting", "Waiting and failing"],
  ["dead", "Given up"],
  ["done", "Delivered"],
] as const;

/** What the shop's hooks were told, could not be told, and will be told. */
export function hooksPage({
  hooks,
  next,
  state = "",
  payment,
  after,
  counts,
  now,
  tokens,
  allToken,
  jobs,
  ...seat
}: HooksPage): string {
  const { root } = seat;
  const query = (fields: Readonly<Record<string, string | undefined>>): string =>
    new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]): [string, string][] =>
        value === undefined || value === "" ? [] : [[name, value]],
      ),
    ).toString();
  return renderFrame({
    ...seat,
    title: "Hooks",
    here: "hooks",
    body: html`
      <h1>Hooks</h1>
      <ul class="tiles">
        ${tile(counts.waiting - counts.failing, "waiting for their turn", false)}
        ${tile(counts.failing, "tried, and not delivered yet", true)} ${tile(counts.dead, "given up", true)}
      </ul>
      ${jobs.map((job) => jobLine(job, root))}
      ${
        counts.dead > 0 &&
        allToken !== undefined &&
        html`<form method="post" action="${root}jobs" class="card">
          <p>Once what made the hooks fail is mended, all that were given up can be delivered anew.</p>
          <input type="hidden" name="form" value="${allToken}" />
          <input type="hidden" name="kind" value="redeliver-all" />
          <button>Redeliver all ${counts.dead}</button>
        </form>`
      }
      <section aria-label="Events">
        <nav class="pages" aria-label="Which events">
          ${STATES.map(([value, words]) =>
            value === state
              ? html`<a class="button" aria-current="true" href="${root}events?${query({ state: value, payment })}"
                  >${words}</a
                >`
              : html`<a class="second button" href="${root}events?${query({ state: value, payment })}">${words}</a>`,
          )}
        </nav>
        ${dataTable({
          caption: payment === undefined ? "Newest first" : `Of payment ${payment}, newest first`,
          columns: [
            { name: "When" },
            { name: "Event" },
            { name: "Payment" },
            { name: "Standing" },
            { name: "Tries", isFigure: true },
            { name: "Last error, next try" },
            { name: "" },
          ],
          rows: hooks.map((hook) => cells(hook, tokens.get(hook.id), root, now)),
          empty: "None.",
        })}
        <nav class="pages" aria-label="Pages">
          ${after !== undefined && html`<a class="second button" href="${root}events?${query({ state, payment })}">Newest</a>`}
          ${next !== undefined && html`<a class="second button" href="${root}events?${query({ state, payment, after: next })}">Older</a>`}
        </nav>
      </section>
    `,
  });
}

const tile = (count: number, words: string, isBad: boolean): SafeHtml =>
  html`<li>
    <div class="${count === 0 ? "none" : isBad && "trouble"}"><b>${count}</b> ${words}</div>
  </li>`;

const cells = (hook: HookView, token: string | undefined, root: string, now: number): HtmlValue[] => [
  timeOf(hook.at),
  hook.type,
  html`<a class="id" href="${root}${hook.payment}" aria-label="Payment ${hook.payment}"
    >...${hook.payment.slice(-8)}</a
  >`,
  badge(...hookStanding(hook)),
  hook.attempts,
  html`${hook.lastError}
  ${
    hook.nextAt !== undefined &&
    (hook.nextAt > now
      ? html`<p class="hint">${isFailing(hook) ? "tried again" : "tried"} in ${spanText(hook.nextAt - now)}</p>`
      : html`<p class="hint">due now${mayBeRunning(hook, now) && ": its hook may be running"}</p>`)
  }`,
  token !== undefined &&
    html`<form method="post" action="${root}events/${encodeURIComponent(hook.id)}/redeliver">
      <input type="hidden" name="form" value="${token}" />
      <button class="second" aria-label="Redeliver ${hook.type}, ${triesText(hook.attempts)} so far">Redeliver</button>
    </form>`,
];
