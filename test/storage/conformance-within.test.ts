import type { PoolClient } from "pg";
import { storageConformance } from "../../lib/storage/conformance.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import { type PostgresDatabase, sharedPostgres } from "../support/postgres.js";

/** The suite's tests that look at a table of the shop's own; the others are run in test/storage/postgres.test.ts. */
const NOTED = [
  "keeps what its work has written, and nothing of what it wrote before it failed",
  "keeps nothing of the work of a worker that had lost its lease",
  "keeps both or neither where the task is redriven while its work is under way",
];

const only = Object.assign(
  (title: string, body: () => Promise<void>): void => {
    // The first of them starts the server.
    if (NOTED.includes(title)) it(title, body).timeout(60_000);
  },
  { skip: (): void => undefined },
);

storageConformance(
  { describe, it: only },
  {
    name: "postgresStorage, with a table of the shop's own,",
    create: async () => {
      const database: PostgresDatabase = await (await sharedPostgres()).database();
      const pool = database.pool();
      await pool.query("CREATE TABLE notes (text text NOT NULL)");
      return {
        storages: [
          postgresStorage(database.pool()),
          postgresStorage(database.pool()),
          postgresStorage(database.pool()),
        ],
        notes: {
          write: async (transaction, text) => {
            await (transaction as PoolClient).query("INSERT INTO notes VALUES ($1)", [text]);
          },
          read: async () => (await pool.query<{ text: string }>("SELECT text FROM notes")).rows.map(({ text }) => text),
        },
        dispose: () => database.drop(),
      };
    },
    without: { crashes: "None of these tests looks at one." },
  },
);
