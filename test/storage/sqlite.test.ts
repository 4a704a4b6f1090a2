import { cpSync, existsSync } from "node:fs";
import Libsql from "libsql";
import { storageConformance, type StorageUnderTest } from "../../lib/storage/conformance.js";
import { sqliteStorage, type SqliteStorageOptions } from "../../lib/storage/sqlite.js";
import { makeFolder } from "./sqlite/folder.js";

/** Several storages on one file; a crash leaves the file and its log as they stand at that moment. */
const storagesOnOneFile = (count: number, options: SqliteStorageOptions = {}): Promise<StorageUnderTest> => {
  const folder = makeFolder();
  const path = folder.path("payments.db");
  const others = Array.from({ length: count - 1 }, () => sqliteStorage(path, options));
  return Promise.resolve({
    storages: [sqliteStorage(path, options), ...others],
    crash: () => {
      const left = folder.path("left.db");
      for (const end of ["", "-wal"]) if (existsSync(path + end)) cpSync(path + end, left + end);
      return Promise.resolve(sqliteStorage(left, options));
    },
    dispose: () => {
      folder.remove();
      return Promise.resolve();
    },
  });
};

storageConformance(
  { describe, it },
  {
    name: "sqliteStorage",
    create: () => storagesOnOneFile(1),
    without: { instances: "The suite below has three of them on one file." },
  },
);

storageConformance(
  { describe, it },
  { name: "sqliteStorage, three of them on one file,", create: () => storagesOnOneFile(3) },
);

storageConformance(
  { describe, it },
  { name: "sqliteStorage, with libsql,", create: () => storagesOnOneFile(3, { driver: Libsql }) },
);
