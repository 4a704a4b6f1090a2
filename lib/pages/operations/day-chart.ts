import { html, type SafeHtml } from "../html.js";
import type { Look } from "./words.js";

/** Some figures for each day, drawn one upon the other. */
export interface DayChart {
  /** What it shows, in one sentence. */
  readonly name: string;
  /** The days, oldest first: "2026-11-21". */
  readonly days: readonly string[];
  readonly series: readonly { readonly name: string; readonly look: Look; readonly values: readonly number[] }[];
}

/** A share for each day, from 0 to 1; undefined where there is none to tell. */
export interface RateChart {
  readonly name: string;
  readonly days: readonly string[];
  readonly rates: readonly (number | undefined)[];
}

const HEIGHT = 180;
const LEFT = 44;
const TOP = 8;
const BOTTOM = 22;
const WIDTHS = [
  ["wide", 1080],
  ["narrow", 320],
] as const;

/** Bars by day. The figures stand in a table beside it: the picture is for the eye alone. */
export const dayChart = ({ name, days, series }: DayChart): SafeHtml => {
  const totals = days.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const most = niceTop(Math.max(1, ...totals));
  return both(
    name,
    days,
    [0, most / 2, most].map((value) => [value / most, shortNumber(value)]),
    (width) => {
      const step = (width - LEFT) / Math.max(1, days.length);
      return days.map((day, index) => {
        let below = 0;
        return series.map(({ name: part, look, values }) => {
          const value = values[index] ?? 0;
          const y = yOf((below + value) / most);
          const bar = html`<rect
            x="${fixed(LEFT + index * step + step * 0.12)}"
            y="${fixed(y)}"
            width="${fixed(Math.max(1, step * 0.76))}"
            height="${fixed(yOf(below / most) - y)}"
            class="s-${look}"
            ><title>${day}: ${value} ${part.toLowerCase()}</title></rect
          >`;
          below += value;
          return value > 0 && bar;
        });
      });
    },
  );
};

/** A line by day, broken where there is nothing to tell. */
export const rateChart = ({ name, days, rates }: RateChart): SafeHtml =>
  both(
    name,
    days,
    [0, 0.5, 1].map((value) => [value, `${value * 100} %`]),
    (width) => {
      const step = (width - LEFT) / Math.max(1, days.length);
      const at = (index: number): string => fixed(LEFT + (index + 0.5) * step);
      let path = "";
      rates.forEach((rate, index) => {
        if (rate !== undefined) path += `${rates[index - 1] === undefined ? "M" : "L"}${at(index)} ${fixed(yOf(rate))}`;
      });
      return html`<path d="${path}" fill="none" class="l-calm" stroke-width="2.5" stroke-linejoin="round" />
        ${rates.map(
          (rate, index) =>
            rate !== undefined &&
            html`<circle cx="${at(index)}" cy="${fixed(yOf(rate))}" r="3.5" class="s-calm"
              ><title>${days[index]}: ${Math.round(rate * 1000) / 10} %</title></circle
            >`,
        )}`;
    },
  );

const yOf = (share: number): number => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
const fixed = (value: number): string => String(Math.round(value * 10) / 10);

function both(
  name: string,
  days: readonly string[],
  lines: readonly (readonly [share: number, label: string])[],
  draw: (width: number) => SafeHtml | readonly (readonly (SafeHtml | false)[])[],
): SafeHtml {
  return html`${WIDTHS.map(
    ([look, width]) =>
      html`<svg
        class="${look}"
        viewBox="0 0 ${width} ${HEIGHT}"
        width="${width}"
        height="${HEIGHT}"
        role="img"
        aria-label="${name}"
      >
        ${lines.map(
          ([share, label]) =>
            html`<path d="M${LEFT} ${fixed(yOf(share))}H${width}" class="l-edge" />
              <text x="${LEFT - 6}" y="${fixed(yOf(share) + 4)}" font-size="11" text-anchor="end" class="t-quiet"
                >${label}</text
              >`,
        )}
        ${draw(width)} ${labels(days, width)}
      </svg>`,
  )}`;
}

/** As many days as can be read, the last one among them. */
function labels(days: readonly string[], width: number): SafeHtml[] {
  const step = (width - LEFT) / Math.max(1, days.length);
  const every = Math.max(1, Math.ceil(44 / step));
  return days.flatMap((day, index) =>
    (days.length - 1 - index) % every === 0
      ? [
          html`<text
            x="${fixed(Math.min(LEFT + (index + 0.5) * step, width - 16))}"
            y="${HEIGHT - 6}"
            font-size="11"
            text-anchor="middle"
            class="t-quiet"
            >${day.slice(5)}</text
          >`,
        ]
      : [],
  );
}

/** The next number that looks well at the top of a chart. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const top = [1, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return Math.max(2, top * power);
}

const shortNumber = (value: number): string =>
  value >= 1e6 ? `${fixed(value / 1e6)}M` : value >= 1e4 ? `${fixed(value / 1e3)}k` : fixed(value);
