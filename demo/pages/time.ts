import { html, type Html } from "./html.js";

const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** A time of day, with the day where it is another one than today's. */
export function timeOf(ms: number): Html {
  const day = DAY.format(ms) === DAY.format(Date.now()) ? "" : `${DAY.format(ms)}, `;
  return html`<time datetime="${new Date(ms).toISOString()}">${day}${CLOCK.format(ms)}</time>`;
}
