import {
  resolveDriver,
  type SqliteConnection,
  type SqliteDriver,
  type SqliteStatement,
} from "../../../lib/storage/sqlite/driver.js";

/** The real driver of this Node, with a look at what passes through it and a way to make a call fail. */
export interface Watched {
  readonly driver: SqliteDriver;
  readonly connections: SqliteConnection[];
  /** Every statement that was prepared. */
  readonly prepared: Set<string>;
  /** Every piece of SQL that was run as it is. */
  readonly executed: string[];
  /** Asked before anything is run as it is; may throw in its place, or change it. */
  before: (sql: string, run: (sql: string) => void) => void;
  /** Told of each connection that is opened. */
  opened: (connection: SqliteConnection) => void;
}

export const watch = (): Watched => {
  const Real = resolveDriver(undefined);
  class Connection implements SqliteConnection {
    readonly #real: SqliteConnection;

    constructor(path: string) {
      this.#real = new Real(path);
      watched.connections.push(this.#real);
      watched.opened(this.#real);
    }

    exec(sql: string): void {
      watched.executed.push(sql);
      watched.before(sql, (wanted) => {
        this.#real.exec(wanted);
      });
    }

    prepare(sql: string): SqliteStatement {
      watched.prepared.add(sql);
      return this.#real.prepare(sql);
    }

    close(): void {
      this.#real.close();
    }
  }
  const watched: Watched = {
    driver: Connection,
    connections: [],
    prepared: new Set(),
    executed: [],
    before: (sql, run) => {
      run(sql);
    },
    opened: () => undefined,
  };
  return watched;
};

/** An error such as SQLite gives. */
export const sqliteError = (code: string): Error => Object.assign(new Error(`${code} on purpose`), { code });
