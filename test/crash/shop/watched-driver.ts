import type { SqliteConnection, SqliteDriver, SqliteStatement, SqliteValue } from "../../../lib/storage/sqlite.js";
import type { Life } from "./life.js";

/** A driver of SQLite in whose transactions there are points to die at. */
export function watchedDriver(Driver: SqliteDriver, life: Life): SqliteDriver {
  return class implements SqliteConnection {
    readonly #real: SqliteConnection;
    #isInside = false;

    constructor(path: string) {
      this.#real = new Driver(path);
    }

    exec(sql: string): unknown {
      const isCommit = sql === "COMMIT";
      if (isCommit) life.pass("sql:commit:before");
      const result = this.#real.exec(sql);
      if (isCommit) life.pass("sql:commit:after");
      if (sql.startsWith("BEGIN")) {
        this.#isInside = true;
        life.pass("sql:begin:after");
      } else if (isCommit || sql.startsWith("ROLLBACK")) {
        this.#isInside = false;
      }
      return result;
    }

    prepare(sql: string): SqliteStatement {
      const statement = this.#real.prepare(sql);
      const done = <T>(result: T): T => {
        if (this.#isInside) life.pass("sql:statement:after");
        return result;
      };
      return {
        run: (...values: SqliteValue[]) => done(statement.run(...values)),
        get: (...values: SqliteValue[]) => done(statement.get(...values)),
        all: (...values: SqliteValue[]) => done(statement.all(...values)),
      };
    }

    close(): unknown {
      return this.#real.close();
    }
  };
}
