import { AntomError } from "../../errors.js";
import type { ClaimedTask } from "../storage.js";
import { type Database, type Line, LostInWork, type Run } from "./database.js";
import { isContended, isLost, isSpoilt, unavailable } from "./errors.js";
import { lend } from "./lent-client.js";
import type { Names } from "./names.js";
import { type Deadline, deadlineIn, pause } from "./back-off.js";
import type { PostgresPool } from "./pool.js";
import { isTrue, textOrNull } from "./row.js";
import { settleRequest, settleStatement } from "./settle.js";
import { begin } from "./transaction.js";
import { Semaphore } from "./semaphore.js";
import { isHeldSafely } from "./write-settings.js";

export type WorkWithin = (transaction: unknown) => Promise<void>;

export interface WithinParts {
  readonly database: Database;
  readonly names: Names;
  /** Of those that may have a connection for their work at once: the work may ask the kit for more, which takes connections too. */
  readonly turns: Semaphore;
  /** Milliseconds. */
  readonly patience: number;
}

/** Of a pool's connections so many are left for what hooks ask of the kit, for waking and for everybody else. */
const LEFT = 3;

/** Of each pool, for as long as there is one: kits that share a pool share its connections. */
const turnsByPool = new WeakMap<PostgresPool, Semaphore>();

/** Lets so many of the pool's users do their work at once as leaves connections for the others; each works on one of its own. */
export const semaphoreOf = (pool: PostgresPool): Semaphore => {
  const known = turnsByPool.get(pool);
  if (known !== undefined) return known;
  const turns = new Semaphore(Math.max(1, (pool.options?.max ?? Infinity) - LEFT));
  turnsByPool.set(pool, turns);
  return turns;
};

/** How often the end of a transaction may be overtaken by commits of the same payment. */
const MOST_TRIES = 50;

/**
 * The task is marked with the payment's row locked until the transaction ends, for which one more word goes to the server and back. The work is not
 * undone for a short wait: so long the row is waited for, in milliseconds, and less than an answer is.
 */
const MARKING = { settings: isHeldSafely(4000) };

type Ended = { readonly isSettled: boolean } | { readonly thrown: unknown };

/**
 * Does the work in the transaction that marks the task done. No row is locked while the work is under way, so that it may ask the kit for
 * whatever it likes; that the lease is still held is looked at before it begins, and again with the row locked when the task is marked.
 */
export const settleWithin = (
  { database, names, turns, patience }: WithinParts,
  claimed: ClaimedTask,
  work: WorkWithin,
): Promise<boolean> => {
  const deadline = deadlineIn(patience);
  return turns.run(deadline, () => settled(database, names, claimed, work, deadline));
};

const settled = async (
  database: Database,
  names: Names,
  claimed: ClaimedTask,
  work: WorkWithin,
  deadline: Deadline,
): Promise<boolean> => {
  for (let tries = 0; ; tries++) {
    const transaction = new Transaction(names, claimed);
    try {
      const ended = await database.once(deadline, (line) => transaction.carryOut(line, work));
      if ("thrown" in ended) throw new Thrown("the work has failed", { cause: ended.thrown });
      return ended.isSettled;
    } catch (error) {
      if (error instanceof Thrown) throw error.cause;
      const cause: unknown = error instanceof LostInWork ? error.cause : error;
      if (transaction.stage === "ending" && error instanceof LostInWork) {
        return settledAfterAll(database, names, claimed, cause);
      }
      const mayRepeat = transaction.stage === "beginning" && (isLost(cause) || isContended(cause));
      if (!mayRepeat || deadline.isOver()) throw unavailable(cause);
    }
    await pause(tries);
  }
};

/** What the work itself rejected with, which is the shop's and is handed on as it is. */
class Thrown extends Error {}

const SAVEPOINT = "antom_work";

class Transaction {
  readonly #names: Names;
  readonly #claimed: ClaimedTask;
  stage: "beginning" | "working" | "ending" = "beginning";

  constructor(names: Names, claimed: ClaimedTask) {
    this.#names = names;
    this.#claimed = claimed;
  }

  async carryOut(line: Line, work: WorkWithin): Promise<Ended> {
    const { run, client } = line;
    const say = (text: string): Promise<readonly unknown[]> => run({ text, values: [] });
    if (!(await this.#begin(line))) return { isSettled: false };
    this.stage = "working";
    const lent = lend(client);
    try {
      await work(lent.client);
      lent.takeBack();
      await say(`RELEASE SAVEPOINT ${SAVEPOINT}`).catch((error: unknown) => {
        throw ended(error);
      });
    } catch (error) {
      lent.takeBack();
      await say("ROLLBACK");
      return { thrown: error };
    }
    if (!(await this.#mark(run))) {
      await say("ROLLBACK");
      return { isSettled: false };
    }
    this.stage = "ending";
    try {
      await say("COMMIT");
    } catch (error) {
      if (isLost(error)) throw error;
      // A constraint of the shop's that is looked at only now. The server has undone everything; it says so with its next answer only.
      await say("SELECT 1");
      return { thrown: error };
    }
    return { isSettled: true };
  }

  /** Whether the lease is still held, as the transaction begins; it does not begin otherwise. */
  async #begin(line: Line): Promise<boolean> {
    const { task, lease } = this.#claimed;
    const leased = `SELECT 1 AS one FROM ${this.#names.tasks} WHERE id = $1 AND lease = $2`;
    // Asked before, so that the answer tells whether the connection came with a transaction.
    if ((await line.run({ text: leased, values: [task.id, lease] })).length === 0) return false;
    await begin(line);
    try {
      await line.run({ text: `SAVEPOINT ${SAVEPOINT}`, values: [] });
      return true;
    } catch (error) {
      // The pool takes the connection back as it is, and hands it to the next one.
      if (!isLost(error)) await line.run({ text: "ROLLBACK", values: [] });
      throw error;
    }
  }

  async #mark(run: Run): Promise<boolean> {
    const request = settleRequest(this.#claimed, { done: true });
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const [row] = await run(settleStatement(this.#names, [request], MARKING)).catch(async (error: unknown) => {
        if (!isLost(error)) await run({ text: "ROLLBACK", values: [] });
        throw error;
      });
      if (row === undefined) return false;
      if (isTrue(row, "changed")) return true;
      await pause(tries);
    }
    await run({ text: "ROLLBACK", values: [] });
    throw new AntomError("storage_unavailable", "Other transactions were in the way for too long.");
  }
}

/** The savepoint is gone, or the transaction takes no more: the work has ended it, or hid that one of its statements failed. */
const ended = (error: unknown): unknown => {
  if (isLost(error) && !isSpoilt(error)) return error;
  const message = isSpoilt(error)
    ? "A statement failed in the hook's transaction and the hook went on: let the error pass, or use a savepoint around what may fail."
    : "The hook ended the transaction it was given: leave BEGIN, COMMIT and ROLLBACK to the kit.";
  return new AntomError("internal", message, { cause: error });
};

/** Whether a transaction whose end was not answered has come about. If it is under way still, this waits for it. */
const settledAfterAll = async (
  database: Database,
  { tasks }: Names,
  { task, lease }: ClaimedTask,
  cause: unknown,
): Promise<boolean> => {
  const [row] = await database.read(`SELECT lease, settled FROM ${tasks} WHERE id = $1 FOR UPDATE`, task.id);
  if (row !== undefined && textOrNull(row, "settled") === lease) return true;
  throw unavailable(cause);
};
