import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/index.js";

/** What the shop's work is handed: its writes are seen once the transaction is committed. */
export interface TableClient {
  insert(row: string): void;
}

export interface TransactionalStorage extends Storage {
  /** The shop's own table, as committed. */
  readonly table: string[];
  /** How often the kit settled a task outside of a transaction. */
  settles: number;
  /** Held until this resolves: every commit that is about to be made. */
  beforeCommit: () => Promise<void>;
}

/** A storage in memory with a table of the shop's beside it, and transactions over both. */
export function transactionalStorage(): TransactionalStorage {
  const memory = memoryStorage();
  const table: string[] = [];
  const storage: TransactionalStorage = {
    start: () => memory.start(),
    stop: () => memory.stop(),
    open: (...given) => memory.open(...given),
    commit: (...given) => memory.commit(...given),
    defer: (...given) => memory.defer(...given),
    get: (...given) => memory.get(...given),
    find: (...given) => memory.find(...given),
    findByOrder: (...given) => memory.findByOrder(...given),
    list: (...given) => memory.list(...given),
    overview: (...given) => memory.overview(...given),
    journal: (...given) => memory.journal(...given),
    claim: (...given) => memory.claim(...given),
    tasks: (...given) => memory.tasks(...given),
    redrive: (...given) => memory.redrive(...given),
    prune: (...given) => memory.prune(...given),
    cards: memory.cards,
    table,
    settles: 0,
    beforeCommit: () => Promise.resolve(),
    settle(...given) {
      storage.settles++;
      return memory.settle(...given);
    },
    async settleWithin(task, work) {
      const written: string[] = [];
      const client: TableClient = { insert: (row) => written.push(row) };
      await work(client);
      await storage.beforeCommit();
      const isHeld = await memory.settle(task, { done: true });
      if (isHeld) table.push(...written);
      return isHeld;
    },
  };
  return storage;
}
