import type { Storage } from "../../lib/storage/storage.js";
import { cardsAreKept } from "./contract/cards.js";
import { listsAreKept } from "./contract/lists.js";
import { ordersAreKept } from "./contract/orders.js";
import { overviewsAreKept } from "./contract/overviews.js";
import { searchesAreKept } from "./contract/searches.js";
import { deliveriesAreKept } from "./contract/deliveries.js";
import { tasksAreKept } from "./contract/tasks.js";
import { valuesAreKept } from "./contract/values.js";

/** What an adapter hands over for one test. */
export interface StorageUnderTest {
  /** Empty and not started. Where several can share what is stored, as instances of a shop do, hand over several. */
  readonly storages: readonly [Storage, ...Storage[]];
  /** Clears away what was made for the test; the storages are stopped by then. */
  dispose?(): Promise<void>;
}

/** The storages of the running test: the first one, or any by number. */
export type Current = (nth?: number) => Storage;

/** The promises of lib/storage/storage.ts, as tests of one adapter. */
export const storageContract = (name: string, makeStorage: () => Promise<StorageUnderTest>): void => {
  describe(`${name} keeps the storage contract`, () => {
    let made: StorageUnderTest;

    beforeEach(async () => {
      made = await makeStorage();
      await Promise.all(made.storages.map((storage) => storage.start()));
    });

    afterEach(async () => {
      await Promise.all(made.storages.map((storage) => storage.stop()));
      await made.dispose?.();
    });

    const current: Current = (nth = 0) => made.storages[nth % made.storages.length] ?? made.storages[0];
    ordersAreKept(current);
    tasksAreKept(current);
    deliveriesAreKept(current);
    listsAreKept(current);
    searchesAreKept(current);
    overviewsAreKept(current);
    valuesAreKept(current);
    cardsAreKept(current);
  });
};
