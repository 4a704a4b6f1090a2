import type { Round, Rounds } from "../run/race.js";
import { spread, type Spread } from "../run/statistics.js";

/** What a figure has to be. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** One figure of one run. */
export interface Figure {
  /** What was measured, the line of Node included; no other figure of the run has it. */
  readonly name: string;
  /** "ratio", "ms" or "/s". */
  readonly unit: "ratio" | "ms" | "/s";
  readonly value: number;
  /** Such as ">= 0.9"; null where there is none. */
  readonly goal: string | null;
  readonly holds: boolean | null;
  readonly node: string;
  /** The value in each of the rounds. */
  readonly spread: Spread;
  /** What was measured on the way, by contender. */
  readonly measured: Readonly<Record<string, Measured>>;
}

/** Medians over a contender's rounds, with their spread where that says something. */
export interface Measured {
  /** Answers a second. */
  readonly rate: Spread;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: Spread;
  /** The longest the event loop stood still in a round: milliseconds. */
  readonly longestBlock: Spread;
  /** What 99 of a hundred turns of the event loop stayed below: milliseconds. */
  readonly blockP99: number;
  /** Resident memory at the end of the last round, in bytes. */
  readonly rss: number;
  /** Share of one core's time that the shop took, and the load. */
  readonly shopCpu: number;
  readonly loadCpu: number;
  /** Microseconds of a core's time that the shop took for each answer: what other programs do is hardly in it. */
  readonly cpuPerAnswer: number;
  /** Share of the shop's core that other programs took. */
  readonly othersCpu: number;
  /** Hooks done, for each hundred answers. */
  readonly hooks: number;
  /** Hooks that failed in a round, and those that hung at its end. */
  readonly badHooks: Spread;
}

const isMet = (value: number, goal: Goal): boolean =>
  "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;

const goalText = (goal: Goal): string => ("atLeast" in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`);

export interface FigureParts {
  readonly name: string;
  readonly node: string;
  readonly unit?: Figure["unit"];
  readonly goal?: Goal;
  /** The figure in each round; its median is the value. */
  readonly values: readonly number[];
  readonly measured: Figure["measured"];
}

export function figure({ name, node, unit = "ratio", goal, values, measured }: FigureParts): Figure {
  const all = spread(values);
  return {
    name: `${name}, ${node}`,
    unit,
    value: all.median,
    goal: goal === undefined ? null : goalText(goal),
    holds: goal === undefined ? null : isMet(all.median, goal),
    node,
    spread: all,
    measured,
  };
}

/** The ratio of two contenders' rounds, each round of the one to the same round of the other. */
export function ratios(
  rounds: Rounds,
  [upper, lower]: readonly [string, string],
  of: (round: Round) => number = ({ rate }) => rate,
): number[] {
  const below = roundsOf(rounds, lower);
  return roundsOf(rounds, upper).map((round, index) => {
    const other = below[index];
    return other === undefined ? Number.NaN : of(round) / of(other);
  });
}

export const roundsOf = (rounds: Rounds, name: string): readonly Round[] => rounds.get(name) ?? [];

/** What was measured of some contenders: the same object for the same rounds, so that a report can tell them. */
export const measuredOf = (rounds: Rounds, names: readonly string[]): Figure["measured"] =>
  Object.fromEntries(
    names.map((name) => {
      const own = roundsOf(rounds, name);
      const known = summaries.get(own) ?? measured(own);
      summaries.set(own, known);
      return [name, known];
    }),
  );

const summaries = new WeakMap<readonly Round[], Measured>();

function measured(rounds: readonly Round[]): Measured {
  const of = (what: (round: Round) => number): Spread => spread(rounds.map(what));
  return {
    rate: of(({ rate }) => rate),
    p50: of(({ p50 }) => p50).median,
    p99: of(({ p99 }) => p99),
    longestBlock: of(({ longestBlock }) => longestBlock),
    blockP99: of(({ blockP99 }) => blockP99).median,
    rss: rounds.at(-1)?.rss ?? 0,
    shopCpu: of(({ shopCpu }) => shopCpu).median,
    loadCpu: of(({ loadCpu }) => loadCpu).median,
    cpuPerAnswer: of(({ cpuPerAnswer }) => cpuPerAnswer).median,
    othersCpu: of(({ othersCpu }) => othersCpu).median,
    hooks: of(({ hooks, answers }) => (100 * hooks) / answers).median,
    badHooks: of(({ badHooks }) => badHooks),
  };
}
