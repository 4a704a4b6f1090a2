import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The repository's root. */
export const ROOT = join(__dirname, "../..");
const CACHE = join(ROOT, "node_modules/.cache/express-antom/bench");
const SOURCES = ["lib", "bench", "test/support", "tsconfig.json", "package-lock.json"].map((name) => join(ROOT, name));

/** How long what was compiled from other sources is left alone, as another run may be at work with it: milliseconds. */
const OLD = 3_600_000;

/**
 * Compiles the kit and the bench's processes with the options the package is built with, unless that has been done for just these
 * sources: what is measured is compiled code. Answers with the folder the processes are in.
 */
export function compile(): string {
  const fingerprint = createHash("sha256");
  for (const source of SOURCES) addTo(fingerprint, source);
  const name = fingerprint.digest("hex").slice(0, 16);
  const out = join(CACHE, name);
  const stamp = join(out, "compiled");
  mkdirSync(CACHE, { recursive: true });
  for (const other of readdirSync(CACHE)) {
    const { mtimeMs } = statSync(join(CACHE, other));
    if (other !== name && Date.now() - mtimeMs > OLD) rmSync(join(CACHE, other), { recursive: true, force: true });
  }
  if (!existsSync(stamp)) {
    const began = Date.now();
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const flags = ["-p", join(ROOT, "bench/tsconfig.build.json"), "--outDir", out];
    const { status } = spawnSync(process.execPath, [tsc, ...flags], { stdio: "inherit" });
    if (status !== 0) throw new Error("The kit does not compile.");
    writeFileSync(stamp, "");
    console.log(`Compiled in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  }
  return join(out, "bench/processes");
}

function addTo(fingerprint: ReturnType<typeof createHash>, path: string): void {
  const stat = statSync(path);
  if (stat.isDirectory()) for (const name of readdirSync(path)) addTo(fingerprint, join(path, name));
  else fingerprint.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
}
