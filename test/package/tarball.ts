import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");

/** A new, empty folder that is not inside the checkout, so that nothing is found in the checkout's own node_modules. */
export const newFolder = (): string => mkdtempSync(path.join(tmpdir(), "express-antom-"));

/** Runs npm in a folder; its output is in the error's message when it fails. */
export const npm = (folder: string, ...args: readonly string[]): string =>
  execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: "pipe", shell: process.platform === "win32" });

/** Packs what `npm run build` made, as `npm publish` would, and answers with the tarball's path. */
export const packTarball = (folder: string): string => {
  npm(ROOT, "pack", "--ignore-scripts", "--pack-destination", folder);
  const [name] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  if (name === undefined) throw new Error("npm pack made no tarball.");
  return path.join(folder, name);
};

/** Runs a script of Node's in a folder; whatever it writes is in the error's message when it fails. */
export const run = (folder: string, script: string, ...args: readonly string[]): void => {
  try {
    execFileSync(process.execPath, [script, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    // execFileSync itself tells of standard error only.
    if (error instanceof Error && "stdout" in error) error.message += `\n${String(error.stdout)}`;
    throw error;
  }
};
