import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as esbuild, type Plugin } from "esbuild";

const ROOT = join(__dirname, "../..");
const SHOP = join(__dirname, "shop/shop.ts");

/** How a process that runs the program is started: node's arguments. */
export type Program = readonly string[];

/**
 * The shop's program as one file, for processes that are started ten thousand times and do not live long: bundled, and with its JSON
 * schemas compiled ahead, by Ajv itself. Nothing else differs from a shop that is started from the package.
 *
 * @param folder an empty one that stays as long as the program is used
 */
export async function buildProgram(folder: string): Promise<Program> {
  const table = join(folder, "validators.json");
  const recorder = join(folder, "recorder.cjs");
  await bundle(join(ROOT, "lib/index.ts"), recorder, recording(table));
  execFileSync(process.execPath, [recorder], { stdio: ["ignore", "ignore", "inherit"] });
  const program = join(folder, "shop.cjs");
  await bundle(SHOP, program, precompiled(JSON.parse(readFileSync(table, "utf8")) as Record<string, string>));
  writeFileSync(join(folder, "package.json"), "{}");
  return [join(__dirname, "shop/start.cjs"), program];
}

const bundle = async (entry: string, outfile: string, ajv: string): Promise<void> => {
  await esbuild({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    minifyWhitespace: true,
    logLevel: "warning",
    // Drivers of databases are no part of the kit; the shop in question has no telemetry.
    external: ["libsql", "better-sqlite3", "@photostructure/sqlite", "pg-native"],
    plugins: [
      instead("ajv", ajv),
      instead("@opentelemetry/api", "throw Object.assign(new Error('not installed'), { code: 'MODULE_NOT_FOUND' })"),
    ],
  });
};

/** Puts a module of our own in the place of a package. */
const instead = (name: string, contents: string): Plugin => ({
  name: `instead of ${name}`,
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ importer }) =>
      importer.startsWith(`instead-of-${name}`) ? undefined : { path: name, namespace: `instead-of-${name}` },
    );
    build.onLoad({ filter: /.*/, namespace: `instead-of-${name}` }, () => ({
      contents,
      loader: "js",
      resolveDir: ROOT,
    }));
  },
});

/** Ajv, writing down the code it makes of each schema. */
const recording = (table: string): string => `
  const { Ajv } = require(${JSON.stringify(join(ROOT, "node_modules/ajv"))});
  const standalone = require(${JSON.stringify(join(ROOT, "node_modules/ajv/dist/standalone"))}).default;
  const { writeFileSync } = require("node:fs");
  const codes = {};
  exports.Ajv = class {
    constructor(options) {
      this.options = options;
      this.ajv = new Ajv({ ...options, code: { source: true } });
    }
    compile(schema) {
      const validate = this.ajv.compile(schema);
      codes[JSON.stringify([this.options, schema])] = standalone(this.ajv, validate);
      return validate;
    }
  };
  process.on("exit", () => writeFileSync(${JSON.stringify(table)}, JSON.stringify(codes)));`;

/** Ajv, with the code it made before. */
const precompiled = (codes: Readonly<Record<string, string>>): string => `
  const codes = new Map([${Object.entries(codes)
    .map(([key, code]) => `[${JSON.stringify(key)}, (module, exports) => { ${code} }]`)
    .join(",\n")}]);
  exports.Ajv = class {
    constructor(options) {
      this.options = options;
    }
    compile(schema) {
      const make = codes.get(JSON.stringify([this.options, schema]));
      if (make === undefined) throw new Error("a schema that was not compiled ahead");
      const made = { exports: {} };
      make(made, made.exports);
      return made.exports;
    }
  };`;
