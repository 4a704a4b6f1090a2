import { html, raw, type SafeHtml } from "../html.js";
import { factsList } from "./facts-list.js";
import { renderFrame, type Seat } from "./frame.js";
import { isGoing, JOB_STATES, JOB_WORDS, type JobView } from "./job-view.js";
import { JOB_SCRIPT } from "./job-script.js";
import { spanText, timeOf } from "./time-text.js";

export interface JobPage extends Seat {
  readonly job: JobView;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the form that stops it, for who may. */
  readonly token?: string | undefined;
}

/** How far long work has got. It loads itself again without scripts, and follows along with them. */
export function jobPage({ job, now, token, ...seat }: JobPage): string {
  const { id, kind, by, startedAt, endedAt, errors, lastError } = job;
  const { root } = seat;
  const goes = isGoing(job);
  return renderFrame({
    ...seat,
    title: JOB_WORDS[kind],
    head: goes ? html`<noscript>${raw('<meta http-equiv="refresh" content="2" />')}</noscript>` : undefined,
    script: goes ? JOB_SCRIPT : undefined,
    body: html`
      <h1>${JOB_WORDS[kind]}</h1>
      <section aria-label="Progress" data-job="${root}jobs/${id}">
        <p role="status"><b>${JOB_STATES[job.state]}.</b> <span data-count>${progressText(job)}</span></p>
        ${bar(job)}
        ${factsList([
          ["Begun", timeOf(startedAt)],
          ["By", by],
          ["Took", spanText((endedAt ?? now) - startedAt)],
          ["Errors", errors],
          ["Last error", lastError],
        ])}
        ${
          goes &&
          token !== undefined &&
          html`<form method="post" action="${root}jobs/${id}/stop" class="buttons">
            <input type="hidden" name="form" value="${token}" />
            <button class="second">Stop</button>
          </form>`
        }
      </section>
      <p>
        ${goes && "It goes on when you leave this page. "}What is done stays done.
        <a href="${root}${kind === "redeliver-all" ? "events" : ""}"
          >Back to the ${kind === "redeliver-all" ? "hooks" : "payments"}</a
        >
      </p>
    `,
  });
}

const bar = (job: JobView): SafeHtml | false => {
  const { done, total } = job;
  if (total !== undefined)
    return html`<progress aria-label="Progress" max="${Math.max(total, done, 1)}" value="${done}"></progress>`;
  return isGoing(job) && html`<progress aria-label="Progress"></progress>`;
};

const progressText = ({ done, total }: JobView): string =>
  total === undefined ? `${done} so far` : `${done} of ${Math.max(total, done)}`;

/** Long work in one line, with the way to its page. */
export const jobLine = (job: JobView, root: string): SafeHtml =>
  html`<p class="notice">
    <a href="${root}jobs/${job.id}">${JOB_WORDS[job.kind]}</a>: ${JOB_STATES[job.state].toLowerCase()},
    ${progressText(job)}
  </p>`;
