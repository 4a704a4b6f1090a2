import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one test's files, taken away after it. */
export interface Folder {
  readonly path: (name: string) => string;
  readonly remove: () => void;
}

export const makeFolder = (): Folder => {
  const folder = mkdtempSync(join(tmpdir(), "express-antom-"));
  return {
    path: (name) => join(folder, name),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
