import { randomBytes } from "node:crypto";
import { AntomError } from "../../errors.js";
import { checkDestination } from "../sqlite/closing.js";
import type { SqliteDriver } from "../sqlite/driver.js";
import { type Counts, MovingFile } from "../sqlite/moving-file.js";
import { copy } from "./copy.js";
import { type Database, type Line, LostInWork } from "./database.js";
import { isLost, unavailable } from "./errors.js";
import type { Names } from "./names.js";
import { deadlineIn } from "./back-off.js";
import { checkCounts, checkEmpty, destinationOf, hasMoved, lockTables, noteMove } from "./target.js";
import { begin, whole } from "./transaction.js";

/** Options of `takeOver`, which moves a file's payments to PostgreSQL. */
export interface TakeOverOptions {
  /** The class that opens SQLite files; found as `sqliteStorage` finds it unless given. */
  readonly driver?: SqliteDriver;
  /** Gives up what is not done yet: nothing is moved then, the file is opened again, and the call rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Told how many rows have been copied, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface MoveParts {
  readonly database: Database;
  readonly names: Names;
  /** How long to wait for those who are at work on the tables, in milliseconds. */
  readonly patience: number;
}

/** How many of each kind were in the file, and are in the tables. */
export interface TakenOver extends Counts {
  /** They had been moved before, and nothing was to be done. */
  readonly isRepeated: boolean;
}

/** How long a single answer may take: the end of a large transaction has much to sync. Milliseconds. */
const REPLY = 300_000;

/** How long to wait for a connection, and for the end of a transaction that was not answered, in milliseconds. */
const SEARCH = 60_000;

/**
 * Brings everything that an SQLite file holds into the tables, which have to be empty, in one transaction.
 *
 * So that nobody goes on writing what is lost then, the file is closed first, durably, with the tables locked; and opened again only where
 * it is certain that nothing has come to PostgreSQL. Whoever is killed in between leaves it closed: the next call finds out, behind the same
 * lock, whether the transaction has come about.
 */
export const takeOver = async (parts: MoveParts, path: string, options: TakeOverOptions): Promise<TakenOver> => {
  const file = await MovingFile.open(path, options.driver);
  try {
    await file.migrate();
    return await new Move(parts, file, options).carryOut();
  } finally {
    file.end();
  }
};

class Move {
  readonly #database: Database;
  readonly #names: Names;
  readonly #patience: number;
  readonly #file: MovingFile;
  readonly #options: TakeOverOptions;
  /** Names this move, so that no other opens the file that it has closed, nor it the file of another. */
  readonly #owner = randomBytes(16).toString("hex");
  #stage: "looking" | "copying" | "ending" = "looking";

  constructor({ database, names, patience }: MoveParts, file: MovingFile, options: TakeOverOptions) {
    this.#database = database;
    this.#names = names;
    this.#patience = patience;
    this.#file = file;
    this.#options = options;
  }

  async carryOut(): Promise<TakenOver> {
    try {
      return await this.#database.once(deadlineIn(SEARCH), (line) => this.#inTransaction(line), REPLY);
    } catch (error) {
      const cause: unknown = error instanceof LostInWork ? error.cause : error;
      if (this.#stage === "looking") throw unavailable(cause);
      if (this.#stage === "ending") return this.#found(cause);
      throw await this.#givenUp(cause);
    }
  }

  async #inTransaction(line: Line): Promise<TakenOver> {
    await begin(line);
    try {
      const moved = await this.#moved(line);
      if (moved.isRepeated) await line.run({ text: "ROLLBACK", values: [] });
      return moved;
    } catch (error) {
      if (!isLost(error)) await line.run({ text: "ROLLBACK", values: [] });
      throw error;
    }
  }

  async #moved({ run }: Line): Promise<TakenOver> {
    await lockTables(run, this.#names, this.#patience);
    const destination = await destinationOf(run, this.#names);
    const closing = await this.#file.closing();
    if (closing !== undefined) {
      checkDestination(this.#file.name, closing, destination);
      if (await hasMoved(run, this.#names, closing.owner)) return { ...(await this.#file.counts()), isRepeated: true };
    }
    await checkEmpty(run, this.#names, this.#file.name, destination.place, closing !== undefined);

    this.#stage = "copying";
    await this.#file.close(destination, this.#owner);
    const counts = await this.#file.counts();
    await copy(run, this.#names, this.#file, this.#told(counts));
    await checkCounts(run, this.#names, counts);
    await noteMove(run, this.#names, this.#owner);
    this.#options.signal?.throwIfAborted();
    this.#stage = "ending";
    await run({ text: "COMMIT", values: [] });
    return { ...counts, isRepeated: false };
  }

  #told({ payments, entries, events, tasks, cards }: Counts): (rows: number) => void {
    const total = payments + entries + events + tasks + cards;
    const { signal, onProgress } = this.#options;
    let done = 0;
    return (rows) => {
      signal?.throwIfAborted();
      onProgress?.((done += rows), total);
    };
  }

  /** Nobody can tell by the error how the transaction ended. If it is under way still, the lock is waited for. */
  async #found(cause: unknown): Promise<TakenOver> {
    const isThere = await this.#database
      .attempt(
        (line) =>
          whole(line, async () => {
            await lockTables(line.run, this.#names, SEARCH);
            return hasMoved(line.run, this.#names, this.#owner);
          }),
        { reply: REPLY },
      )
      .catch(() => {
        throw new AntomError(
          "storage_unavailable",
          `${unavailable(cause).message} Whether the payments have come to PostgreSQL is not known yet. ${this.#file.name} stays closed: ` +
            "run the same command again, which finds out.",
          { cause },
        );
      });
    if (!isThere) throw await this.#givenUp(cause);
    return { ...(await this.#file.counts()), isRepeated: false };
  }

  /** Nothing has come to PostgreSQL: the shop may go on with the file. */
  async #givenUp(cause: unknown): Promise<unknown> {
    const { signal } = this.#options;
    const { code, message, problems } = unavailable(cause);
    const because = (more: string): AntomError =>
      new AntomError(code, `${message} Nothing was moved${more}`, { problems, cause });
    try {
      if (!(await this.#file.reopen(this.#owner)))
        return because(`, but ${this.#file.name} is closed by another move: run the command again, which finds out.`);
    } catch (error) {
      return because(
        `, but ${this.#file.name} is closed still (${unavailable(error).message}): ` +
          "run the command again, or with --undo to go on with the file.",
      );
    }
    return signal?.aborted === true && cause === signal.reason
      ? cause
      : because(`, and ${this.#file.name} can be written as before.`);
  }
}
