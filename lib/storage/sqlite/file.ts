import { accessSync, closeSync, constants, fsyncSync, openSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { AntomError } from "../../errors.js";
import { Connection } from "./connection.js";
import type { SqliteDriver } from "./driver.js";
import { badPath } from "./errors.js";
import { refuseMounted } from "./mounted.js";
import { integer, text } from "./row.js";
import { errorCode } from "../../thrown.js";

/** `PRAGMA synchronous` as it reads back: 2 is FULL, 3 is EXTRA. */
const FULL = 2;

/** Milliseconds after which it is looked at again whether the file is still the same. */
const LOOK_AGAIN = 5;

/**
 * The file and the one connection to it. A connection that failed in a way it may not recover from is dropped, and the
 * next use opens another, so that a full disk or a lost lock needs no restart once its cause is gone.
 */
export class SqliteFile {
  readonly path: string;
  readonly #driver: SqliteDriver;
  #connection: Connection | undefined;
  #identity: string | undefined;
  /** Where SQLite keeps the log: beside the file itself, and not beside a link to it. */
  #logPath = "";
  /** Which file the log is, from its first use by this connection until that is closed. */
  #log: string | undefined;
  #isClosed = false;
  #lookedAt = -Infinity;

  constructor(path: string, driver: SqliteDriver) {
    this.path = path;
    this.#driver = driver;
  }

  /** The connection for a read: whether the file is still the same may have been looked at a moment ago. */
  recent(): Connection {
    const isFresh = performance.now() - this.#lookedAt < LOOK_AGAIN;
    return (isFresh ? this.#connection : undefined) ?? this.connection();
  }

  /** The connection, opened if there is none. Throws if the file is no longer the one that was opened first. */
  connection(): Connection {
    if (this.#isClosed) throw new AntomError("storage_unavailable", "The SQLite storage was stopped.");
    if (this.#identity === undefined) {
      prepare(this.path);
      const real = realpathSync(this.path);
      refuseMounted(real);
      this.#logPath = `${real}-wal`;
    }
    const identity = identify(this.path);
    this.#identity ??= identity;
    if (identity === undefined || identity !== this.#identity) {
      this.drop();
      throw new AntomError(
        "storage_unavailable",
        `${this.path} was moved, removed or replaced while in use: put it back, or restart on the new one.`,
      );
    }
    this.checkLog();
    this.#lookedAt = performance.now();
    return (this.#connection ??= connect(this.#driver, this.path));
  }

  /**
   * Throws, and closes the connection, if the log that it writes is no longer the one that others read. Another process removes the log
   * when it takes itself for the last that uses the file: any file handle on it that is closed in this process, be it by a second SQLite
   * library, gives up this connection's locks (https://www.sqlite.org/howtocorrupt.html, 2.2).
   */
  checkLog(): void {
    if (this.#connection === undefined) return;
    const log = identify(this.#logPath);
    if (log === (this.#log ??= log)) return;
    // Where nobody has made another yet, what is only in the one that was removed can still be saved.
    if (log === undefined) this.settle();
    this.drop();
    throw new AntomError(
      "storage_unavailable",
      `${this.#logPath} was removed or replaced while in use: let nothing else in the shop's process open ${this.path}, ` +
        "neither a second SQLite library nor node:fs, and nobody remove its companions.",
    );
  }

  /** Closes the connection for good, with everything moved from the log into the file itself, so that the file alone is a whole copy. */
  close(): void {
    this.settle();
    this.drop();
    this.#isClosed = true;
  }

  /** Moves everything from the log into the file itself and empties the log, so that what has been erased is in neither. */
  settle(): void {
    try {
      this.#connection?.all("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // Another process is at work on it: what is in the log is just as safe, and is moved later.
    }
  }

  /** Closes the connection; the next use opens another. */
  drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#log = undefined;
    if (connection === undefined) return;
    // Some drivers keep the file, and a lock with it, until the statements are collected.
    connection.rollback();
    try {
      connection.close();
    } catch {
      // It is not used again either way.
    }
  }
}

const prepare = (path: string): void => {
  create(path);
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw badPath(`${path} may not be read and written: look at its permissions.`, error);
  }
  if (!statSync(path).isFile()) throw badPath(`${path} is not a file: give another path.`);
};

/** Only the shop's own user may read payments, so the file is made here; SQLite gives its companions the same mode. */
const create = (path: string): void => {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (errorCode(error) === "EEXIST") return;
    throw badPath(`${path} cannot be created: look at its folder and the folder's permissions.`, error);
  }
  syncFolder(dirname(path));
};

/** The file's name has to survive a power cut as well. */
const syncFolder = (folder: string): void => {
  try {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows does not sync folders, nor does it need it.
  }
};

const identify = (path: string): string | undefined => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.dev}:${stat.ino}`;
};

const connect = (driver: SqliteDriver, path: string): Connection => {
  const connection = new Connection(driver, path);
  try {
    // Waiting for a lock inside SQLite would stop the event loop; busy-retry.ts waits outside.
    connection.exec("PRAGMA busy_timeout = 0");
    const mode = text(connection.get("PRAGMA journal_mode = WAL"), "journal_mode");
    // The last two make macOS write through its disks' caches; elsewhere they do nothing.
    connection.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1");
    connection.exec("PRAGMA foreign_keys = ON");
    // What is erased is overwritten: a card that a buyer has had forgotten, and what is dropped from a payment.
    connection.exec("PRAGMA secure_delete = ON");
    const synchronous = integer(connection.get("PRAGMA synchronous"), "synchronous");
    if (mode.toLowerCase() !== "wal" || synchronous < FULL) {
      throw new AntomError(
        "storage_not_durable",
        `${path} would lose payments in a power cut: SQLite reports journal_mode ${mode} and synchronous ${synchronous}, ` +
          "where WAL and 2 are needed. Keep it in a file on a local disk.",
      );
    }
    return connection;
  } catch (error) {
    connection.rollback();
    connection.close();
    throw error;
  }
};
