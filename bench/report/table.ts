import type { Figure } from "../figures/figure.js";
import type { Spread } from "../run/statistics.js";
import type { ReportedFigure } from "./report.js";

/** The figures for the terminal. */
export function table(figures: readonly Figure[]): string {
  const head = ["figure", "value", "rounds", "goal", ""];
  const rows = figures.map((figure) => {
    const { name, unit, spread, goal, holds } = figure;
    return [
      name,
      valueOf(figure),
      `${inUnit(spread.lowest, unit)} to ${inUnit(spread.highest, unit)}`,
      goal ?? "",
      holds === null ? "" : holds ? "holds" : "MISSED",
    ];
  });
  return columns([head, ...rows]);
}

/** What each contender did, one line each. */
export function contenders(figures: readonly ReportedFigure[]): string {
  const head = [
    "contender",
    "/s",
    "rounds",
    "p50 ms",
    "p99 ms",
    "block ms",
    "memory MB",
    "CPU us",
    "shop %",
    "load %",
    "others %",
    "hooks %",
  ];
  const seen = new Set<unknown>();
  const lines = figures.flatMap(({ path, node, measured }) => {
    const fresh = Object.entries(measured).filter(([, each]) => !seen.has(each) && seen.add(each));
    return fresh.map(
      ([contender, { rate, p50, p99, longestBlock, rss, cpuPerAnswer, shopCpu, loadCpu, othersCpu, hooks }]) => [
        `${path}: ${contender}, ${node}`,
        whole(rate.median),
        between(rate),
        p50.toFixed(1),
        p99.median.toFixed(1),
        longestBlock.median.toFixed(0),
        (rss / 1e6).toFixed(0),
        cpuPerAnswer.toFixed(0),
        ...[shopCpu, loadCpu, othersCpu, hooks / 100].map((share) => (100 * share).toFixed(0)),
      ],
    );
  });
  return columns([head, ...lines]);
}

/** How much other programs were in the way. */
export function disturbance(figures: readonly Figure[]): string {
  const most = Math.max(0, ...figures.flatMap(({ measured }) => Object.values(measured).map((each) => each.othersCpu)));
  const share = `${(100 * most).toFixed(0)} %`;
  return most > 0.05
    ? `Other programs took up to ${share} of the shop's core: the figures are rough. Run it on a quiet machine.`
    : `Other programs took no more than ${share} of the shop's core.`;
}

/** A figure's value, such as "0.93", "12.5 ms" or "8,200/s"; with a digit more where it misses its goal by less than the last one shows. */
export function valueOf({ value, unit, goal, holds }: Figure): string {
  const isHairsBreadth = unit === "ratio" && holds === false && Number(value.toFixed(2)) === Number(goal?.slice(3));
  return isHairsBreadth ? value.toFixed(3) : inUnit(value, unit);
}

const inUnit = (value: number, unit: Figure["unit"]): string =>
  unit === "ratio" ? value.toFixed(2) : unit === "ms" ? `${value.toFixed(1)} ms` : `${whole(value)}/s`;

const whole = (value: number): string => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en"));
const between = ({ lowest, highest }: Spread): string => `${whole(lowest)} to ${whole(highest)}`;

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}
