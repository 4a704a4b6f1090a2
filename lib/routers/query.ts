import type { Request } from "express";

/** The query, however the app parses queries: some parse none, and `req.query` is empty. */
function searchOf({ url }: Pick<Request, "url">): URLSearchParams {
  const at = url.indexOf("?");
  return new URLSearchParams(at === -1 ? "" : url.slice(at + 1));
}

/** The query's fields that were filled in; of one that is repeated, the last. */
export const queryOf = (req: Pick<Request, "url">): Record<string, string> =>
  Object.fromEntries([...searchOf(req)].filter(([, value]) => value.trim() !== ""));

/** The query's fields as they came: an empty one is empty, and one that is repeated has all its values, so that it is seen. */
export function rawQueryOf(req: Pick<Request, "url">): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of searchOf(req)) {
    const before = fields.get(name);
    if (Array.isArray(before)) before.push(value);
    else fields.set(name, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries(fields);
}
