import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storageConformance } from "../../lib/storage/conformance.js";
import { lmdbStorage } from "./lmdb/storage.js";

storageConformance(
  { describe, it },
  {
    name: "lmdbStorage, three of them on one folder,",
    create: () => {
      const folder = mkdtempSync(join(tmpdir(), "express-antom-lmdb-"));
      const data = join(folder, "payments");
      return Promise.resolve({
        storages: [lmdbStorage(data), lmdbStorage(data), lmdbStorage(data)],
        crash: () => {
          const left = join(folder, "left");
          cpSync(join(data, "data.mdb"), join(left, "data.mdb"));
          return Promise.resolve(lmdbStorage(left));
        },
        dispose: () => {
          rmSync(folder, { recursive: true, force: true });
          return Promise.resolve();
        },
      });
    },
    without: { transactions: "LMDB has one writer at a time, and everybody would wait for the hook that has it." },
  },
);
