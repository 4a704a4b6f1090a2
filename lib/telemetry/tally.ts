import { MEASURES, type HistogramName, type Measure, type MeasureName, type Telemetry } from "../telemetry.js";
import type { Spread } from "./percentile.js";

/** The most series kept of one measure. The labels are of closed sets, so that this is never reached; what came after would share one. */
const MOST_SERIES = 300;
const OTHER = "other";

/** One combination of labels. */
interface Series {
  /** As Prometheus prints them: `operation="pay",outcome="success"`. */
  readonly labels: string;
  readonly outcome: string | undefined;
  /** How often, or for a counter how much. */
  total: number;
  /** Of a histogram: the sum of the milliseconds, and how many fell into each bucket; those beyond the last are in `total` alone. */
  sum: number;
  readonly counts: number[];
  /** Of a histogram: the longest, in milliseconds. */
  most: number;
}

type Values = Readonly<Record<string, string>>;

/** What this process has measured since it began, in fixed space. */
export interface Tally extends Pick<Telemetry, "count" | "record"> {
  /** All of it in Prometheus' text format. Names are made as OpenTelemetry's exporter for Prometheus makes them. */
  text(): string;
  /** How the times of one histogram are spread; of those with one of these outcomes only, if any are named. */
  spread(name: HistogramName, outcomes?: readonly string[]): Spread;
}

export function createTally(): Tally {
  const measures = new Map<string, Map<string, Series>>(Object.keys(MEASURES).map((name) => [name, new Map()]));

  const seriesOf = (name: MeasureName, values: Values): Series | undefined => {
    const { labels, buckets = [] }: Measure = MEASURES[name];
    const known = measures.get(name);
    const keyOf = (of: (label: string) => string): string => labels.map((label) => `${label}="${of(label)}"`).join(",");
    const wanted = keyOf((label) => escaped(values[label] ?? OTHER));
    const found = known?.get(wanted);
    if (found !== undefined || known === undefined) return found;
    const isOther = known.size >= MOST_SERIES;
    const key = isOther ? keyOf(() => OTHER) : wanted;
    const outcome = isOther ? OTHER : values["outcome"];
    const series = known.get(key) ?? { labels: key, outcome, total: 0, sum: 0, counts: buckets.map(() => 0), most: 0 };
    known.set(key, series);
    return series;
  };

  return {
    count(name, labels, by = 1) {
      const series = seriesOf(name, labels);
      if (series !== undefined) series.total += by;
    },
    record(name, ms, labels) {
      const series = seriesOf(name, labels);
      if (series === undefined) return;
      const { buckets } = MEASURES[name];
      series.total++;
      series.sum += ms;
      series.most = Math.max(series.most, ms);
      const bucket = buckets.findIndex((most) => ms <= most);
      if (bucket >= 0) series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    },
    text: () =>
      Object.entries<Measure>(MEASURES)
        .map(([name, measure]) => measureText(name, measure, [...(measures.get(name)?.values() ?? [])]))
        .join(""),
    spread(name, outcomes) {
      const bounds = MEASURES[name].buckets;
      const wanted = [...(measures.get(name)?.values() ?? [])].filter(
        ({ outcome }) => outcomes === undefined || (outcome !== undefined && outcomes.includes(outcome)),
      );
      return {
        bounds,
        counts: bounds.map((_, index) => wanted.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0)),
        count: wanted.reduce((sum, { total }) => sum + total, 0),
        most: Math.max(0, ...wanted.map(({ most }) => most)),
      };
    },
  };
}

function measureText(name: string, { description, buckets }: Measure, all: readonly Series[]): string {
  const isHistogram = buckets !== undefined;
  const printed = name.replaceAll(".", "_") + (isHistogram ? "_milliseconds" : "_total");
  const head = `# HELP ${printed} ${description}\n# TYPE ${printed} ${isHistogram ? "histogram" : "counter"}\n`;
  return (
    head + all.map((series) => (isHistogram ? histogramText(printed, buckets, series) : line(printed, series))).join("")
  );
}

const line = (name: string, { labels, total }: Series): string => `${name}{${labels}} ${total}\n`;

function histogramText(name: string, buckets: readonly number[], { labels, total, sum, counts }: Series): string {
  let below = 0;
  const bucket = (most: string, count: number): string => `${name}_bucket{${labels},le="${most}"} ${count}\n`;
  return [
    ...buckets.map((most, index) => bucket(String(most), (below += counts[index] ?? 0))),
    bucket("+Inf", total),
    `${name}_sum{${labels}} ${sum}\n`,
    `${name}_count{${labels}} ${total}\n`,
  ].join("");
}

const escaped = (value: string): string =>
  /[\\"\n]/.test(value) ? value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n") : value;
