import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");

/** What package.json lets a shop import: the sources of its entry points. */
const entryPoints = (): string[] => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { exports: object };
  return Object.keys(exports)
    .filter((name) => !name.endsWith(".json"))
    .map((name) => join(ROOT, "lib", name === "." ? "index.ts" : `${name}.ts`));
};

describe("what the package exports", function () {
  this.timeout(60_000);

  it("says what it is, each type and each function", () => {
    const file = join(ROOT, "tsconfig.json");
    const config: unknown = ts.readConfigFile(file, (path) => readFileSync(path, "utf8")).config;
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    const program = ts.createProgram(entryPoints(), options);
    const checker = program.getTypeChecker();
    const silent = entryPoints().flatMap((entry) => {
      const source = program.getSourceFile(entry);
      const module = source && checker.getSymbolAtLocation(source);
      expect(module, entry).to.not.equal(undefined);
      return (module === undefined ? [] : checker.getExportsOfModule(module))
        .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
        .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
        .map((symbol) => `${relative(ROOT, entry)}: ${symbol.name}`);
    });
    expect(silent).to.deep.equal([]);
  });
});
