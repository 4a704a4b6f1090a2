import { documentation } from "../../documentation.js";
import type { StorageDescription } from "../storage.js";
import type { Connection } from "./connection.js";
import { text } from "./row.js";

/** The first SQLite without the WAL-reset bug (https://www.sqlite.org/wal.html#walresetbug). */
const SAFE_FOR_SEVERAL = [3, 51, 3] as const;

/** What the file is kept by, and what to see to where that is an old SQLite. `start` has refused a file that is not synced. */
export const describe = (connection: Connection): StorageDescription => {
  const version = text(connection.get("SELECT sqlite_version() AS version"), "version");
  const description = {
    kind: "sqlite",
    text: `SQLite ${version}, each commit synced to the disk before it is answered`,
    isDurable: true,
  };
  return isSafeForSeveral(version) ? description : { ...description, advice: adviceFor(version) };
};

/** @param version as SQLite tells it, such as "3.51.3" */
export const isSafeForSeveral = (version: string): boolean => {
  const parts = version.split(".").map(Number);
  const place = SAFE_FOR_SEVERAL.findIndex((part, i) => (parts[i] ?? 0) !== part);
  return place === -1 || (parts[place] ?? 0) > (SAFE_FOR_SEVERAL[place] ?? 0);
};

const adviceFor = (version: string): string =>
  `SQLite ${version} can damage a file that several processes write, in a very rare race that ${SAFE_FOR_SEVERAL.join(".")} is without: ` +
  `take a driver that brings a later one (${documentation("storage.md#which-driver")}), or let one process alone use the file`;
