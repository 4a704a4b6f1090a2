import assert from "node:assert/strict";
import type { Storage } from "../storage.js";
import type { Case, ConformanceOptions, Crash } from "./suite.js";

/** Runs one test with storages of its own, which are stopped and cleared away however it ends. */
export const runCase = async ({ create, without = {} }: ConformanceOptions, body: Case): Promise<void> => {
  const made = await create();
  const { storages } = made;
  const started: Storage[] = [...storages];
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
    started.push(another);
    await another.start();
    return another;
  };
  try {
    await start();
    await body((nth = 0) => storages[nth % storages.length] ?? storages[0], crash);
  } finally {
    await Promise.all(started.map((storage) => storage.stop()));
    await made.dispose?.();
  }
};
