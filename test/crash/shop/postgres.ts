import { Pool } from "pg";
import {
  postgresStorage,
  type PostgresClient,
  type PostgresPool,
  type PostgresQuery,
} from "../../../lib/storage/postgres.js";
import type { Storage } from "../../../lib/storage/storage.js";
import type { Life } from "./life.js";
import { replaced } from "./replaced.js";

/** A storage on a pool in whose queries there are points to die at. */
export function storageAt(connectionString: string, life: Life): Storage {
  const pool = new Pool({ connectionString, max: 4, connectionTimeoutMillis: 10_000 });
  // A connection that the server has ended is no reason to end.
  pool.on("error", () => undefined);
  return postgresStorage(watchedPool(pool, life));
}

const watchedPool = (pool: PostgresPool, life: Life): PostgresPool =>
  replaced(pool, { connect: async () => watchedClient(await pool.connect(), life) });

const watchedClient = (client: PostgresClient, life: Life): PostgresClient =>
  replaced(client, {
    // A shop's own hook may say it in any of the ways that the pool's client knows.
    query: async (...query: [PostgresQuery]) => {
      const name = query[0].text === "COMMIT" ? "sql:commit" : "sql:statement";
      life.pass(`${name}:before`);
      const answered = client.query(...query);
      // By then it has been handed to the network.
      setImmediate(() => {
        life.pass(`${name}:sent`);
      });
      const result = await answered;
      life.pass(`${name}:after`);
      return result;
    },
  });
