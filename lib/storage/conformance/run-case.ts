import assert from "node:assert/strict";
import type { Storage } from "../storage.js";
import { settledOrLeft } from "./in-time.js";
import { NotConcerned } from "./left-out.js";
import type { ConformanceOptions, Crash, Needs, Notes, StorageUnderTest, WrittenCase } from "./suite.js";

const stopped = async (storage: Storage): Promise<void> => storage.stop();

/** Whether a test concerns a storage is seen once there is one: then it is not run, and not failed either. */
const checkConcerned = ({ storages: [storage] }: StorageUnderTest, { step }: Needs): void => {
  if (step !== undefined && storage[step] === undefined) {
    throw new NotConcerned(`It has no ${step}, and that is allowed.`);
  }
};

const NO_NOTES: Notes = {
  write: () => assert.fail("This test was to say that it needs notes."),
  read: () => assert.fail("This test was to say that it needs notes."),
};

/** Runs one test with storages of its own, which are stopped and cleared away however it ends. Throws NotConcerned where it is not to be run. */
export const runCase = async (
  { create, without = {} }: ConformanceOptions,
  { body, needs }: Pick<WrittenCase, "body" | "needs">,
): Promise<void> => {
  const made = await create();
  const { storages } = made;
  const running: Storage[] = [...storages];
  const crashed: Storage[] = [];
  const stops = (): Promise<void>[] => running.splice(0).map(stopped);
  const start = async (): Promise<void> => {
    if (without.instances === undefined) {
      assert(
        storages.length > 1,
        "create() made one storage. Make three that share what is stored, or say why not: { without: { instances: reason } }.",
      );
    }
    if (needs.part === "transactions") {
      assert(
        made.notes,
        "create() offers no notes. Offer them, or say why not: { without: { transactions: reason } }.",
      );
    }
    if (needs.isUnstarted !== true) await Promise.all(storages.map((storage) => storage.start()));
  };
  const crash: Crash = async () => {
    if (made.crash === undefined)
      assert.fail("create() offers no crash(). Offer it, or say why not: { without: { crashes: reason } }.");
    crashed.push(...running.splice(0));
    const another = await made.crash();
    running.push(another);
    await another.start();
    return another;
  };
  try {
    checkConcerned(made, needs);
    await start();
    await body((nth = 0) => storages[nth % storages.length] ?? storages[0], crash, made.notes ?? NO_NOTES);
    await Promise.all(stops());
  } finally {
    // Of a test that has failed already, its own error is told and not one of stopping.
    await Promise.allSettled(stops());
    // What has crashed need not know how to stop any more; it is given the chance to let go of what this process holds.
    await settledOrLeft(crashed.map(stopped));
    await made.dispose?.();
  }
};
