import { setImmediate } from "node:timers/promises";
import { isPaid, restsSince } from "../../payment/at-rest.js";
import { boundedLimit } from "../page.js";
import type { PruneRequest } from "../storage.js";
import type { Access } from "./access.js";
import type { Connection } from "./connection.js";
import { parsePayment } from "./payments.js";
import type { Step } from "./queue.js";
import { integer, text } from "./row.js";

/** How many payments are looked at in one go, and how many are removed in one transaction: a few milliseconds each. */
const LOOKED_AT = 200;
const REMOVED = 25;

const IS_BUSY = `(
  EXISTS (SELECT 1 FROM antom_tasks WHERE payment = antom_payments.number AND state <> 'done')
  OR EXISTS (SELECT 1 FROM antom_deferred WHERE payment = antom_payments.number)
)`;

/** Those at rest, paid or not, that come after a place in the order in which they go. */
const AT_REST = `
SELECT number, rests_since, ${IS_BUSY} AS busy FROM antom_payments INDEXED BY antom_payments_at_rest
WHERE paid = ? AND rests_since IS NOT NULL AND (rests_since, number) > (?, ?) AND rests_since < ?
ORDER BY rests_since, number LIMIT ?`;

const FREE = `SELECT data FROM antom_payments WHERE number = ? AND NOT ${IS_BUSY}`;
const REMOVE = [
  "DELETE FROM antom_tasks WHERE payment = ?",
  "DELETE FROM antom_journal WHERE payment = ?",
  "DELETE FROM antom_payments WHERE number = ?",
] as const;

/** Where a payment stands in the order in which they go. */
interface Place {
  readonly restsSince: number;
  readonly number: number;
}

const START: Place = { restsSince: -1, number: 0 };

const sooner = (a: Place, b: Place): number => a.restsSince - b.restsSince || a.number - b.number;

interface Look {
  /** Row numbers of what may go, in order. */
  readonly found: readonly number[];
  /** Where to look on; absent at the end. */
  readonly next?: Place;
}

/** Looks at some of the payments after a place: for as many as `most` that may go. */
const look = (connection: Connection, request: PruneRequest, after: Place, most: number): Look => {
  const { unpaidBefore, paidBefore } = request;
  const rows = [unpaidBefore, paidBefore]
    .flatMap((before, paid) => connection.all(AT_REST, paid, after.restsSince, after.number, before, LOOKED_AT))
    .map((row) => ({
      restsSince: integer(row, "rests_since"),
      number: integer(row, "number"),
      isBusy: integer(row, "busy") === 1,
    }))
    .sort(sooner)
    .slice(0, LOOKED_AT);
  const found: number[] = [];
  for (const { restsSince, number, isBusy } of rows) {
    if (!isBusy) found.push(number);
    if (found.length === most) return { found, next: { restsSince, number } };
  }
  const last = rows.at(-1);
  return last === undefined || rows.length < LOOKED_AT ? { found } : { found, next: last };
};

/**
 * The step that removes payments, those of them that may still go, and answers how many. It goes by the payment itself: a process of an
 * earlier express-antom that still runs does not write the columns by which it was found.
 */
const removeStep =
  (numbers: readonly number[], { unpaidBefore, paidBefore }: PruneRequest): Step<number> =>
  (connection) => {
    const going = numbers.filter((number) => {
      const row = connection.get(FREE, number);
      if (row === undefined) return false;
      const payment = parsePayment(text(row, "data"));
      return (restsSince(payment) ?? Infinity) < (isPaid(payment) ? paidBefore : unpaidBefore);
    });
    for (const number of going) for (const sql of REMOVE) connection.run(sql, number);
    return going.length;
  };

/**
 * The step `prune` of a storage. It remembers where it came to, so that the payments that have to stay, of which there are many when a hook
 * has failed for long, are not looked at anew each time; but it says that none is left only after a look from the start.
 */
export class Pruner {
  readonly #access: Access;
  #before: PruneRequest | undefined;
  #place = START;

  constructor(access: Access) {
    this.#access = access;
  }

  async prune(request: PruneRequest): Promise<number> {
    const most = Math.min(boundedLimit(request.limit), REMOVED);
    let place = isSame(request, this.#before) ? this.#place : START;
    let isFromStart = place === START;
    for (;;) {
      const after = place;
      const { found, next } = await this.#access.read((connection) => look(connection, request, after, most));
      place = next ?? START;
      const removed = found.length === 0 ? 0 : await this.#access.write(removeStep(found, request));
      if (removed > 0 || (next === undefined && isFromStart)) {
        this.#before = request;
        this.#place = place;
        return removed;
      }
      isFromStart ||= next === undefined;
      // Buyers are not to wait until all that has to stay has been looked at.
      await setImmediate();
    }
  }
}

const isSame = (request: PruneRequest, before: PruneRequest | undefined): boolean =>
  request.unpaidBefore === before?.unpaidBefore && request.paidBefore === before.paidBefore;
