import type { Storage, StorageDescription } from "../storage/storage.js";

/** What is known of a storage that has started. */
export type Described = Omit<StorageDescription, "isDurable"> & {
  /** Undefined where only the shop, whose adapter it is, can know. */
  readonly isDurable: boolean | undefined;
};

/** As the storage says, or as an adapter that says nothing of itself. */
export async function describeStorage(storage: Storage): Promise<Described> {
  const description = await storage.describe?.();
  return (
    description ?? {
      kind: "own",
      isDurable: undefined,
      text: "an adapter of the shop's own, durable as far as it keeps its promise",
    }
  );
}
