import type { SqliteDriver } from "../sqlite/driver.js";
import { checkDestination } from "../sqlite/closing.js";
import { badPath } from "../sqlite/errors.js";
import { MovingFile } from "../sqlite/moving-file.js";
import { unavailable } from "./errors.js";
import type { MoveParts } from "./take-over.js";
import { checkEmpty, destinationOf, hasMoved, lockTables } from "./target.js";
import { whole } from "./transaction.js";

/** Options of `giveBack`, which opens a moved file again. */
export interface GiveBackOptions {
  /** The class that opens SQLite files; found as `sqliteStorage` finds it unless given. */
  readonly driver?: SqliteDriver;
}

/**
 * Opens a file again that a move has closed, unless its payments, or any others, are in the tables. Behind the lock of the tables: a move that is
 * under way is waited for.
 */
export const giveBack = async (
  { database, names, patience }: MoveParts,
  path: string,
  { driver }: GiveBackOptions,
): Promise<boolean> => {
  const file = await MovingFile.open(path, driver);
  let isOpened = false;
  try {
    return await database.attempt((line) =>
      whole(line, async () => {
        await lockTables(line.run, names, patience);
        const closing = await file.closing();
        if (closing === undefined) return isOpened;
        const destination = await destinationOf(line.run, names);
        checkDestination(file.name, closing, destination);
        if (await hasMoved(line.run, names, closing.owner)) {
          throw badPath(
            `The payments in ${file.name} are in PostgreSQL, ${destination.place}: the shop goes on there. Opened again, the file would take payments a ` +
              "second time. Where somebody has removed them there for good, add --target-gone.",
          );
        }
        await checkEmpty(line.run, names, file.name, destination.place, true);
        return (isOpened = await file.reopen(closing.owner));
      }),
    );
  } catch (error) {
    throw unavailable(error);
  } finally {
    file.end();
  }
};

/**
 * Opens such a file without a look at PostgreSQL: for somebody who knows that the tables it was moved to are gone. False if it was not closed.
 *
 * @throws AntomError `configuration_invalid` for what is no file of payments
 */
export const giveBackUnseen = async (path: string, { driver }: GiveBackOptions = {}): Promise<boolean> => {
  const file = await MovingFile.open(path, driver);
  try {
    const closing = await file.closing();
    // Whoever has it locked may be moving it: then it is not opened once that is done.
    return closing !== undefined && (await file.reopen(closing.owner, 0));
  } finally {
    file.end();
  }
};
