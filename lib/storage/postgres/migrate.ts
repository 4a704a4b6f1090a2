import { AntomError } from "../../errors.js";
import type { Database, Line, Run } from "./database.js";
import { deadlineIn, pause } from "./back-off.js";
import { badPool, sqlState } from "./errors.js";
import type { Names } from "./names.js";
import { integer, isTrue, text } from "./row.js";
import { type Migration, migrationsOf } from "./schema.js";
import { whole } from "./transaction.js";
import { isHeldSafely } from "./write-settings.js";

/** How long to try to reach the server, and to get at tables that others have locked, in milliseconds. */
const PATIENCE = 60_000;

/** A step that builds an index over many payments takes its time, and others wait for it. Milliseconds. */
const LONGEST_STEP = 3_600_000;

/**
 * How long a step may stand still between two of its statements before the server undoes it, in milliseconds: its process is frozen then, or gone
 * without a word, and the others wait.
 */
const STANDSTILL = 60_000;

/**
 * How long a step waits for a table that others use, in milliseconds: less than an answer may take, since whoever comes behind it waits as long, and
 * there may be a shop at work.
 */
const TABLE_WAIT = 3000;

/** What a server says where two create the same at once: try again, and it is there. */
const AT_ONCE = /^(?:23505|42P06|42P07|42710|XX000)$/;
const NOT_PRIVILEGED = "42501";

const FOUND = `
SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1) AS schema,
  EXISTS (
    SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relname = 'migrations'
  ) AS migrations, current_user AS role, current_database() AS database`;

/**
 * Brings the tables to the version this package was written for. Any number of instances may do it at once: they take turns by the
 * lock of a row, which every server has. Where nothing is to be done nothing is locked, and no more than reading is needed. Whoever has to wait for
 * another's step looks again and again, on no connection in between, and gives up at once when the database is closed.
 *
 * @param standstill milliseconds
 */
export const migrate = async (
  database: Database,
  names: Names,
  migrations: readonly Migration[] = migrationsOf(names),
  standstill = STANDSTILL,
): Promise<void> => {
  const deadline = deadlineIn(LONGEST_STEP);
  const steps = { names, migrations, standstill };
  let collisions = 0;
  for (let tries = 0; ; tries++) {
    try {
      if (await database.attempt((trial) => migrateBy(trial, steps), { patience: PATIENCE })) return;
    } catch (error) {
      if (!AT_ONCE.test(sqlState(error) ?? "") || collisions++ >= 50) throw error;
    }
    if (deadline.isOver()) throw tooLong(names.schema);
    await pause(tries);
  }
};

interface Steps {
  readonly names: Names;
  readonly migrations: readonly Migration[];
  readonly standstill: number;
}

/** False where another is at a step. */
const migrateBy = async (line: Line, steps: Steps): Promise<boolean> => {
  const { run } = line;
  const { names, migrations } = steps;
  const [found] = await run({ text: FOUND, values: [names.schema] });
  if (isTrue(found, "migrations") && (await isCurrent(run, names, migrations))) return true;
  try {
    await create(run, names, isTrue(found, "schema"));
    for (let version = 1; version <= migrations.length; version++) if (!(await step(line, steps))) return false;
    return true;
  } catch (error) {
    if (sqlState(error) !== NOT_PRIVILEGED) throw error;
    throw unprivileged(text(found, "role"), text(found, "database"), names.schema, error);
  }
};

/** Whether nothing is to be done. Throws where the tables have gone beyond what this package can work with. */
const isCurrent = async (run: Run, names: Names, migrations: readonly Migration[]): Promise<boolean> => {
  const installed = `SELECT coalesce(max(version), 0) AS version, coalesce(max(oldest), 0) AS oldest FROM ${names.migrations}`;
  const [row] = await run({ text: installed, values: [] });
  const version = integer(row, "version");
  const oldest = integer(row, "oldest");
  const known = migrations.length;
  if (oldest > known) {
    throw new AntomError(
      "configuration_invalid",
      `The tables in schema ${names.schema} are at version ${version}, and work with an express-antom that knows version ${oldest} or later; ` +
        `this one knows version ${known}. Update the package.`,
    );
  }
  return version >= known;
};

const create = async (run: Run, { schema, migrations }: Names, hasSchema: boolean): Promise<void> => {
  if (!hasSchema) await run({ text: `CREATE SCHEMA IF NOT EXISTS "${schema}"`, values: [] });
  await run({
    text: `CREATE TABLE IF NOT EXISTS ${migrations} (
      version integer PRIMARY KEY, oldest integer NOT NULL, at timestamptz NOT NULL DEFAULT now()
    )`,
    values: [],
  });
  await run({
    text: `INSERT INTO ${migrations} (version, oldest) VALUES (0, 0) ON CONFLICT (version) DO NOTHING`,
    values: [],
  });
};

/** Takes one step, all or nothing, if there is one to take. False where another is at one: that is not waited for at the server. */
const step = (line: Line, { names, migrations, standstill }: Steps): Promise<boolean> =>
  whole(line, async () => {
    const say = (statement: string): Promise<readonly unknown[]> => line.run({ text: statement, values: [] });
    await say(`SELECT ${isHeldSafely(TABLE_WAIT, standstill)}`);
    const turn = await say(`SELECT 1 AS one FROM ${names.migrations} WHERE version = 0 FOR UPDATE SKIP LOCKED`);
    if (turn.length === 0) return false;
    const [row] = await say(`SELECT max(version) AS version FROM ${names.migrations}`);
    const version = integer(row, "version");
    const migration = migrations[version];
    if (migration === undefined) return true;
    await line.run({ text: migration.statements.join(";\n"), values: [], reply: LONGEST_STEP });
    await say(`INSERT INTO ${names.migrations} (version, oldest) VALUES (${version + 1}, ${migration.oldest})`);
    return true;
  });

const tooLong = (schema: string): AntomError =>
  new AntomError(
    "storage_unavailable",
    `Another instance has been at the tables in schema ${schema} for an hour: look in pg_stat_activity what it does, and start again.`,
  );

const unprivileged = (role: string, database: string, schema: string, cause: unknown): AntomError =>
  badPool(
    `The role ${role} may not make the kit's tables: let an administrator run CREATE SCHEMA ${schema} AUTHORIZATION ${role} in the database ` +
      `${database}, or start the kit once with a role that may, and grant ${role} USAGE on the schema and SELECT, INSERT, UPDATE and DELETE on its tables.`,
    cause,
  );
