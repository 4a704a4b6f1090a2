import type { StorageUnderTest } from "../../../lib/storage/conformance.js";
import { memoryStorage } from "../../../lib/storage/memory.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { overlaid, type Defect } from "./defect.js";

/** The shop's own rows: those that are committed. What a transaction is handed is where it keeps those of its own. */
type Rows = string[];

type Extras = Pick<Storage, "settleWithin" | "watch" | "describe">;

/** Calls those who watch soon, as word of another instance does. */
const telling = (watchers: ReadonlySet<() => void>): void => {
  setTimeout(() => {
    for (const wake of watchers) wake();
  }, 5);
};

const tells = (storage: Storage, tell: () => void): Partial<Storage> => ({
  open: async (opening) => {
    const opened = await storage.open(opening);
    tell();
    return opened;
  },
  commit: async (change) => {
    const outcome = await storage.commit(change);
    tell();
    return outcome;
  },
  redrive: async (id, now) => {
    const isRedriven = await storage.redrive(id, now);
    tell();
    return isRedriven;
  },
});

const right = (storage: Storage, rows: Rows): Extras => ({
  settleWithin: async (task, work) => {
    const written: Rows = [];
    await work(written);
    const isSettled = await storage.settle(task, { done: true });
    if (isSettled) rows.push(...written);
    return isSettled;
  },
  describe: () => Promise.resolve({ kind: "ours", text: "A storage of ours", isDurable: true }),
});

/** Three instances of one database, with all that may be left out; as it should be, but for what is laid over each. */
export const withExtras = (over: (storage: Storage, rows: Rows) => Partial<Storage> = () => ({})): StorageUnderTest => {
  const database = memoryStorage();
  const rows: Rows = [];
  const watchers = new Set<() => void>();
  const instance = (): Storage => {
    let isOn = false;
    const own = new Set<() => void>();
    const wake = (): void => {
      if (isOn) for (const each of own) each();
    };
    watchers.add(wake);
    const storage = overlaid(database, {
      ...tells(database, () => {
        telling(watchers);
      }),
      ...right(database, rows),
      start: () => {
        isOn = true;
        return Promise.resolve();
      },
      stop: () => {
        isOn = false;
        return Promise.resolve();
      },
      watch: (heard) => {
        const watcher = (): void => {
          heard();
        };
        own.add(watcher);
        return () => {
          own.delete(watcher);
        };
      },
    });
    return { ...storage, ...over(storage, rows) };
  };
  return {
    storages: [instance(), instance(), instance()],
    crash: () => Promise.resolve(overlaid(database, {})),
    notes: {
      write: (transaction, text) => {
        (transaction as Rows).push(text);
        return Promise.resolve();
      },
      read: () => Promise.resolve([...rows]),
    },
  };
};

const extra = (name: string, breaks: string, over: (storage: Storage, rows: Rows) => Partial<Storage>): Defect => ({
  name,
  breaks,
  create: () => withExtras(over),
});

export const OPTIONAL_DEFECTS: readonly Defect[] = [
  extra(
    "a task is settled before its work is done",
    "settleWithin, where there is one: settles the task once its work is done, and not before",
    (storage, rows) => ({
      settleWithin: async (task, work) => {
        const isSettled = await storage.settle(task, { done: true });
        if (isSettled) await work(rows);
        return isSettled;
      },
    }),
  ),
  extra(
    "a task whose work failed is given up",
    "settleWithin, where there is one: rejects with what its work rejects with, and leaves the task with its holder",
    (storage, rows) => ({
      settleWithin: async (task, work) => {
        const written: Rows = [];
        try {
          await work(written);
        } catch (error) {
          await storage.settle(task, { dead: String(error) });
          throw error;
        }
        const isSettled = await storage.settle(task, { done: true });
        if (isSettled) rows.push(...written);
        return isSettled;
      },
    }),
  ),
  extra(
    "a failure of the work is told as the storage's own",
    "settleWithin, where there is one: rejects with what its work rejects with, and leaves the task with its holder",
    (storage) => ({
      settleWithin: (task, work) =>
        storage.settleWithin?.(task, async (transaction) => {
          await work(transaction).catch((cause: unknown) => {
            throw new Error("the transaction failed", { cause });
          });
        }) ?? Promise.resolve(false),
    }),
  ),
  extra(
    "nobody looks whether the lease is still held",
    "settleWithin, where there is one: says no to a worker that has lost its lease, and changes nothing",
    (storage) => ({
      settleWithin: async (task, work) => {
        await storage.settleWithin?.(task, work);
        return true;
      },
    }),
  ),
  extra(
    "the work is done on a connection that commits each statement by itself",
    "settleWithin, where there is one: keeps what its work has written, and nothing of what it wrote before it failed",
    (storage, rows) => ({
      settleWithin: async (task, work) => {
        await work(rows);
        return storage.settle(task, { done: true });
      },
    }),
  ),
  extra(
    "the work is committed first, and the task settled then",
    "settleWithin, where there is one: keeps both or neither where the task is redriven while its work is under way",
    (storage, rows) => ({
      settleWithin: async (task, work) => {
        const written: Rows = [];
        await work(written);
        rows.push(...written);
        return storage.settle(task, { done: true });
      },
    }),
  ),
  extra(
    "a transaction is committed though the lease was lost",
    "settleWithin, where there is one: keeps nothing of the work of a worker that had lost its lease",
    (storage, rows) => ({
      settleWithin: async (task, work) => {
        const written: Rows = [];
        await work(written);
        const isSettled = await storage.settle(task, { done: true });
        rows.push(...written);
        return isSettled;
      },
    }),
  ),
  {
    name: "the next event waits for a step that the end of a transaction does not take",
    breaks: "settleWithin, where there is one: brings on the payment's next event",
    create: () => {
      const stuck = new Set<string>();
      return withExtras((storage) => ({
        settleWithin: async (task, work) => {
          const isSettled = (await storage.settleWithin?.(task, work)) === true;
          if (isSettled) stuck.add(task.task.payment);
          return isSettled;
        },
        claim: async (request) => (await storage.claim(request)).filter(({ task }) => !stuck.has(task.payment)),
      }));
    },
  },
  extra(
    "what the work was handed goes on to write where the work has failed, outside of any transaction",
    "settleWithin, where there is one: keeps nothing of what is written after the work has failed by what it was handed",
    (storage, rows) => ({
      settleWithin: (task, work) =>
        storage.settleWithin?.(task, async (transaction) => {
          try {
            await work(transaction);
          } catch (error) {
            (transaction as Rows).push = (...texts) => rows.push(...texts);
            throw error;
          }
        }) ?? Promise.resolve(false),
    }),
  ),
  extra(
    "what the work was handed writes into the next transaction, as a connection does that goes back to its pool",
    "settleWithin, where there is one: keeps nothing of what is written after the work has failed by what it was handed",
    (storage) => {
      let next: Rows | undefined;
      return {
        settleWithin: (task, work) =>
          storage.settleWithin?.(task, async (transaction) => {
            next = transaction as Rows;
            try {
              await work(transaction);
            } catch (error) {
              (transaction as Rows).push = (...texts) => next?.push(...texts) ?? 0;
              throw error;
            } finally {
              next = undefined;
            }
          }) ?? Promise.resolve(false),
      };
    },
  ),
  extra(
    "who has ended the watch is told all the same",
    "watch, where there is one: tells nobody any more once it is ended, which may be done twice",
    (storage) => ({
      watch: (wake) => {
        storage.watch?.(wake);
        return () => undefined;
      },
    }),
  ),
  extra("nobody is ever told", "watch, where there is one: tells that another instance has stored what is due", () => ({
    watch: () => () => undefined,
  })),
  extra(
    "who asked before the start is not told",
    "watch, where there is one: may be asked for before the start, and tells once it is started",
    (storage) => {
      let isStarted = false;
      return {
        start: () => {
          isStarted = true;
          return storage.start();
        },
        watch: (wake) => (isStarted ? storage.watch?.(wake) : undefined) ?? (() => undefined),
      };
    },
  ),
  extra(
    "a storage that is stopped goes on listening",
    "watch, where there is one: tells nobody any more once the storage is stopped",
    () => ({ stop: () => Promise.resolve() }),
  ),
  extra(
    "a storage says nothing when asked what it is",
    "describe, where there is one: says what the storage is, and whether it keeps what it is given",
    () => ({ describe: () => Promise.resolve({ kind: "ours", text: "", isDurable: true }) }),
  ),
];
