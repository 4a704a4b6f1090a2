import { Pool } from "pg";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import type { Storage } from "../../../lib/storage/storage.js";
import type { Keeping } from "../../crash/shop/task.js";
import { withSteps } from "./steps.js";

const CONNECTIONS = 10;

/** The storage an instance is told to use, as any shop makes it. */
export const storageIn = (keeping: Keeping): Storage =>
  keeping.kind === "sqlite"
    ? sqliteStorage(keeping.file)
    : postgresStorage(new Pool({ connectionString: keeping.url, max: CONNECTIONS, connectionTimeoutMillis: 10_000 }));

/** The storage, telling of every task that was to be settled after its lease was lost. */
export function tellingStorage(storage: Storage, onRefused: (task: string) => void): Storage {
  const told = async (task: string, settling: Promise<boolean>): Promise<boolean> => {
    const isSettled = await settling;
    if (!isSettled) onRefused(task);
    return isSettled;
  };
  const settleWithin = storage.settleWithin?.bind(storage);
  return withSteps(storage, {
    settle: (claimed, outcome) => told(claimed.task.id, storage.settle(claimed, outcome)),
    ...(settleWithin === undefined
      ? {}
      : { settleWithin: (claimed, work) => told(claimed.task.id, settleWithin(claimed, work)) }),
  });
}
