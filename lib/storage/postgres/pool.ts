/** What the kit needs of `pg`'s Pool, so that any version of it, and what is made like it, can be handed in. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  on(event: "error", listener: (error: Error) => void): unknown;
  removeListener(event: "error", listener: (error: Error) => void): unknown;
  /** `pg` tells how many connections there may be, whether they answer in binary, and for how many milliseconds a new one is waited for (0: for ever). */
  readonly options?: {
    readonly max?: number | undefined;
    readonly binary?: boolean | undefined;
    readonly connectionTimeoutMillis?: number | undefined;
  };
}

/** One connection of the pool, for as long as it is not released. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<PostgresResult>;
  /** With `true` the connection is closed and not used again. */
  release(isBroken?: boolean): void;
  /** Number of the server's process that serves it, where `pg` tells; behind a pooler it is one of the pooler's own making. */
  readonly processID?: number | null;
  /** As of the latest answer: "I" where no transaction is on the connection, "T" or "E" where one is. `pg` tells it from 8.21 on. */
  getTransactionStatus?(): string | null;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  on(event: "notification", listener: (message: PostgresNotification) => void): unknown;
  removeListener(event: "error", listener: (error: Error) => void): unknown;
  removeListener(event: "end", listener: () => void): unknown;
  removeListener(event: "notification", listener: (message: PostgresNotification) => void): unknown;
}

/** A query as `pg` takes it. */
export interface PostgresQuery {
  readonly text: string;
  readonly values?: unknown[];
  readonly name?: string;
  readonly types?: { getTypeParser(): (value: string) => unknown };
}

/** Of what `pg` answers, what the kit reads. */
export interface PostgresResult {
  readonly rows: readonly unknown[];
}

/** What LISTEN has heard. */
export interface PostgresNotification {
  readonly channel: string;
  readonly payload?: string | undefined;
}

/** Whether a value is a pool by its shape; a single connection has much of it, and tells of its process at the server. */
export const isPool = (value: unknown): value is PostgresPool =>
  typeof value === "object" &&
  value !== null &&
  !("processID" in value) &&
  ["connect", "on", "removeListener"].every((name) => typeof Reflect.get(value, name) === "function");
