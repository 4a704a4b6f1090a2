import type { Storage } from "../../../lib/storage/storage.js";
import { defect, overlaid, type Defect } from "./defect.js";

/** Does the work, then settles: right but for what is laid over. */
const within = (storage: Storage, over: Partial<Storage>): Storage =>
  overlaid(storage, {
    settleWithin: async (task, work) => {
      await work(undefined);
      return storage.settle(task, { done: true });
    },
    ...over,
  });

/** With all that may be left out, as it should be. */
export const withExtras = (storage: Storage): Storage =>
  within(storage, {
    watch: () => () => undefined,
    describe: () => Promise.resolve({ kind: "ours", text: "A storage of ours", isDurable: true }),
  });

export const OPTIONAL_DEFECTS: readonly Defect[] = [
  defect(
    "a task is settled before its work is done",
    "settleWithin, where there is one: settles the task once its work is done, and not before",
    (storage) =>
      within(storage, {
        settleWithin: async (task, work) => {
          const isSettled = await storage.settle(task, { done: true });
          if (isSettled) await work(undefined);
          return isSettled;
        },
      }),
  ),
  defect(
    "a task whose work failed is given up",
    "settleWithin, where there is one: rejects with what its work rejects with, and leaves the task with its holder",
    (storage) =>
      within(storage, {
        settleWithin: async (task, work) => {
          try {
            await work(undefined);
          } catch (error) {
            await storage.settle(task, { dead: String(error) });
            throw error;
          }
          return storage.settle(task, { done: true });
        },
      }),
  ),
  defect(
    "a failure of the work is told as the storage's own",
    "settleWithin, where there is one: rejects with what its work rejects with, and leaves the task with its holder",
    (storage) =>
      within(storage, {
        settleWithin: async (task, work) => {
          await work(undefined).catch((cause: unknown) => {
            throw new Error("the transaction failed", { cause });
          });
          return storage.settle(task, { done: true });
        },
      }),
  ),
  defect(
    "nobody looks whether the lease is still held",
    "settleWithin, where there is one: says no to a worker that has lost its lease, and changes nothing",
    (storage) =>
      within(storage, {
        settleWithin: async (task, work) => {
          await work(undefined);
          await storage.settle(task, { done: true });
          return true;
        },
      }),
  ),
  defect(
    "who has ended the watch is told all the same",
    "watch, where there is one: tells nobody any more once it is ended, which may be done twice",
    (storage) => {
      const watchers: (() => void)[] = [];
      return overlaid(storage, {
        watch: (wake) => {
          watchers.push(wake);
          return () => undefined;
        },
        commit: async (change) => {
          const outcome = await storage.commit(change);
          for (const wake of watchers) wake();
          return outcome;
        },
      });
    },
  ),
  defect(
    "a storage says nothing when asked what it is",
    "describe, where there is one: says what the storage is, and whether it keeps what it is given",
    (storage) => overlaid(storage, { describe: () => Promise.resolve({ kind: "ours", text: "", isDurable: true }) }),
  ),
];
