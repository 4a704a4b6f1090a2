import { AntomError } from "../../errors.js";

/** The tables' names, each with the schema before it, so that nothing hangs on a `search_path`. */
export interface Names {
  readonly schema: string;
  readonly payments: string;
  readonly journal: string;
  readonly tasks: string;
  readonly deferred: string;
  readonly cards: string;
  readonly moves: string;
  readonly migrations: string;
}

const SCHEMA = /^[a-z_][a-z\d_]{0,50}$/;

/** Throws `configuration_invalid` for what would need care wherever it is written. */
export const namesIn = (schema: unknown): Names => {
  if (typeof schema !== "string" || !SCHEMA.test(schema) || schema.startsWith("pg_")) {
    const message =
      'Give small letters, digits and underscores, at most 51, such as "antom"; not beginning with "pg_".';
    throw new AntomError("configuration_invalid", `The schema's name is not usable. ${message}`, {
      problems: [{ at: "schema", message }],
    });
  }
  const of = (table: string): string => `"${schema}".${table}`;
  return {
    schema,
    payments: of("payments"),
    journal: of("journal"),
    tasks: of("tasks"),
    deferred: of("deferred"),
    cards: of("cards"),
    moves: of("moves"),
    migrations: of("migrations"),
  };
};
