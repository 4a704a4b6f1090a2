import { expect } from "chai";
import type { Pool, PoolClient } from "pg";
import { storageConformance, type StorageUnderTest } from "../../lib/storage/conformance.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import { type PostgresDatabase, sharedPostgres } from "../support/postgres.js";

const TABLES = ["antom.payments", "antom.journal", "antom.tasks", "antom.cards", "notes"];

let database: PostgresDatabase | undefined;
let pools: Pool[] = [];

before(async function () {
  this.timeout(60_000);
  database = await (await sharedPostgres()).database();
  await there().pool().query("CREATE TABLE notes (text text NOT NULL)");
});

after(async () => {
  await database?.drop();
});

const there = (): PostgresDatabase => database ?? expect.fail();

/**
 * Several storages on one schema, each with a pool of its own. A crash ends all of their connections in the middle of whatever they do, and
 * lets them make no other, as if their process were gone. The tables are emptied afterwards, which is quicker than to make them anew.
 */
const storagesOnOneSchema = (count: number): Promise<StorageUnderTest> => {
  const { name, pool } = there();
  while (pools.length < count) pools.push(pool({ max: 4 }));
  const [first, ...others] = pools.map((each) => postgresStorage(each));
  return Promise.resolve({
    storages: [first ?? expect.fail(), ...others],
    crash: async () => {
      for (const each of pools) each.connect = () => Promise.reject(new TypeError("This process has crashed."));
      const again = pool({ max: 4 });
      pools = [again];
      await again.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
        [name],
      );
      return postgresStorage(again);
    },
    notes: {
      write: async (transaction, text) => {
        await (transaction as PoolClient).query("INSERT INTO notes VALUES ($1)", [text]);
      },
      read: async () => {
        const answer = await pools[0]?.query<{ text: string }>("SELECT text FROM notes");
        return answer?.rows.map(({ text }) => text) ?? [];
      },
    },
    dispose: async () => {
      await pools[0]?.query(TABLES.map((table) => `DELETE FROM ${table}`).join(";"));
    },
  });
};

storageConformance(
  { describe, it },
  { name: "postgresStorage, three of them on one database,", create: () => storagesOnOneSchema(3) },
);
