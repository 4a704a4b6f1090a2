import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import manifest from "../../package.json";
import { ROOT } from "./pages.js";

const TSX = pathToFileURL(require.resolve("tsx")).href;

/** A shop's folder in which the package is installed, its entries being the sources in place of what is built of them. */
export interface InstalledShop {
  write(name: string, text: string): void;
  run(script: readonly string[], environment?: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams;
  remove(): void;
}

export function installedShop(): InstalledShop {
  const folder = mkdtempSync(path.join(tmpdir(), "express-antom-shop-"));
  const packages = path.join(folder, "node_modules");
  const link = (name: string, target: string): void => {
    symlinkSync(target, path.join(packages, name), "junction");
  };
  mkdirSync(path.join(packages, "express-antom"), { recursive: true });
  link("express-antom/lib", path.join(ROOT, "lib"));
  for (const name of ["express", "pino", "mocha", "pg"]) link(name, path.join(ROOT, "node_modules", name));
  // The package with the same interface that is installed here.
  link("better-sqlite3", path.join(ROOT, "node_modules/libsql"));
  const exports = Object.entries(manifest.exports).flatMap(([entry, target]) =>
    typeof target === "string"
      ? []
      : [[entry, target.require.default.replace("./dist/", "./lib/").replace(/\.js$/, ".ts")]],
  );
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(folder, name), text);
  };
  write(
    "node_modules/express-antom/package.json",
    JSON.stringify({ name: manifest.name, exports: Object.fromEntries(exports) as object }),
  );
  return {
    write,
    run: (script, environment = {}) =>
      spawn(process.execPath, ["--import", TSX, ...script], { cwd: folder, env: { ...process.env, ...environment } }),
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a process has written so far, both streams together, and a way to wait for its end. */
export function outputOf(child: ChildProcessWithoutNullStreams): { text: string; ended: Promise<number | null> } {
  const output = { text: "", ended: new Promise<number | null>((resolve) => child.once("close", resolve)) };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output.text += chunk;
    });
  }
  return output;
}
