const OFFSET_HOURS = 8;
const HOUR = 3_600_000;

/** A time as Antom writes it: ISO 8601 to the second with an offset, e.g. `2019-11-27T12:01:01+08:00`. */
export const timestamp = (ms: number): string =>
  `${new Date(ms + OFFSET_HOURS * HOUR).toISOString().slice(0, 19)}+08:00`;

const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of an ISO 8601 time with an offset; undefined when it is not one. */
export function parseTimestamp(text: string): number | undefined {
  if (!DATETIME.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
