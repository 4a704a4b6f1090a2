import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { buildProgram as buildCrashProgram } from "../crash/program.js";

const ROOT = join(__dirname, "../..");
const START = join(__dirname, "../crash/shop/start.cjs");
const SHOP = join(__dirname, "shop/shop.ts");

/** How an instance is started: node's arguments. */
export type Program = readonly string[];

/** The shop's program as one file of plain JavaScript with its JSON schemas compiled ahead, so that it starts fast. */
export async function buildProgram(folder: string): Promise<Program> {
  const outfile = join(folder, "shop.cjs");
  const validators = await compiledSchemas(folder);
  await build({
    entryPoints: [SHOP],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    minifyWhitespace: true,
    logLevel: "warning",
    // Drivers of databases, found in this checkout; the shop has no telemetry.
    external: ["libsql", "better-sqlite3", "@photostructure/sqlite", "pg-native", "@opentelemetry/api"],
    plugins: [readyMade(validators), releases],
  });
  return [START, outfile];
}

/** The file in which the crash run's builder keeps what Ajv makes of the kit's schemas. */
async function compiledSchemas(folder: string): Promise<string> {
  const crash = join(folder, "crash");
  const table = join(crash, "validators.json");
  if (!existsSync(table)) {
    mkdirSync(crash, { recursive: true });
    await buildCrashProgram(crash);
  }
  return table;
}

/** Puts what Ajv has made of each schema in the place of Ajv. */
const readyMade = (table: string): Plugin => ({
  name: "ready-made validators",
  setup(program) {
    const from = { namespace: "ready-made" };
    program.onResolve({ filter: /^ajv$/ }, ({ importer }) =>
      importer.includes("node_modules") ? undefined : { path: "ajv", ...from },
    );
    program.onLoad({ filter: /.*/, ...from }, () => {
      const codes = JSON.parse(readFileSync(table, "utf8")) as Readonly<Record<string, string>>;
      const made = Object.entries(codes).map(
        ([key, code]) => `${JSON.stringify(key)}: (module, exports) => { ${code} }`,
      );
      const contents = `const made = {${made.join(",\n")}};
        exports.Ajv = class {
          constructor(options) { this.options = options; }
          compile(schema) {
            const module = { exports: {} };
            made[JSON.stringify([this.options, schema])](module, module.exports);
            return module.exports;
          }
        };`;
      return { contents, loader: "js", resolveDir: ROOT };
    });
  },
});

/**
 * Lets an instance that is told to be of a later release add a step to the tables of its storage, of the kind that releases add: a column
 * that may be left out, and an index.
 */
const releases: Plugin = {
  name: "releases",
  setup(program) {
    program.onLoad({ filter: /lib[\\/]storage[\\/](?:postgres|sqlite)[\\/]schema\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      return { loader: "ts", contents: path.includes("postgres") ? postgres(source) : sqlite(source) };
    });
  },
};

const renamed = (source: string, from: string, to: string): string => {
  if (!source.includes(from)) throw new Error(`the tables are declared in another way now: there is no "${from}"`);
  return source.replace(from, to);
};

const RELEASE = 'process.env["RELEASE"]';

const sqlite = (source: string): string => `${renamed(source, "export const MIGRATIONS", "const TODAY")}
const LATER = \`
ALTER TABLE antom_payments ADD COLUMN channel TEXT;
CREATE INDEX antom_payments_by_channel ON antom_payments (channel, created_at) WHERE channel IS NOT NULL;\`;
export const MIGRATIONS: readonly string[] = ${RELEASE} === "today" ? TODAY : [...TODAY, LATER];`;

const postgres = (source: string): string => `${renamed(source, "export const migrationsOf", "const todays")}
export const migrationsOf = (names: Names): readonly Migration[] => {
  const steps = todays(names);
  if (${RELEASE} === "today") return steps;
  const column = {
    oldest: steps.length,
    statements: [
      \`ALTER TABLE \${names.payments} ADD COLUMN channel text\`,
      \`CREATE INDEX payments_by_channel ON \${names.payments} (channel, created_at) WHERE channel IS NOT NULL\`,
    ],
  };
  if (${RELEASE} === "next") return [...steps, column];
  const end = { oldest: steps.length + 2, statements: [\`DROP INDEX \${names.schema}.payments_by_channel\`] };
  return [...steps, column, end];
};`;
