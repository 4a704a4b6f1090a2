import { AntomError } from "../errors.js";
import type { Page } from "./storage.js";

/** The most that one page, one claim or one removal holds, however much is asked for. */
const MOST = 1000;

/** How many to give: what was asked for, within bounds. Throws `request_invalid` for what is not a count. */
export const boundedLimit = (limit: number): number => {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    const message = `Give a whole number from 1 on. No more than ${MOST} come at once.`;
    throw new AntomError("request_invalid", `The limit is at least 1. ${message}`, {
      problems: [{ at: "limit", message }],
    });
  }
  return Math.min(limit, MOST);
};

/** Where a page ended: the sort key of its last item, as whole numbers. */
export type Cursor = readonly number[];

const CURSOR = /^\d{1,16}(?:\.\d{1,16})*$/;

/** Reads the `after` of a query; `parts` is how many numbers the list is sorted by. Throws `request_invalid`. */
export const readCursor = (after: string | undefined, parts: number): Cursor | undefined => {
  if (after === undefined) return undefined;
  const cursor = CURSOR.test(after) ? after.split(".").map(Number) : [];
  if (cursor.length !== parts) {
    const message = "Hand back the `next` of the page before, unchanged.";
    throw new AntomError("request_invalid", `This is not where a page ended. ${message}`, {
      problems: [{ at: "after", message }],
    });
  }
  return cursor;
};

/** Makes a page of rows of which one more than `limit` was asked for, so as to know whether another page follows. */
export const pageOf = <Row, T>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => T,
  cursor: (row: Row) => Cursor,
): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined
    ? { items: items.map(item), next: cursor(last).join(".") }
    : { items: items.map(item) };
};
