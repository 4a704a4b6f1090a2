/**
 * Writes, beside each compiled entry, the face that `import` sees: X.mjs and X.d.mts, which re-export X.js. So there is
 * one copy of the code whichever way it is loaded: an error thrown by one half is `instanceof` in the other. Which
 * entries there are is read from package.json's `exports`.
 */

const { writeFileSync } = require("node:fs");
const path = require("node:path");
const manifest = require("../package.json");

const root = path.dirname(__dirname);

/** @param {string} file */
const namesOf = (file) => {
  /** @type {unknown} */
  const entry = require(file);
  if (typeof entry !== "object" || entry === null) throw new TypeError(`${file} exports no names.`);
  return Object.keys(entry).sort();
};

for (const entry of Object.values(manifest.exports)) {
  if (typeof entry === "string") continue;
  const source = `./${path.basename(entry.require.default)}`;
  // Names are spelt out, because `export *` would also hand on what Node adds to a CommonJS module's names.
  const names = namesOf(path.join(root, entry.require.default)).join(", ");
  writeFileSync(path.join(root, entry.import.default), `export { ${names} } from "${source}";\n`);
  writeFileSync(path.join(root, entry.import.types), `export * from "${source}";\n`);
}
