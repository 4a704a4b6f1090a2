import { AntomError } from "../../errors.js";
import type { Database, Line, Run } from "./database.js";
import { badPool, sqlState } from "./errors.js";
import type { Names } from "./names.js";
import { integer, isTrue, text } from "./row.js";
import { type Migration, migrationsOf } from "./schema.js";
import { whole } from "./transaction.js";

/** A step that builds an index over many payments takes its time, and others wait for it. Milliseconds. */
const BOUNDS = { patience: 60_000, reply: 3_600_000 };

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
 * lock of a row, which every server has. Where nothing is to be done nothing is locked, and no more than reading is needed.
 */
export const migrate = async (
  database: Database,
  names: Names,
  migrations: readonly Migration[] = migrationsOf(names),
): Promise<void> => {
  for (let tries = 0; ; tries++) {
    try {
      await database.attempt((trial) => migrateBy(trial, names, migrations), BOUNDS);
      return;
    } catch (error) {
      if (!AT_ONCE.test(sqlState(error) ?? "") || tries >= 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
};

const migrateBy = async (line: Line, names: Names, migrations: readonly Migration[]): Promise<void> => {
  const { run } = line;
  const [found] = await run({ text: FOUND, values: [names.schema] });
  if (isTrue(found, "migrations") && (await isCurrent(run, names, migrations))) return;
  try {
    await create(run, names, isTrue(found, "schema"));
    for (let version = 1; version <= migrations.length; version++) await step(line, names, migrations);
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

/** Takes one step, all or nothing, if there is one to take. */
const step = (line: Line, names: Names, migrations: readonly Migration[]): Promise<void> =>
  whole(line, async () => {
    const say = (statement: string): Promise<readonly unknown[]> => line.run({ text: statement, values: [] });
    await say(`SELECT 1 FROM ${names.migrations} WHERE version = 0 FOR UPDATE`);
    const [row] = await say(`SELECT max(version) AS version FROM ${names.migrations}`);
    const version = integer(row, "version");
    const migration = migrations[version];
    if (migration === undefined) return;
    await say(migration.statements.join(";\n"));
    await say(`INSERT INTO ${names.migrations} (version, oldest) VALUES (${version + 1}, ${migration.oldest})`);
  });

const unprivileged = (role: string, database: string, schema: string, cause: unknown): AntomError =>
  badPool(
    `The role ${role} may not make the kit's tables: let an administrator run CREATE SCHEMA ${schema} AUTHORIZATION ${role} in the database ` +
      `${database}, or start the kit once with a role that may, and grant ${role} USAGE on the schema and SELECT, INSERT, UPDATE and DELETE on its tables.`,
    cause,
  );
