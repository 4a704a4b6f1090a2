import type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from "../../../lib/storage/postgres.js";

/** What a test may do with each statement before it is sent, and with its answer before that is given. */
export interface Watcher {
  readonly before?: (query: PostgresQuery, client: PostgresClient) => Promise<void> | void;
  readonly after?: (query: PostgresQuery, result: PostgresResult) => Promise<void> | void;
  /** As `pg` was before it told of a connection whether a transaction is on it. */
  readonly isOld?: boolean;
}

/** A pool of which a test sees every statement. */
export const watched = (pool: PostgresPool, watcher: Watcher): PostgresPool => ({
  connect: async () => watchedClient(await pool.connect(), watcher),
  on: (event, listener) => pool.on(event, listener),
  removeListener: (event, listener) => pool.removeListener(event, listener),
  ...(pool.options === undefined ? {} : { options: pool.options }),
});

const watchedClient = (client: PostgresClient, { before, after, isOld = false }: Watcher): PostgresClient =>
  new Proxy(client, {
    get(target, name) {
      if (isOld && name === "getTransactionStatus") return undefined;
      if (name !== "query") {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function"
          ? (...given: unknown[]): unknown => Reflect.apply(value, target, given)
          : value;
      }
      return async (query: PostgresQuery): Promise<PostgresResult> => {
        await before?.(query, target);
        const result = await target.query(query);
        await after?.(query, result);
        return result;
      };
    },
  });
