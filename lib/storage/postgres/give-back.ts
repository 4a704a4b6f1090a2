import type { SqliteDriver } from "../sqlite/driver.js";
import { checkDestination } from "../sqlite/closing.js";
import { badPath } from "../sqlite/errors.js";
import { MovingFile } from "../sqlite/moving-file.js";
import { unavailable } from "./errors.js";
import type { MoveParts } from "./take-over.js";
import { destinationOf, holdsAnyOf, isEmpty, lockTables } from "./target.js";
import { whole } from "./transaction.js";

export interface GiveBackOptions {
  /** The class that opens SQLite files; found as `sqliteStorage` finds it unless given. */
  readonly driver?: SqliteDriver;
}

/**
 * Opens a file for writing again that a move has closed, unless its payments are in the tables. Behind the lock of the tables: a move that is
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
        checkDestination(file.name, closing, await destinationOf(line.run, names));
        if (!(await isEmpty(line.run, names)) && (await holdsAnyOf(line.run, names, file))) {
          throw badPath(
            `The payments in ${file.name} are in PostgreSQL, ${closing.place}: the shop goes on there. Opened again, the file would take payments a second time.`,
          );
        }
        if (closing.isDone) {
          throw badPath(
            `The payments in ${file.name} were moved to ${closing.place} at ${closing.at}, and none of them is there any more. ` +
              "Where somebody has emptied those tables, add --target-gone.",
          );
        }
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
    return closing !== undefined && (await file.reopen(closing.owner));
  } finally {
    file.end();
  }
};
