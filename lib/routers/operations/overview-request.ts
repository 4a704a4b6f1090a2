import type { Request } from "express";
import { AntomError } from "../../errors.js";
import { type OverviewRange, WIDEST } from "../../storage/overview.js";
import { queryOf } from "../query.js";
import { dayAfter, dayOf, DAY_PATTERN, startOfDay } from "./day.js";

/** Days that are shown when none are asked for. */
const DAYS = 30;

/**
 * Which days are asked for: `from` and `through`, both included.
 *
 * @param now epoch milliseconds
 * @throws AntomError `request_invalid`
 */
export function overviewRequest(req: Request, now: number): OverviewRange {
  const { from, through } = queryOf(req);
  const to = dayAfter(through === undefined ? dayOf(now) : dayNamed("through", through));
  const range = { from: from === undefined ? dayAfter(to, -DAYS) : dayNamed("from", from), to };
  if (range.from >= to) throw invalid("from", "The first day must not be after the last.");
  if (range.from < dayAfter(to, -WIDEST)) throw invalid("from", `Ask for ${WIDEST} days at most.`);
  return range;
}

/** The last days: what is shown when none are asked for. */
export const lastDays = (now: number): OverviewRange => ({
  from: dayAfter(dayOf(now), 1 - DAYS),
  to: dayAfter(dayOf(now)),
});

function dayNamed(at: string, text: string): number {
  const day = new RegExp(DAY_PATTERN).test(text) ? startOfDay(text) : Number.NaN;
  // Before 1970 nobody paid.
  if (Number.isNaN(day) || day < 0) throw invalid(at, "Write a day such as 2026-01-31.");
  return day;
}

const invalid = (at: string, message: string): AntomError =>
  new AntomError("request_invalid", message, { problems: [{ at, message }] });
