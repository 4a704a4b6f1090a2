import type { SqliteConnection, SqliteDriver, SqliteStatement, SqliteValue } from "./driver.js";

/** One connection, with its statements prepared once each. Every method throws the driver's error. */
export class Connection {
  readonly #connection: SqliteConnection;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(driver: SqliteDriver, path: string) {
    this.#connection = new driver(path);
  }

  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  /** The first row, if there is one. */
  get(sql: string, ...values: SqliteValue[]): unknown {
    return this.#use(sql, (statement) => statement.get(...values)) ?? undefined;
  }

  all(sql: string, ...values: SqliteValue[]): unknown[] {
    return this.#use(sql, (statement) => statement.all(...values));
  }

  /** Answers with how many rows it inserted, updated or deleted. Where that is all there is to know it is quicker than a RETURNING. */
  run(sql: string, ...values: SqliteValue[]): number {
    return Number(this.#use(sql, (statement) => statement.run(...values)).changes);
  }

  /** Inserts at most one row and answers with its number, undefined if none was inserted. Quicker than a RETURNING as well. */
  insert(sql: string, ...values: SqliteValue[]): number | undefined {
    const { changes, lastInsertRowid } = this.#use(sql, (statement) => statement.run(...values));
    return Number(changes) === 0 ? undefined : Number(lastInsertRowid);
  }

  /** Ends a transaction that is under way. False if the connection cannot be trusted to be outside of one. */
  rollback(): boolean {
    try {
      this.#connection.exec("ROLLBACK");
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #use<T>(sql: string, action: (statement: SqliteStatement) => T): T {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    try {
      return action(statement);
    } catch (error) {
      // With libsql a statement that has failed repeats its error at the next use.
      this.#statements.delete(sql);
      throw error;
    }
  }
}
