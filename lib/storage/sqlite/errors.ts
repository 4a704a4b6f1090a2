import { AntomError, isAntomError } from "../../errors.js";
import { isError } from "../../thrown.js";

/** SQLite's primary result codes that the kit tells apart (https://www.sqlite.org/rescode.html). */
const CODES = { BUSY: 5, LOCKED: 6, READONLY: 8, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 } as const;
type CodeName = keyof typeof CODES;

/** `node:sqlite` gives the number as `errcode`; the others give the name as `code`. Either may be an extended code. */
const is = (error: unknown, name: CodeName): boolean => {
  if (!isError(error)) return false;
  if ("errcode" in error && typeof error.errcode === "number") return (error.errcode & 0xff) === CODES[name];
  if (!("code" in error) || typeof error.code !== "string") return false;
  return error.code === `SQLITE_${name}` || error.code.startsWith(`SQLITE_${name}_`);
};

const NO_TABLE = /no such table: (?:main\.)?antom_/;

/** Whether another connection holds a lock that is needed: worth trying again. */
export const isBusy = (error: unknown): boolean => is(error, "BUSY") || is(error, "LOCKED");

const reason = (error: unknown): string => {
  if (isBusy(error)) return "Another process has held the lock of the SQLite file for too long.";
  if (is(error, "FULL")) return "The disk is full, or the SQLite file may not grow.";
  if (is(error, "CORRUPT") || is(error, "NOTADB")) return "The SQLite file is damaged: restore it from a backup.";
  if (is(error, "READONLY")) return "The SQLite file may not be written.";
  if (is(error, "CANTOPEN")) return "The SQLite file cannot be opened.";
  if (isError(error) && NO_TABLE.test(error.message)) {
    return (
      "The kit's tables are gone from the SQLite file: `npx express-antom move` took the payments to PostgreSQL, or somebody else removed them. " +
      "Stop this process."
    );
  }
  return `SQLite refused: ${isError(error) ? error.message : String(error)}.`;
};

/** What a step rejects with when SQLite threw; the kit's own errors pass as they are. */
export const unavailable = (error: unknown): AntomError =>
  isAntomError(error) ? error : new AntomError("storage_unavailable", reason(error), { cause: error });

/** The same at start, where a wrong path or a file of something else is the shop's to put right. */
export const unusable = (error: unknown, path: string): AntomError => {
  if (is(error, "NOTADB")) return badPath(`${path} is not an SQLite file: give another path.`, error);
  if (is(error, "CANTOPEN") || is(error, "READONLY")) {
    return badPath(`${path} cannot be opened and written: look at it, its folder and their permissions.`, error);
  }
  return unavailable(error);
};

/** The path is not one that payments can be kept at. */
export const badPath = (message: string, cause?: unknown): AntomError =>
  new AntomError("configuration_invalid", message, { problems: [{ at: "path", message }], cause });
