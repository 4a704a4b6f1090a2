/**
 * Removes from `dist` the declarations that no entry leads to: nobody can import them, and they would be a fifth of what is
 * downloaded. Which entries there are is read from package.json's `exports`; TypeScript itself says what they lead to.
 */

const { readdirSync, rmSync } = require("node:fs");
const path = require("node:path");
const ts = require("typescript");
const manifest = require("../package.json");

const root = path.dirname(__dirname);
const dist = path.join(root, "dist");

const entries = Object.values(manifest.exports).flatMap((entry) =>
  typeof entry === "string" ? [] : [path.join(root, entry.require.types)],
);
const program = ts.createProgram(entries, { module: ts.ModuleKind.Node16 });
const needed = new Set(program.getSourceFiles().map(({ fileName }) => path.resolve(fileName)));

for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  const file = path.join(dist, name);
  if (file.endsWith(".d.ts") && !needed.has(file)) rmSync(file);
}
