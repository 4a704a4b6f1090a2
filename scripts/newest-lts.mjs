/**
 * Runs a script on the newest long-term line of Node, whichever Node this is: `node scripts/newest-lts.mjs FILE [ARGUMENTS]`.
 * npm carries Node's own binaries, one package a platform; npx fetches one once and keeps it in its cache.
 */

import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";

export const NEWEST_LTS = 26;

/**
 * The package with Node's binary for a platform. The package `node` is not asked, because it finds the right one in an
 * install script, and those are off on many machines.
 *
 * @param {string} platform as in process.platform
 * @param {string} arch as in process.arch
 */
export function binaryPackage(platform, arch) {
  const prefix = platform === "darwin" && arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${platform === "win32" ? "win" : platform}-${arch}@${NEWEST_LTS}`;
}

/** @param {string[]} script */
function run(script) {
  const [major = ""] = process.versions.node.split(".");
  if (Number(major) === NEWEST_LTS) return spawnSync(process.execPath, script, { stdio: "inherit" });
  const node = binaryPackage(process.platform, process.arch);
  console.log(`Running on ${node}`);
  const onWindows = process.platform === "win32";
  const quoted = onWindows ? script.map((part) => `"${part}"`) : script;
  return spawnSync("npx", ["--yes", "--package", node, "--", "node", ...quoted], {
    stdio: "inherit",
    shell: onWindows,
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { status, error } = run(process.argv.slice(2));
  if (error) console.error(error.message);
  process.exitCode = status ?? 1;
}
