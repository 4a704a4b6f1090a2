import { Pool, type PoolClient } from "pg";
import type { ShopConfig } from "../processes/messages.js";
import { CONNECTIONS } from "./pool-size.js";

/** The pool of a shop written by hand; its tables are those of `seedObviousPostgres`. */
export const openPostgres = ({ database }: ShopConfig): Pool =>
  new Pool({ connectionString: database, max: CONNECTIONS });

/** Does the work between BEGIN and COMMIT, on a connection of the pool's. */
export async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** The number that the query answers with, as `count`. */
export async function countOf(pool: Pool, sql: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(sql);
  return Number(rows[0]?.count);
}
