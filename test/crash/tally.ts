import { isObject, type Violation } from "./records.js";
import type { StretchResult } from "./stretch.js";

/** What a run has come to so far. */
export interface Tally {
  readonly stretches: number;
  readonly kills: number;
  /** Kills that cut something short. */
  readonly effective: number;
  /** At a point of which the process knew, by name. */
  readonly points: Readonly<Record<string, number>>;
  /** What was in hand when processes were killed, by name. */
  readonly over: Readonly<Record<string, number>>;
  readonly orders: number;
  readonly payments: number;
  /** Payments over which a process died. */
  readonly touched: number;
  readonly requests: number;
  readonly notifications: number;
  readonly spoilt: number;
  readonly broken: number;
  /** How often the whole server of the database was killed. */
  readonly crashes: number;
  readonly hookCalls: number;
  readonly redriven: number;
  readonly compared: number;
  /** Milliseconds. */
  readonly took: number;
  readonly violations: readonly FoundViolation[];
}

/** A violation, and where it was found. */
export interface FoundViolation extends Violation {
  readonly stretch: number;
  readonly seed: string;
}

export const NOTHING: Tally = {
  stretches: 0,
  kills: 0,
  effective: 0,
  points: {},
  over: {},
  orders: 0,
  payments: 0,
  touched: 0,
  requests: 0,
  notifications: 0,
  spoilt: 0,
  broken: 0,
  crashes: 0,
  hookCalls: 0,
  redriven: 0,
  compared: 0,
  took: 0,
  violations: [],
};

/** The tally with another stretch in it. */
export function tallied(tally: Tally, result: StretchResult): Tally {
  const { kills, number, seed } = result;
  return {
    stretches: tally.stretches + 1,
    kills: tally.kills + kills.length,
    effective: tally.effective + kills.filter(({ inHand, point }) => inHand.length > 0 || point !== undefined).length,
    points: counted(
      tally.points,
      kills.flatMap(({ point }) => (point === undefined ? [] : [point])),
    ),
    over: counted(
      tally.over,
      kills.flatMap(({ inHand }) => [...new Set(inHand.map(({ name }) => name))]),
    ),
    orders: tally.orders + result.orders,
    payments: tally.payments + result.payments,
    touched: tally.touched + result.touched,
    requests: tally.requests + result.requests,
    notifications: tally.notifications + result.notifications,
    spoilt: tally.spoilt + result.spoilt,
    broken: tally.broken + result.broken,
    crashes: tally.crashes,
    hookCalls: tally.hookCalls + result.hookCalls,
    redriven: tally.redriven + result.redriven,
    compared: tally.compared + result.compared,
    took: tally.took,
    violations: [...tally.violations, ...result.violations.map((found) => ({ ...found, stretch: number, seed }))],
  };
}

function counted(counts: Readonly<Record<string, number>>, names: readonly string[]): Record<string, number> {
  const next: Record<string, number> = { ...counts };
  for (const name of names) next[name] = (next[name] ?? 0) + 1;
  return next;
}

export const isTally = (value: unknown): value is Tally =>
  isObject(value) && Object.keys(NOTHING).every((name) => name in value);
