import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { storageContract } from "./contract.js";
import { makeFolder } from "./sqlite/folder.js";

storageContract("sqliteStorage", () => {
  const folder = makeFolder();
  const path = folder.path("payments.db");
  return Promise.resolve({
    storages: [sqliteStorage(path)],
    dispose: () => {
      folder.remove();
      return Promise.resolve();
    },
  });
});

storageContract("sqliteStorage, three of them on one file,", () => {
  const folder = makeFolder();
  const path = folder.path("payments.db");
  return Promise.resolve({
    storages: [sqliteStorage(path), sqliteStorage(path), sqliteStorage(path)],
    dispose: () => {
      folder.remove();
      return Promise.resolve();
    },
  });
});
