import { readFileSync } from "node:fs";
import { badPath } from "./errors.js";

/**
 * Refuses a file that is mounted by itself, as containers can: SQLite keeps what was written last in files beside it, and these would be in
 * the container, and go with it. Only Linux tells, and only Linux has such mounts.
 *
 * @param path with no link in it
 * @throws AntomError `configuration_invalid`
 */
export function refuseMounted(path: string, table = "/proc/self/mountinfo"): void {
  let mounts: string;
  try {
    mounts = readFileSync(table, "utf8");
  } catch {
    return;
  }
  const isMounted = mounts.split("\n").some((line) => unescaped(line.split(" ")[4] ?? "") === path);
  if (!isMounted) return;
  throw badPath(
    `${path} is mounted by itself: SQLite keeps what was written last in files beside it, which would be lost with the container. ` +
      "Mount its folder instead.",
  );
}

/** The table has blanks, tabs, line feeds and backslashes of a path as octal numbers. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
