import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storageConformance } from "../../lib/storage/conformance.js";
import { logFileStorage } from "./log-file/storage.js";

storageConformance(
  { describe, it },
  {
    name: "logFileStorage",
    create: () => {
      const folder = mkdtempSync(join(tmpdir(), "express-antom-log-"));
      const path = join(folder, "payments.log");
      return Promise.resolve({
        storages: [logFileStorage(path)],
        crash: () => {
          const left = join(folder, "left.log");
          copyFileSync(path, left);
          // Somewhere in the middle of a line is where a crash stops a write.
          appendFileSync(left, '[["payments","half-writ');
          return Promise.resolve(logFileStorage(left));
        },
        dispose: () => {
          rmSync(folder, { recursive: true, force: true });
          return Promise.resolve();
        },
      });
    },
    without: { instances: "One process keeps the file; others would not see what it has written." },
  },
);
