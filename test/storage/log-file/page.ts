import { AntomError, type Page } from "../../../lib/index.js";

const invalid = (at: string, message: string): AntomError =>
  new AntomError("request_invalid", message, { problems: [{ at, message }] });

export const checkLimit = (limit: number): void => {
  if (!Number.isSafeInteger(limit) || limit < 1) throw invalid("limit", "Ask for at least one.");
};

/** Where a page ended: what the list is sorted by, of its last item. */
type Place = readonly [number, number];

const placeIn = (after: string): Place => {
  const [, first, second] = /^(\d{1,16})-(\d{1,16})$/.exec(after) ?? [];
  if (first === undefined || second === undefined) throw invalid("after", "Hand back the `next` of the page before.");
  return [Number(first), Number(second)];
};

/** A page of rows, those with the highest place first. No two rows have the same place, so none is repeated or passed over. */
export const pageOf = <Row, T>(
  rows: readonly Row[],
  { limit, after }: { readonly limit: number; readonly after?: string },
  placeOf: (row: Row) => Place,
  itemOf: (row: Row) => T,
): Page<T> => {
  checkLimit(limit);
  const compare = (a: Place, b: Place): number => b[0] - a[0] || b[1] - a[1];
  const from = after === undefined ? undefined : placeIn(after);
  const rest = rows
    .filter((row) => from === undefined || compare(from, placeOf(row)) < 0)
    .sort((a, b) => compare(placeOf(a), placeOf(b)));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return rest.length > limit && last !== undefined
    ? { items: items.map(itemOf), next: placeOf(last).join("-") }
    : { items: items.map(itemOf) };
};

export const checkQuery = (isRight: boolean, at: string, message: string): void => {
  if (!isRight) throw invalid(at, message);
};
