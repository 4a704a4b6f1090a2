/** Another program at the shop's SQLite file, that holds its lock for a while and then lets others have it, until it is told to stop. */

import { setTimeout as wait } from "node:timers/promises";
import { resolveDriver, type SqliteConnection } from "../../lib/storage/sqlite/driver.js";
import type { LockRequest } from "./messages.js";

/** Milliseconds that it holds the lock, and that it leaves it to others. */
const HELD = 300;
const FREE = 100;

let isWanted = false;
let locking: Promise<void> | undefined;

async function lockAgainAndAgain(file: string): Promise<void> {
  const connection = new (resolveDriver(undefined))(file);
  while (isWanted) {
    if (begins(connection)) {
      await wait(HELD);
      connection.exec("COMMIT");
      await wait(FREE);
    } else {
      await wait(1);
    }
  }
  connection.close();
  locking = undefined;
}

function begins(connection: SqliteConnection): boolean {
  try {
    connection.exec("BEGIN IMMEDIATE");
    return true;
  } catch {
    // The shop has it.
    return false;
  }
}

async function answer({ file }: LockRequest): Promise<void> {
  isWanted = file !== undefined;
  if (file === undefined) await locking;
  else locking ??= lockAgainAndAgain(file);
}

process.on("disconnect", () => {
  process.exit();
});
process.on("message", (request: LockRequest) => {
  answer(request).then(
    () => process.send?.({ done: true }),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
