import assert from "node:assert/strict";
import type { Storage } from "../storage.js";
import type { Case, ConformanceOptions, Crash } from "./suite.js";

/** Runs one test with storages of its own, which are stopped and cleared away however it ends. */
export const runCase = async ({ create, without = {} }: ConformanceOptions, body: Case): Promise<void> => {
  const made = await create();
  const { storages } = made;
  const running: Storage[] = [...storages];
  const stops = (): Promise<void>[] => running.splice(0).map((storage) => storage.stop());
  const start = async (): Promise<void> => {
    if (without.instances === undefined) {
      assert(
        storages.length > 1,
        "create() made one storage. Make three that share what is stored, or say why not: { without: { instances: reason } }.",
      );
    }
    await Promise.all(storages.map((storage) => storage.start()));
  };
  const crash: Crash = async () => {
    if (made.crash === undefined)
      assert.fail("create() offers no crash(). Offer it, or say why not: { without: { crashes: reason } }.");
    const another = await made.crash();
    running.push(another);
    await another.start();
    return another;
  };
  try {
    await start();
    await body((nth = 0) => storages[nth % storages.length] ?? storages[0], crash);
    await Promise.all(stops());
  } finally {
    // Of a test that has failed already, its own error is told and not one of stopping.
    await Promise.allSettled(stops());
    await made.dispose?.();
  }
};
