import { html, type SafeHtml } from "../html.js";
import { durationText } from "./latency-text.js";

/** A measure to be drawn; milliseconds. */
export interface LatencyBar {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
}

const TICKS = [
  [1, "1 ms"],
  [10, "10 ms"],
  [100, "100 ms"],
  [1_000, "1 s"],
  [10_000, "10 s"],
  [60_000, "1 min"],
  [600_000, "10 min"],
  [3_600_000, "1 h"],
  [86_400_000, "1 d"],
  [864_000_000, "10 d"],
] as const;

const ROW = 42;
const BAR = 12;
const AXIS = 32;
/** What a tick's label needs. */
const LABEL = 44;
const WIDTHS = [
  ["wide", 1080],
  ["narrow", 320],
] as const;

/**
 * A bar for each measure, to the median and on to the 95th percentile, on one logarithmic scale: calls take milliseconds, and an event may
 * wait for a hook for days. The figures stand in a table beside it: the picture is for the eye alone.
 */
export function latencyChart(name: string, bars: readonly LatencyBar[]): SafeHtml {
  const most = Math.max(...bars.map(({ p95 }) => p95));
  const last = TICKS.findIndex(([ms]) => ms >= most);
  // A scale of at least three steps, so that little differences among short times do not look great.
  const ticks = last === -1 ? TICKS : TICKS.slice(0, Math.max(4, last + 1));
  const end = Math.log(Math.max(most, ticks.at(-1)?.[0] ?? 1));
  const height = bars.length * ROW + AXIS;
  return html`${WIDTHS.map(([look, width]) => {
    const at = (ms: number): number => Math.round((Math.log(Math.max(1, ms)) / end) * (width - 2)) + 1;
    let shown = -LABEL;
    return html`<svg
      class="${look}"
      viewBox="0 0 ${width} ${height}"
      width="${width}"
      height="${height}"
      role="img"
      aria-label="${name}"
    >
      ${ticks.map(([ms, label]) => {
        const x = at(ms);
        if (x - shown < LABEL) return false;
        shown = x;
        const anchor = x < LABEL / 2 ? "start" : x > width - LABEL / 2 ? "end" : "middle";
        return html`<path d="M${x} 0V${height - AXIS}" class="l-edge" />
          <text x="${x}" y="${height - AXIS + 15}" font-size="11" text-anchor="${anchor}" class="t-quiet"
            >${label}</text
          >`;
      })}
      ${bars.map((bar, index) => barOf(bar, index * ROW, at, width))}
    </svg>`;
  })}`;
}

function barOf({ name, median, p95 }: LatencyBar, top: number, at: (ms: number) => number, width: number): SafeHtml {
  const y = top + 20;
  const long = (ms: number): number => Math.max(3, at(ms));
  return html`<text x="1" y="${top + 14}" font-size="12">${name}</text>
    <text x="${width - 1}" y="${top + 14}" font-size="12" text-anchor="end"
      >${durationText(median)} / ${durationText(p95)}</text
    >
    <rect y="${y}" width="${long(p95)}" height="${BAR}" class="s-over"
      ><title>${name}: 95 of 100 within ${durationText(p95)}</title></rect
    >
    <rect y="${y}" width="${long(median)}" height="${BAR}" class="s-calm"
      ><title>${name}: median ${durationText(median)}</title></rect
    >`;
}
