import { AntomError, type Page } from "../../../lib/index.js";

export const check = (isRight: boolean, at: string, message: string): void => {
  if (!isRight) throw new AntomError("request_invalid", message, { problems: [{ at, message }] });
};

export const checkLimit = (limit: number): void => {
  check(Number.isSafeInteger(limit) && limit >= 1, "limit", "Ask for at least one.");
};

/** The first rows for which something holds; those behind them are not read. */
export const firstOf = <Row>(rows: Iterable<Row>, limit: number, holds: (row: Row) => boolean): Row[] => {
  const found: Row[] = [];
  for (const row of rows) if (holds(row) && found.push(row) === limit) break;
  return found;
};

/** Where a page ended: the key of its last row in the index that the list goes by. */
export const placeIn = (after: string, parts: number): number[] => {
  const place = /^\d{1,16}(?:-\d{1,16})*$/.test(after) ? after.split("-").map(Number) : [];
  check(place.length === parts, "after", "Hand back the `next` of the page before.");
  return place;
};

/** A page of rows, of which one more was looked for than it has. */
export const pageOf = <Row, T>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly number[],
  itemOf: (row: Row) => T,
): Page<T> => {
  const items = rows.slice(0, limit).map(itemOf);
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? { items, next: placeOf(last).join("-") } : { items };
};
