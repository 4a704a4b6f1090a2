import { html, type SafeHtml } from "../html.js";
import { timeOf } from "./time-text.js";
import { timelineDrawing, NARROW, WIDE } from "./timeline-drawing.js";
import type { Moment, Timeline } from "./timeline.js";
import { statusBadge } from "./words.js";

/** Moments drawn and listed at most; of a longer history, the beginning and the end. */
const MOST = 200;
const FIRST = 40;

/** What happened to the payment: as a picture, and the same as a list for who cannot see it or wants to copy it. */
export function timelineSection(whole: Timeline): SafeHtml {
  const { timeline, left } = shortened(whole);
  const name = `What happened to the payment: ${timeline.past.length} things, also listed below the picture`;
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">What happened</h2>
    ${left > 0 && html`<p class="quiet">${left} of ${whole.past.length} things in between are left out here; the JSON of this page has all.</p>`}
    <div class="wide">${timelineDrawing(timeline, WIDE, name)}</div>
    <div class="narrow">${timelineDrawing(timeline, NARROW, name)}</div>
    <details>
      <summary>The same as a list</summary>
      <ol class="steps">
        ${timeline.past.map(item)}
      </ol>
      ${
        timeline.future.length > 0 &&
        html`<h3>To come</h3>
          <ul class="steps">
            ${timeline.future.map(item)}
          </ul>`
      }
    </details>
  </section>`;
}

const WHO = { shop: "Shop", kit: "Kit", antom: "Antom", hooks: "Hooks" } as const;

const item = ({ at, title, detail, status, from, to }: Moment): SafeHtml =>
  html`<li>
    ${timeOf(at)} <span class="quiet">${WHO[from]}${to !== undefined && ` to ${WHO[to]}`}:</span> ${title}
    ${status !== undefined && statusBadge(status)} ${detail !== undefined && html`<span class="quiet">${detail}</span>`}
  </li>`;

function shortened(timeline: Timeline): { timeline: Timeline; left: number } {
  const { past } = timeline;
  const left = past.length - MOST;
  if (left <= 0) return { timeline, left: 0 };
  return { timeline: { ...timeline, past: [...past.slice(0, FIRST), ...past.slice(FIRST - MOST)] }, left };
}
