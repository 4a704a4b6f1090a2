/**
 * Starts a shop's program from its bundle (argument 1), with what V8 compiled of it for an earlier process: starting is nearly all that a
 * process does that is killed soon. What is not in the bundle, such as the database's driver, is required from this checkout.
 */
const { readFileSync, writeFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const { dirname } = require("node:path");
const { Script } = require("node:vm");

const file = process.argv[2] ?? "";
const compiled = `${file}.compiled`;

const read = () => {
  try {
    return readFileSync(compiled);
  } catch {
    return undefined;
  }
};

// The bundle is all ASCII.
const script = new Script(wrap(readFileSync(file, "latin1")), { filename: file, cachedData: read() });
globalThis.keepCompiled = () => writeFileSync(compiled, script.createCachedData());
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, createRequire(__filename), module_, file, dirname(file));
