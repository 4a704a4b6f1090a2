import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./compile.js";

/**
 * Compiles, into that folder, what makes each fsync take a millisecond longer. Answers with the environment in which a program's do; or, where
 * that cannot be had, says why and answers with nothing.
 */
export function slowDisk(folder: string): Readonly<Record<string, string>> | undefined {
  const reason = missing(folder);
  if (reason === undefined) return { LD_PRELOAD: libraryIn(folder) };
  console.log(`A disk whose fsync takes 1 ms is left out: ${reason}.`);
  return undefined;
}

const libraryIn = (folder: string): string => join(folder, "slow-fsync.so");

/** Compiles it; or says why it cannot be had. */
function missing(folder: string): string | undefined {
  if (process.platform !== "linux") return "it needs Linux's LD_PRELOAD";
  const flags = ["-shared", "-fPIC", "-O2", "-o", libraryIn(folder), join(ROOT, "bench/run/slow-fsync.c"), "-ldl"];
  const { status, error } = spawnSync("cc", flags, { stdio: ["ignore", "ignore", "inherit"] });
  if (error !== undefined) return "there is no C compiler (cc)";
  return status === 0 ? undefined : "the C compiler refused it";
}
