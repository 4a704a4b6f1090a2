import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { BREAKAGES, brokenStorage, isBreakage } from "../../crash/shop/breakages.js";
import type { Keeping } from "../../crash/shop/task.js";
import { withSteps } from "./steps.js";

/** What can be broken in an instance on purpose: each breaks one promise that lets several work on one database. */
export const FLAWS = {
  "opens-blindly": "the storage opens a payment without looking for a live one of the same order",
  "settles-late": "the storage lets a task be settled by one that has lost its lease",
  "leases-long": "what is claimed stays claimed for three times as long",
  "counts-nothing": "the storage says of every claim that it is the first",
  "stops-hard": "an instance that is to stop ends at once, with whatever it has in hand",
  ...BREAKAGES,
} as const;
export type Flaw = keyof typeof FLAWS;

export const isFlaw = (name: string): name is Flaw => Object.hasOwn(FLAWS, name);

const SETTLE =
  "UPDATE antom_tasks SET state = 'waiting', due_at = 0, ready_at = 0, leased_until = NULL, lease = NULL WHERE id = ?";

/** The storage, broken as told. */
export function flawedStorage(storage: Storage, keeping: Keeping, flaw: Flaw | undefined): Storage {
  if (flaw === undefined) return storage;
  if (isBreakage(flaw)) return brokenStorage(storage, flaw);
  switch (flaw) {
    case "opens-blindly":
      // What is not live is in nobody's way.
      return withSteps(storage, {
        open: (opening) => storage.open({ ...opening, isLive: false }),
        commit: (change) => storage.commit({ ...change, isLive: false }),
      });
    case "leases-long":
      return withSteps(storage, { claim: (request) => storage.claim({ ...request, lease: 3 * request.lease }) });
    case "counts-nothing":
      return withSteps(storage, {
        claim: async (request) =>
          (await storage.claim(request)).map(({ task, lease }) => ({ task, lease, attempts: 1 })),
      });
    case "stops-hard":
      return storage;
    case "settles-late": {
      if (keeping.kind !== "sqlite") throw new Error("only SQLite can be broken in this way");
      const connection = new (resolveDriver(undefined))(keeping.file);
      return withSteps(storage, {
        async settle(task, outcome) {
          if (!(await storage.settle(task, outcome))) connection.prepare(SETTLE).run(task.task.id);
          return true;
        },
      });
    }
  }
}
