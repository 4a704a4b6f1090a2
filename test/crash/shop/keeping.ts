import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import type { Storage } from "../../../lib/storage/storage.js";
import type { Life } from "./life.js";
import type { Keeping } from "./task.js";
import { watchedDriver } from "./watched-driver.js";

/** The storage a shop is told to use, with points inside. */
export async function storageIn(keeping: Keeping, life: Life): Promise<Storage> {
  switch (keeping.kind) {
    case "sqlite":
      return sqliteStorage(keeping.file, { driver: watchedDriver(resolveDriver(undefined), life) });
    case "postgres": {
      // Only where it is used: every process of a run pays for what it loads.
      const { storageAt } = await import("./postgres.js");
      return storageAt(keeping.url, life);
    }
  }
}
