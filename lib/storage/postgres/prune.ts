import { AntomError } from "../../errors.js";
import { boundedLimit } from "../page.js";
import type { PruneRequest } from "../storage.js";
import type { Database, Line } from "./database.js";
import { onDeferred } from "./deferred.js";
import { unavailable } from "./errors.js";
import type { Names } from "./names.js";
import { pause } from "./back-off.js";
import { text } from "./row.js";
import { whole } from "./transaction.js";

/** How many are removed in one transaction, so that nobody waits long for its locks. */
const REMOVED = 200;

/** How often all that may go may be in somebody else's hands. */
const MOST_TRIES = 50;

/** Those that rest longest, paid or not, of which no task is left to be done. */
const candidatesSql = ({ payments, tasks, deferred }: Names): string => {
  const resting = (paid: string, before: string): string => `(
  SELECT p.number, p.version, p.rests_since FROM ${payments} p
  WHERE ${paid} AND p.rests_since IS NOT NULL AND p.rests_since < ${before}
    AND NOT EXISTS (SELECT 1 FROM ${tasks} t WHERE t.payment = p.number AND t.state <> 'done')
    AND NOT coalesce((SELECT true FROM ${deferred} d WHERE d.payment = p.number), false)
  ORDER BY p.rests_since, p.number LIMIT $3
)`;
  return `SELECT number, version FROM (${resting("NOT p.paid", "$1")} UNION ALL ${resting("p.paid", "$2")}) AS resting
ORDER BY rests_since, number LIMIT $3`;
};

/** A commit that came between has changed the version. What another is at work on is passed over: a commit, or a task that is deferred. */
const lockSql = ({ payments }: Names): string => `
SELECT p.number FROM ${payments} p JOIN unnest($1::bigint[], $2::integer[]) AS c(number, version)
  ON p.number = c.number AND p.version = c.version
ORDER BY p.number FOR UPDATE OF p SKIP LOCKED`;

/**
 * A task may have been deferred since, without a change of the version. It is looked for by a statement of its own, which sees all that
 * was committed before the lock, and from then on nobody adds any.
 */
const removeSql = ({ payments, journal, tasks, deferred }: Names): string => `
WITH going AS MATERIALIZED (
  SELECT n.number FROM unnest($1::bigint[]) AS n(number)
  WHERE NOT EXISTS (SELECT 1 FROM ${tasks} t WHERE t.payment = n.number AND t.state <> 'done')
    AND NOT coalesce((SELECT true FROM ${deferred} d WHERE d.payment = n.number), false)
),
entries AS (DELETE FROM ${journal} j USING going g WHERE j.payment = g.number),
events AS (DELETE FROM ${tasks} t USING going g WHERE t.payment = g.number),
gone AS (DELETE FROM ${payments} p USING going g WHERE p.number = g.number RETURNING p.number)
SELECT number FROM gone`;

const leftSql = ({ payments }: Names): string => `SELECT number FROM ${payments} WHERE number = ANY ($1)`;

/** The step `prune`. Where others remove the same it looks again, so that 0 says that none is left. */
export const prune = async (database: Database, names: Names, request: PruneRequest): Promise<number> => {
  const most = Math.min(boundedLimit(request.limit), REMOVED);
  const { unpaidBefore, paidBefore } = request;
  for (let tries = 0; ; tries++) {
    const found = await database.ask(onDeferred(candidatesSql(names), [unpaidBefore, paidBefore, most]));
    if (found.length === 0) return 0;
    const removed = await remove(database, names, found);
    if (removed > 0) return removed;
    if (tries >= MOST_TRIES) {
      throw new AntomError("storage_unavailable", "Other transactions were in the way for too long.");
    }
    await pause(tries);
  }
};

const remove = async (database: Database, names: Names, found: readonly unknown[]): Promise<number> => {
  const numbers = found.map((row) => text(row, "number"));
  const versions = found.map((row) => text(row, "version"));
  try {
    return await database.attempt(async ({ run, client, isInDoubt }) => {
      const removed = await removeFree({ run, client }, names, numbers, versions);
      // The first try may have removed them, and its answer was lost.
      return isInDoubt ? numbers.length - (await run({ text: leftSql(names), values: [numbers] })).length : removed;
    });
  } catch (error) {
    throw unavailable(error);
  }
};

/** Removes in one transaction those that nobody else is at work on and of which still no task is left to be done. */
const removeFree = (line: Line, names: Names, numbers: string[], versions: string[]): Promise<number> =>
  whole(line, async () => {
    const locked = await line.run({ text: lockSql(names), values: [numbers, versions] });
    const free = locked.map((row) => text(row, "number"));
    const removed = await line.run(onDeferred(removeSql(names), [free]));
    return removed.length;
  });
