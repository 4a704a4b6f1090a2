import type { Storage } from "../storage/storage.js";

/** What is known of a storage that has started. */
export interface Durability {
  readonly kind: "sqlite" | "memory" | "own";
  /** Undefined where only the shop, whose adapter it is, can know. */
  readonly isDurable: boolean | undefined;
  readonly text: string;
}

/** The kit's own are told by their names; SQLite's `start` has refused a file that is not synced to the disk. */
export function durabilityOf(storage: Storage): Durability {
  switch (storage.constructor.name) {
    case "SqliteStorage":
      return { kind: "sqlite", isDurable: true, text: "SQLite, each commit synced to the disk before it is answered" };
    case "MemoryStorage":
      return {
        kind: "memory",
        isDurable: false,
        text: 'memoryStorage() forgets every payment when the process ends; take sqliteStorage("payments.db")',
      };
    default:
      return {
        kind: "own",
        isDurable: undefined,
        text: "an adapter of the shop's own, durable as far as it keeps its promise",
      };
  }
}
