import type { Pool, PoolClient } from "pg";
import type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from "../../../lib/storage/postgres.js";

/**
 * A pool as it is behind PgBouncer in transaction mode: each statement, and each transaction as a whole, may be carried out by another of the
 * server's connections, and none of these keeps anything of what was set, prepared or listened to before.
 */
export const scattered = (pool: Pool): PostgresPool => {
  const prepared = new Set<string>();
  return {
    connect: () => Promise.resolve(new Scattered(pool, prepared)),
    on: (event, listener) => pool.on(event, listener),
    removeListener: (event, listener) => pool.removeListener(event, listener),
    options: { max: 5, connectionTimeoutMillis: 10_000 },
  };
};

class Scattered implements PostgresClient {
  readonly #pool: Pool;
  readonly #prepared: Set<string>;
  #pinned: PoolClient | undefined;

  constructor(pool: Pool, prepared: Set<string>) {
    this.#pool = pool;
    this.#prepared = prepared;
  }

  async query(query: PostgresQuery): Promise<PostgresResult> {
    const client = this.#pinned ?? (await this.#pool.connect());
    const { values = [], types, name } = query;
    // What `pg` has had prepared it only names from then on; the server's connection is another by then.
    const isKnown = name !== undefined && this.#prepared.has(name);
    if (name !== undefined) this.#prepared.add(name);
    const text = isKnown ? `EXECUTE ${name}` : query.text;
    const result = await client
      .query({ text, values: isKnown ? [] : values, ...(types === undefined ? {} : { types }) })
      .catch((error: unknown) => {
        if (this.#pinned === undefined) client.release();
        throw error;
      });
    if (text.startsWith("BEGIN")) this.#pinned = client;
    else if (this.#pinned === undefined || /^(?:COMMIT|ROLLBACK)$/.test(text)) {
      this.#pinned = undefined;
      await client.query("DISCARD ALL");
      client.release();
    }
    return result;
  }

  release(): void {
    this.#pinned?.release(true);
    this.#pinned = undefined;
  }

  on(): void {
    // Nothing is heard through it.
  }

  removeListener(): void {
    // Nothing was heard.
  }
}
