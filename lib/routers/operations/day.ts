const DAY = 86_400_000;

/** A day of the calendar, such as 2026-01-31. */
export const DAY_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/** The beginning of a day that is written so, in UTC; NaN where its month has no such day, which `Date.parse` takes for one of the next. */
export function startOfDay(text: string): number {
  const day = Date.parse(text);
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(text) ? day : Number.NaN;
}

/** The beginning of the day a time is in, in UTC. */
export const dayOf = (at: number): number => Math.floor(at / DAY) * DAY;

/** The end of a day, by its beginning. */
export const dayAfter = (day: number, days = 1): number => day + days * DAY;
