import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { AntomError } from "../../errors.js";
import { checkDestination, type Closing, close, closingOf, type Destination, movedName, open } from "./closing.js";
import type { Connection } from "./connection.js";
import { resolveDriver, type SqliteDriver } from "./driver.js";
import { badPath, unavailable, unusable } from "./errors.js";
import { SqliteFile } from "./file.js";
import { isCurrent, migrateStep } from "./migrate.js";
import { patiently } from "./busy-retry.js";
import { integer } from "./row.js";

/** How long to wait for the lock of the file while a shop is at work on it, in milliseconds. */
const PATIENCE = 30_000;

/** How many rows are in memory at once. */
const PAGE = 500;

/** How many there are of each kind. */
export interface Counts {
  readonly payments: number;
  /** In the journals. */
  readonly entries: number;
  /** Delivered or not. */
  readonly events: number;
  /** All other work that waits or was given up. */
  readonly tasks: number;
  readonly cards: number;
}

const COUNTS = `
SELECT (SELECT count(*) FROM ${movedName("payments")}) AS payments, (SELECT count(*) FROM ${movedName("journal")}) AS entries,
  (SELECT count(*) FROM ${movedName("tasks")} WHERE kind = 'deliver') AS events,
  (SELECT count(*) FROM ${movedName("tasks")} WHERE kind <> 'deliver')
    + (SELECT count(*) FROM ${movedName("deferred")}) AS tasks,
  (SELECT count(*) FROM ${movedName("cards")}) AS cards`;

/** An SQLite file whose payments are moved away. Every step rejects with the kit's own error. */
export class MovingFile {
  readonly path: string;
  readonly #file: SqliteFile;
  /** The connection that has the file locked, if one has. */
  #holder: Connection | undefined;

  private constructor(path: string, driver: SqliteDriver) {
    this.path = path;
    this.#file = new SqliteFile(path, driver);
  }

  /** The file's name, for people. */
  get name(): string {
    return basename(this.path);
  }

  /** Opens a file that is there and holds payments. Rejects with `configuration_invalid` for any other. */
  static async open(path: string, driver?: SqliteDriver): Promise<MovingFile> {
    const whole = resolve(path);
    if (!existsSync(whole)) throw badPath(`There is no file ${whole}: give the one that sqliteStorage was given.`);
    const file = new MovingFile(whole, resolveDriver(driver));
    try {
      await file.#look();
    } catch (error) {
      file.#file.drop();
      throw unusable(error, whole);
    }
    return file;
  }

  async #look(): Promise<void> {
    const isOurs = await patiently(PATIENCE, () => {
      const connection = this.#file.connection();
      return connection.all("PRAGMA table_info(antom_payments)").length > 0 || closingOf(connection) !== undefined;
    });
    if (!isOurs) {
      throw badPath(`${this.path} holds no payments of express-antom: give the file that sqliteStorage was given.`);
    }
  }

  /** Brings the tables up to date, as the storage would. One that is closed has to be so already. */
  async migrate(): Promise<void> {
    try {
      if ((await this.closing()) === undefined) {
        while (await patiently(PATIENCE, () => migrateStep(this.#file.connection())));
      } else if (!(await this.#read(isCurrent))) {
        throw badPath(
          `${this.path} was closed by another express-antom, whose tables are not those of this one: run \`npx express-antom move\` on it ` +
            "with --undo, and then again.",
        );
      }
    } catch (error) {
      throw unusable(error, this.path);
    }
  }

  closing(): Promise<Closing | undefined> {
    return this.#read(closingOf);
  }

  /** What is in the file, once it is closed. */
  counts(): Promise<Counts> {
    return this.#read((connection) => {
      const row = connection.get(COUNTS);
      const of = (name: keyof Counts): number => integer(row, name);
      return {
        payments: of("payments"),
        entries: of("entries"),
        events: of("events"),
        tasks: of("tasks"),
        cards: of("cards"),
      };
    });
  }

  /**
   * The rows of a statement, some hundreds at a time.
   *
   * @param sql takes the place and how many to give at most, and is in the order of the columns that make up a place
   * @param from the place to begin after
   */
  async *pages(sql: string, columns: readonly string[], from: readonly number[]): AsyncGenerator<readonly unknown[]> {
    for (let place = from; ;) {
      const rows = await this.#read((connection) => connection.all(sql, ...place, PAGE));
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows;
      if (rows.length < PAGE) return;
      place = columns.map((column) => integer(last, column));
    }
  }

  /**
   * Closes the file, durably, in the name of a move, and keeps it locked until it is opened again or let go of, so that nobody else opens it
   * meanwhile. One that was closed by another move to the same tables is now that of this one; for other tables it rejects with
   * `configuration_invalid`.
   */
  async close(destination: Destination, owner: string): Promise<void> {
    await this.#write((connection) => {
      const closing = closingOf(connection);
      if (closing !== undefined) checkDestination(this.name, closing, destination);
      close(connection, destination, owner);
    });
    await this.#read((connection) => {
      connection.exec("BEGIN IMMEDIATE");
      this.#holder = connection;
      if (closingOf(connection)?.owner === owner) return;
      throw new AntomError("storage_unavailable", `${this.name} was opened or closed by another command meanwhile.`);
    });
  }

  /**
   * Sees to it that the file is open; false, and nothing is changed, if it is closed by another move.
   *
   * @param patience how long to wait for the lock of the file, in milliseconds
   */
  async reopen(owner: string, patience = PATIENCE): Promise<boolean> {
    this.#release();
    // Where this move has not closed it, as when its lock could not be had, no lock is waited for again.
    const before = await this.closing();
    if (before?.owner !== owner) return before === undefined;
    return this.#write((connection) => {
      const closing = closingOf(connection);
      if (closing?.owner !== owner) return closing === undefined;
      open(connection);
      return true;
    }, patience);
  }

  /** Lets go of it, with everything moved from the log into the file itself. */
  end(): void {
    this.#release();
    this.#file.close();
  }

  #release(): void {
    this.#holder?.rollback();
    this.#holder = undefined;
  }

  async #read<T>(work: (connection: Connection) => T): Promise<T> {
    try {
      return await patiently(PATIENCE, () => work(this.#file.recent()));
    } catch (error) {
      this.#file.drop();
      throw unavailable(error);
    }
  }

  async #write<T>(work: (connection: Connection) => T, patience = PATIENCE): Promise<T> {
    try {
      return await patiently(patience, () => this.#transaction(work));
    } catch (error) {
      this.#file.drop();
      throw unavailable(error);
    }
  }

  #transaction<T>(work: (connection: Connection) => T): T {
    const connection = this.#file.connection();
    connection.exec("BEGIN IMMEDIATE");
    try {
      const result = work(connection);
      connection.exec("COMMIT");
      return result;
    } catch (error) {
      connection.rollback();
      throw error;
    }
  }
}
