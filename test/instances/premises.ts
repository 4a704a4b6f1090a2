import { postgresStorage } from "../../lib/storage/postgres.js";
import { MAKE_BOOKS, READ_BOOKS, type BookLine } from "../crash/books.js";
import type { Database as CrashDatabase } from "../crash/premises.js";
import type { StorageKind } from "../crash/points.js";
import { sqlitePremises } from "../crash/sqlite-premises.js";
import { startPostgres, type PostgresServer } from "../support/postgres.js";

/** A database, for several instances and for reading all of it at the end. */
export type Database = Pick<CrashDatabase, "keeping" | "storage" | "books" | "close">;

/** Where the databases are. */
export interface Premises {
  readonly kind: StorageKind;
  /** An empty database. */
  database(folder: string): Promise<Database>;
  close(): Promise<void>;
}

export async function premisesFor(kind: StorageKind): Promise<Premises> {
  if (kind === "sqlite") return { ...sqlitePremises(), kind };
  const server = await startPostgres();
  return { kind, database: () => databaseOn(server), close: () => server.stop() };
}

type Line = Readonly<Record<"event" | "payment", string>> & { readonly sequence: number };

async function databaseOn(server: PostgresServer): Promise<Database> {
  const database = await server.database();
  const pool = database.pool({ max: 6 });
  await pool.query(MAKE_BOOKS);
  return {
    keeping: { kind: "postgres", url: database.connectionString },
    storage: () => postgresStorage(pool),
    books: async () =>
      (await pool.query<Line>(READ_BOOKS)).rows.map(({ event, payment, sequence }): BookLine => ({
        event,
        payment,
        sequence,
      })),
    close: () => database.drop(),
  };
}
