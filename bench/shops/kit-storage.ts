import { Pool } from "pg";
import { postgresStorage } from "../../lib/storage/postgres.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import type { Storage } from "../../lib/storage/storage.js";
import type { ShopConfig } from "../processes/messages.js";
import { CONNECTIONS } from "./pool-size.js";

/** The kit's storage on the bench's database. */
export function storageOf({ database = "" }: ShopConfig): Storage {
  if (!database.startsWith("postgres:")) return sqliteStorage(database);
  const pool = new Pool({ connectionString: database, max: CONNECTIONS });
  pool.on("error", () => undefined);
  return postgresStorage(pool);
}
