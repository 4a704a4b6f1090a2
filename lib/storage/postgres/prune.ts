import { AntomError } from "../../errors.js";
import { boundedLimit } from "../page.js";
import type { PruneRequest } from "../storage.js";
import { type Database, type Line, LOOKING } from "./database.js";
import { onDeferred } from "./deferred.js";
import { unavailable } from "./errors.js";
import type { Names } from "./names.js";
import { pause } from "./back-off.js";
import { isTrue, text } from "./row.js";
import { whole } from "./transaction.js";
import { isHeldSafely } from "./write-settings.js";

/** How many payments are looked at with one statement. */
const LOOKED_AT = 500;

/** How many are removed in one transaction, so that nobody waits long for its locks. */
const REMOVED = 200;

/** How often all that may go may be in somebody else's hands. */
const MOST_TRIES = 50;

/** That a task of the payment with a number is left to be done. Subqueries that give a value are never made into a join (see deferred.ts). */
const isBusySql = ({ tasks, deferred }: Names, number: string): string =>
  `coalesce((SELECT true FROM ${tasks} t WHERE t.payment = ${number} AND t.state <> 'done' LIMIT 1),
    (SELECT true FROM ${deferred} d WHERE d.payment = ${number}), false)`;

/** Those at rest, paid or not, that come after a place in the order in which they go. */
const restingSql = (names: Names): string => {
  const resting = (paid: string, before: string): string => `(
  SELECT p.number, p.version, p.rests_since FROM ${names.payments} p
  WHERE ${paid} AND p.rests_since IS NOT NULL AND (p.rests_since, p.number) > ($3::bigint, $4::bigint) AND p.rests_since < ${before}
  ORDER BY p.rests_since, p.number LIMIT ${LOOKED_AT}
)`;
  return `WITH resting AS MATERIALIZED (
  SELECT * FROM (${resting("NOT p.paid", "$1")} UNION ALL ${resting("p.paid", "$2")}) AS r ORDER BY rests_since, number LIMIT ${LOOKED_AT}
)
SELECT number, version, rests_since, ${isBusySql(names, "r.number")} AS busy FROM resting r ORDER BY rests_since, number`;
};

/** A commit that came between has changed the version. What another is at work on is passed over: a commit, or a task that is deferred. */
const lockSql = ({ payments }: Names): string => `
SELECT p.number FROM ${payments} p JOIN unnest($1::bigint[], $2::integer[]) AS c(number, version)
  ON p.number = c.number AND p.version = c.version
WHERE ${isHeldSafely()} ORDER BY p.number FOR UPDATE OF p SKIP LOCKED`;

/**
 * A task may have been deferred since, without a change of the version. It is looked for by a statement of its own, which sees all that
 * was committed before the lock, and from then on nobody adds any.
 */
const removeSql = (names: Names): string => {
  const { payments, journal, tasks } = names;
  return `
WITH going AS MATERIALIZED (
  SELECT n.number FROM unnest($1::bigint[]) AS n(number) WHERE NOT ${isBusySql(names, "n.number")}
),
entries AS (DELETE FROM ${journal} j USING going g WHERE j.payment = g.number),
events AS (DELETE FROM ${tasks} t USING going g WHERE t.payment = g.number),
gone AS (DELETE FROM ${payments} p USING going g WHERE p.number = g.number RETURNING p.number)
SELECT number FROM gone`;
};

const leftSql = ({ payments }: Names): string => `SELECT number FROM ${payments} WHERE number = ANY ($1)`;

/** Where a payment stands in the order in which they go: when it came to rest, and its number. */
type Place = readonly [string, string];

const START: Place = ["-1", "0"];

interface Look {
  /** Rows of what may go, in order. */
  readonly found: readonly unknown[];
  /** Where to look on; absent at the end. */
  readonly next?: Place;
}

/**
 * The step `prune`. It remembers where it came to, so that the payments that have to stay, of which there are many when a hook has failed for
 * long, are not looked at anew each time; but it says that none is left only after a look from the start, at which none was in others' hands.
 */
export class Pruner {
  readonly #names: Names;
  #before: PruneRequest | undefined;
  #place = START;

  constructor(names: Names) {
    this.#names = names;
  }

  async prune(database: Database, request: PruneRequest): Promise<number> {
    const most = Math.min(boundedLimit(request.limit), REMOVED);
    let place = isSame(request, this.#before) ? this.#place : START;
    let isFromStart = place === START;
    let tries = 0;
    for (let isAllSeen = true; ;) {
      const { found, next } = await this.#look(database, request, place, most);
      place = next ?? START;
      const removed = found.length === 0 ? 0 : await remove(database, this.#names, found);
      isAllSeen &&= found.length === removed;
      if (removed > 0 || (next === undefined && isFromStart && isAllSeen)) {
        this.#before = request;
        this.#place = place;
        return removed;
      }
      if (next !== undefined) continue;
      if (isFromStart && ++tries > MOST_TRIES) {
        throw new AntomError("storage_unavailable", "Other transactions were in the way for too long.");
      }
      if (isFromStart) await pause(tries);
      isFromStart = isAllSeen = true;
    }
  }

  /** Looks at some of the payments after a place: for as many as `most` that may go. */
  async #look(database: Database, request: PruneRequest, after: Place, most: number): Promise<Look> {
    const { unpaidBefore, paidBefore } = request;
    const asked = onDeferred(restingSql(this.#names), [unpaidBefore, paidBefore, ...after]);
    const rows = await database.askForMuch(asked);
    const free = rows.filter((row) => !isTrue(row, "busy"));
    const found = free.slice(0, most);
    const last = free.length > most ? found.at(-1) : rows.length < LOOKED_AT ? undefined : rows.at(-1);
    return last === undefined ? { found } : { found, next: [text(last, "rests_since"), text(last, "number")] };
  }
}

const isSame = (request: PruneRequest, before: PruneRequest | undefined): boolean =>
  request.unpaidBefore === before?.unpaidBefore && request.paidBefore === before.paidBefore;

const remove = async (database: Database, names: Names, found: readonly unknown[]): Promise<number> => {
  const numbers = found.map((row) => text(row, "number"));
  const versions = found.map((row) => text(row, "version"));
  try {
    return await database.attempt(async ({ run, client, isInDoubt }) => {
      const removed = await removeFree({ run, client }, names, numbers, versions);
      // The first try may have removed them, and its answer was lost.
      return isInDoubt ? numbers.length - (await run({ text: leftSql(names), values: [numbers] })).length : removed;
    }, LOOKING);
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
