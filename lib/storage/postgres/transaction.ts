import type { Line } from "./database.js";
import { isLost, LeftOpen } from "./errors.js";
import type { PostgresClient } from "./pool.js";

/**
 * Whether a transaction is on the connection, as its latest answer told; false where the pool does not tell. On one that nobody means to end
 * the server answers each statement as if it had been committed, and undoes it later.
 */
export const hasTransaction = (client: PostgresClient): boolean => {
  const status = statusOf(client);
  return typeof status === "string" && status !== "I";
};

const statusOf = (client: PostgresClient): unknown => {
  try {
    return client.getTransactionStatus?.();
  } catch {
    // `pg` hands the question on to pg-native where that is used, which may be older and not know it.
    return undefined;
  }
};

/** Begins a transaction, and not within one that was left on the connection: its end would commit what the shop has given up. */
export const begin = async ({ run, client }: Line): Promise<void> => {
  if (hasTransaction(client)) throw new LeftOpen();
  await run({ text: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", values: [] });
};

/**
 * Does the work in a transaction, all or nothing. Where the end of one that failed is not answered either, that is what it rejects with, so
 * that the connection is closed: the next one would find the transaction on it.
 */
export const whole = async <T>(line: Line, work: () => Promise<T>): Promise<T> => {
  await begin(line);
  try {
    const result = await work();
    await line.run({ text: "COMMIT", values: [] });
    return result;
  } catch (error) {
    if (!isLost(error)) await line.run({ text: "ROLLBACK", values: [] });
    throw error;
  }
};
