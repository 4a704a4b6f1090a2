import type { Declines, OverviewDay, OverviewRange } from "./overview.js";

/** The length of a day, in milliseconds. */
export const DAY = 86_400_000;

/** The day a time is in, counted from 1970 in UTC. */
export const dayOf = (time: number): number => Math.floor(time / DAY);

/** All days that a range touches. */
export const daysIn = ({ from, to }: OverviewRange): number[] =>
  to <= from ? [] : Array.from({ length: dayOf(to - 1) - dayOf(from) + 1 }, (_, index) => dayOf(from) + index);

/** Some payments of one day and currency that are alike. */
export interface AlikePayments {
  readonly day: number;
  readonly currency: string;
  readonly status: string;
  readonly failureCode: string | null;
  readonly isAuthorized: boolean;
  readonly count: number;
  readonly captured: bigint;
  readonly refunded: bigint;
}

interface Line {
  readonly day: number;
  readonly currency: string;
  readonly groups: AlikePayments[];
}

/** Adds alike payments up to the lines of an overview. */
export const talliedByDay = (alike: readonly AlikePayments[]): OverviewDay[] => {
  const lines = new Map<string, Line>();
  for (const group of alike) {
    const { day, currency } = group;
    const key = `${day} ${currency}`;
    const line = lines.get(key) ?? { day, currency, groups: [] };
    line.groups.push(group);
    lines.set(key, line);
  }
  return [...lines.values()].sort((a, b) => a.day - b.day || byLetters(a.currency, b.currency)).map(tallied);
};

const tallied = ({ day, currency, groups }: Line): OverviewDay => {
  const failed = groups.filter(({ status }) => status === "failed");
  return {
    day: dateOf(day),
    currency,
    opened: countOf(groups),
    authorized: countOf(groups.filter(({ isAuthorized }) => isAuthorized)),
    failed: countOf(failed),
    expired: countOf(groups.filter(({ status }) => status === "expired")),
    voided: countOf(groups.filter(({ status }) => status === "voided")),
    captured: groups.reduce((sum, { captured }) => sum + captured, 0n).toString(),
    refunded: groups.reduce((sum, { refunded }) => sum + refunded, 0n).toString(),
    declines: declinesOf(failed),
  };
};

const dateOf = (day: number): string => new Date(day * DAY).toISOString().replace(/T.*/, "");

const countOf = (groups: readonly AlikePayments[]): number => groups.reduce((sum, { count }) => sum + count, 0);

const declinesOf = (failed: readonly AlikePayments[]): Declines[] => {
  const counts = new Map<string, number>();
  for (const { failureCode, count } of failed) {
    if (failureCode !== null) counts.set(failureCode, (counts.get(failureCode) ?? 0) + count);
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || byLetters(a.code, b.code));
};

/** By the letters' code units, which are the same everywhere. */
export const byLetters = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
