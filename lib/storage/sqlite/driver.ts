import { AntomError } from "../../errors.js";
import { errorCode, messageOf } from "../../thrown.js";

/** What the kit binds: everything else is kept as JSON. */
export type SqliteValue = string | number | null;

/** A prepared statement of a driver. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  get(...values: SqliteValue[]): unknown;
  all(...values: SqliteValue[]): unknown[];
}

/** A connection of a driver, to one file. */
export interface SqliteConnection {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

/** A class that opens SQLite files: `DatabaseSync` of `node:sqlite` or `@photostructure/sqlite`, or what `better-sqlite3` or `libsql` export. */
export type SqliteDriver = new (path: string) => SqliteConnection;

const isDriver = (value: unknown): value is SqliteDriver => {
  if (typeof value !== "function") return false;
  const prototype: unknown = value.prototype;
  return typeof prototype === "object" && prototype !== null && "prepare" in prototype && "exec" in prototype;
};

const driverIn = (module: unknown): SqliteDriver | undefined => {
  if (isDriver(module)) return module;
  if (typeof module !== "object" || module === null || !("DatabaseSync" in module)) return undefined;
  return isDriver(module.DatabaseSync) ? module.DatabaseSync : undefined;
};

const ofNode = (): SqliteDriver | undefined => driverIn(process.getBuiltinModule("node:sqlite"));

/** Only a package that is absent is passed over; one that is there and does not load is reported. */
const installed = (name: string, problems: string[]): SqliteDriver | undefined => {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- optional, and only wanted where Node has no SQLite
    const driver = driverIn(require(name));
    if (driver !== undefined) return driver;
    problems.push(`${name} is installed, but is not what was expected.`);
  } catch (error) {
    const isAbsent = errorCode(error) === "MODULE_NOT_FOUND";
    problems.push(isAbsent ? `${name} is not installed.` : `${name} does not load: ${messageOf(error)}`);
  }
  return undefined;
};

/** Those whose SQLite is the newest first: before 3.51.3 it has a bug where several processes write (docs/storage.md). */
const PACKAGES = ["better-sqlite3", "@photostructure/sqlite", "libsql"] as const;

/**
 * The driver to use: the one the shop gave, else Node's own (22.13 and later), else an installed `better-sqlite3`,
 * `@photostructure/sqlite` or `libsql`.
 * Throws `configuration_invalid`, saying what to install, where there is none.
 */
export const resolveDriver = (given: unknown): SqliteDriver => {
  if (given !== undefined) {
    if (isDriver(given)) return given;
    const message = "Give the class that `better-sqlite3` or `libsql` exports, or `DatabaseSync` of `node:sqlite`.";
    throw new AntomError("configuration_invalid", `The SQLite driver is not usable. ${message}`, {
      problems: [{ at: "driver", message }],
    });
  }
  const own = ofNode();
  if (own !== undefined) return own;
  const problems: string[] = [];
  for (const name of PACKAGES) {
    const driver = installed(name, problems);
    if (driver !== undefined) return driver;
  }
  throw new AntomError(
    "configuration_invalid",
    `There is no SQLite driver. This Node (${process.version}) has none of its own, as 22.13 and later have: ` +
      `run \`npm install better-sqlite3@12\`, or move to a later Node. ${problems.join(" ")}`,
    { problems: [{ at: "driver", message: "Run `npm install better-sqlite3@12`, or move to Node 22.13 or later." }] },
  );
};
