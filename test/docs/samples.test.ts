import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import ts from "typescript";
import manifest from "../../package.json";
import { resolveDriver } from "../../lib/storage/sqlite/driver.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { sampleCard } from "../../lib/storage/conformance/cards.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import { sharedPostgres } from "../support/postgres.js";
import { PAGES, ROOT, type Sample } from "./pages.js";
import { excerptOf, sampleFiles } from "./sample-files.js";

const SETTINGS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node", "mocha"],
  strict: true,
  allowJs: true,
  checkJs: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
  paths: { "express-antom": [path.join(ROOT, "lib/index.ts")], "express-antom/*": [path.join(ROOT, "lib/*.ts")] },
};

/** Packages that a shop may have and that are not installed here. */
const ABSENT = `declare module "better-sqlite3" {
  import type { SqliteDriver } from "express-antom/storage/sqlite";
  const Database: SqliteDriver;
  export default Database;
}`;

/** What the compiler says of the samples, each complaint with its place on its page. One program for all of them. */
function complaints(): string[] {
  const files = new Map(
    sampleFiles("./shop.js").map((file) => [path.posix.join(ROOT.replaceAll("\\", "/"), "test/docs", file.name), file]),
  );
  const absent = path.posix.join(ROOT.replaceAll("\\", "/"), "test/docs/absent.d.ts");
  const texts = new Map([[absent, ABSENT], ...[...files].map(([name, { text }]) => [name, text] as const)]);
  const host = ts.createCompilerHost(SETTINGS);
  const ofDisk = { fileExists: host.fileExists.bind(host), readFile: host.readFile.bind(host) };
  host.fileExists = (name) => texts.has(name) || ofDisk.fileExists(name);
  host.readFile = (name) => texts.get(name) ?? ofDisk.readFile(name);
  host.getCurrentDirectory = () => ROOT;
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, settings, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? getSourceFile(name, settings, ...rest)
      : ts.createSourceFile(name, text, settings, true);
  };
  const program = ts.createProgram([...texts.keys()], SETTINGS, host);
  return [...files].flatMap(([name, { sample }]) => {
    const source = program.getSourceFile(name);
    if (source === undefined) return [`${sample.page}:${sample.line} was not compiled`];
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start = 0, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      return `${sample.page}:${sample.line + line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  });
}

const samplesOf = (language: string) =>
  PAGES.flatMap(({ samples }) => samples).filter((sample) => sample.language === language);

/** Whether a statement is for PostgreSQL, where the tables are in a schema. */
const isForPostgres = ({ code }: Sample): boolean => /\bantom\./.test(code);

describe("the samples of the pages", () => {
  it("are of a kind that is looked at here, or for people only", () => {
    const kinds = new Set(PAGES.flatMap(({ samples }) => samples.map(({ language }) => language)));
    expect(["ts", "js", "json", "sh", "sql", "html", "text", "mermaid"]).to.include.members([...kinds]);
  });

  it("compile against the sources", function () {
    this.timeout(60_000);
    expect(samplesOf("ts").length).to.be.greaterThan(20);
    expect(complaints()).to.deep.equal([]);
  });

  it("stand in the file that their first line names, if it names one", () => {
    // However it is wrapped there.
    const plain = (code: string): string => code.replace(/\s+/g, "").replace(/,(?=[)\]}]|$)/g, "");
    const excerpts = samplesOf("ts").flatMap((sample) => {
      const file = excerptOf(sample);
      return file === undefined ? [] : [{ file, sample }];
    });
    expect(excerpts.length).to.be.greaterThan(4);
    const strange = excerpts.filter(({ file, sample }) => {
      const [, ...lines] = sample.code.split("\n");
      return !plain(readFileSync(path.join(ROOT, file), "utf8")).includes(plain(lines.join("\n")));
    });
    expect(strange.map(({ sample: { page, line } }) => `${page}:${line}`)).to.deep.equal([]);
  });

  it("are JSON where they say so", () => {
    expect(samplesOf("json")).to.not.be.empty;
    for (const { page, line, code } of samplesOf("json")) {
      expect(() => JSON.parse(code) as unknown, `${page}:${line}`).to.not.throw();
    }
  });

  it("run commands that are there", () => {
    const known = Object.keys(manifest.scripts);
    const strange = samplesOf("sh").flatMap(({ page, line, code }) =>
      code
        .replace(/'[^']*'/g, "'...'")
        .split(/\n|&&|\|\|?|;/)
        .map((command) => command.trim().replace(/^(?:[A-Z_]+=\S+ )+/, ""))
        .filter((command) => command !== "" && !command.startsWith("#"))
        .filter((command) => {
          const [program = "", first = "", second = ""] = command.split(/\s+/);
          if (program === "npm" && first === "run") return !known.includes(second);
          if (program === "npm")
            return (
              !["ci", "install", "test", "start"].includes(first) || (first === "start" && !known.includes("start"))
            );
          if (program === "npx" && first in manifest.bin) return false;
          if (program === "npx") return !ts.sys.fileExists(path.join(ROOT, "node_modules/.bin", first));
          return !["node", "curl", "git", "cd"].includes(program);
        })
        .map((command) => `${page}:${line} ${command}`),
    );
    expect(samplesOf("sh")).to.not.be.empty;
    expect(strange).to.deep.equal([]);
  });

  it("ask PostgreSQL for what is in its tables", async function () {
    this.timeout(60_000);
    const database = await (await sharedPostgres()).database();
    const pool = database.pool();
    const storage = postgresStorage(pool);
    await storage.start();
    await storage.cards.put(sampleCard("a", { sealedToken: "v1.01234567.sealed" }));
    const statements = samplesOf("sql").filter(isForPostgres);
    expect(statements).to.have.lengthOf(1);
    const { rows } = await pool.query<Record<string, unknown>>(statements[0]?.code ?? "");
    expect(rows).to.deep.equal([{ key: "01234567", cards: "1" }]);
    await storage.stop();
    await database.drop();
  });

  it("ask the file of payments for what is in it", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "express-antom-sql-"));
    const file = path.join(folder, "payments.db");
    const storage = sqliteStorage(file);
    try {
      await storage.start();
      const connection = new (resolveDriver(undefined))(file);
      for (const { code } of samplesOf("sql").filter((sample) => !isForPostgres(sample)))
        expect(connection.prepare(code).all()).to.deep.equal([]);
      connection.close();
    } finally {
      await storage.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("mark pay forms with what the script looks for", async () => {
    const { CHECKOUT_SCRIPT } = await import("../../lib/pages/checkout-script.js");
    const named = samplesOf("html").flatMap(({ code }) =>
      [...code.matchAll(/data-antom-[a-z]+/g)].map(([name]) => name),
    );
    expect(named).to.not.be.empty;
    for (const name of named) expect(CHECKOUT_SCRIPT).to.include(name);
  });
});
