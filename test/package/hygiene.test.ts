import { expect } from "chai";
import ts from "typescript";
import manifest from "../../package.json";
import { linesWith, readSource, SOURCES } from "./sources.js";
import { duplicateTitles } from "./titles.js";

/** Written to be read by people, some of it in Chinese or Korean. */
const PROSE = /^(?:lib\/pages\/texts\/|docs\/|[A-Z]+(?:\.[A-Za-z-]+)?\.md$)/;

/** Tests and the demo quote texts, signs and names from many places; letters that pass for Latin ones are in none of them. */
const QUOTES = /^(?:test|demo)\//;
const QUOTED = /[^\x20-\x7e\p{Script=Han}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Latin}\p{N}\p{S}\p{P}]/u;

const isCode = (name: string): boolean => /\.[cm]?[jt]s$/.test(name);
const inLib = SOURCES.filter((name) => name.startsWith("lib/"));
const tests = SOURCES.filter((name) => /\.(?:test|packed)\.ts$/.test(name));

describe("every source file", () => {
  it("is looked at here", () => {
    expect(SOURCES).to.include.members([
      ".ci/run",
      "LICENSE",
      ".npmrc",
      "lib/errors.ts",
      "test/package/hygiene.test.ts",
    ]);
    expect(SOURCES.filter((name) => /(?:^|\/)(?:node_modules|dist)\//.test(name))).to.deep.equal([]);
  });

  it("is printable ASCII, unless it is or quotes a text for people", () => {
    const code = SOURCES.filter((name) => !PROSE.test(name));
    const strange = code.flatMap((name) => linesWith(QUOTES.test(name) ? QUOTED : /[^\x20-\x7e]/, name));
    expect(strange).to.deep.equal([]);
  });

  it("has no character that is invisible or turns the writing direction", () => {
    const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0]/u;
    expect(SOURCES.flatMap((name) => linesWith(invisible, name))).to.deep.equal([]);
  });

  it("ends in a newline and has no trailing blanks", () => {
    expect(SOURCES.filter((name) => !/[^\n]\n$/.test(readSource(name)))).to.deep.equal([]);
    expect(SOURCES.flatMap((name) => linesWith(/[ \t]$/, name))).to.deep.equal([]);
  });

  it("names no folder of somebody's machine", () => {
    // Tests of where things are looked for have a person called "me".
    const home = /(?:^|[\s"'`(=:])(?:\/root\/|\/work\/|\/(?:home|Users)\/(?!me\b)\w|[A-Z]:\\Users\\(?!me\b))/;
    expect(SOURCES.flatMap((name) => linesWith(home, name))).to.deep.equal([]);
  });

  it("has at most 300 lines, if the package is made of it", () => {
    expect(inLib.filter((name) => readSource(name).split("\n").length > 301)).to.deep.equal([]);
  });
});

describe("every test file", () => {
  it("runs all its tests", () => {
    const only = /\b(?:describe|context|it|specify|suite|test)\.only\(/;
    expect(
      SOURCES.filter((name) => /^test\/.*\.ts$/.test(name)).flatMap((name) => linesWith(only, name)),
    ).to.deep.equal([]);
  });

  it("has no two tests of the same title", () => {
    expect(tests.flatMap((name) => duplicateTitles(name, readSource(name)))).to.deep.equal([]);
  });
});

describe("the check for titles", () => {
  it("finds a title that is used twice in one place, and lets it be in two", () => {
    const twice = 'describe("a", () => { it("is", () => {}); it.skip("is", () => {}); });';
    expect(duplicateTitles("x.ts", twice)).to.deep.equal(["x.ts: a is"]);
    const apart = 'describe("a", () => { it("is", () => {}); }); describe("b", () => { it("is", () => {}); });';
    expect(duplicateTitles("x.ts", apart)).to.deep.equal([]);
  });
});

describe("what is imported", () => {
  const { dependencies, peerDependencies, devDependencies } = manifest;
  const shipped = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  const installed = [...shipped, ...Object.keys(devDependencies)];

  /** The packages that a file of code imports or requires, by name. */
  const packagesOf = (name: string): string[] =>
    ts
      .preProcessFile(readSource(name), true, true)
      .importedFiles.filter(({ fileName }) => !/^(?:\.|node:)/.test(fileName))
      .map(({ fileName }) => /^(?:@[^/]+\/)?[^/]+/.exec(fileName)?.[0] ?? fileName);
  const undeclared = (files: readonly string[], declared: readonly string[]): string[] =>
    files
      .filter(isCode)
      .flatMap((name) => packagesOf(name).flatMap((used) => (declared.includes(used) ? [] : [`${name}: ${used}`])));

  it("by the package's own code, comes with the package or is the shop's", () => {
    expect(inLib.flatMap(packagesOf)).to.include.members(["express", "ajv", "pino", "helmet"]);
    expect(undeclared(inLib, shipped)).to.deep.equal([]);
  });

  it("by the tests, the demo and the scripts, is installed with the checkout", () => {
    const others = SOURCES.filter((name) => /^(?:test|demo|bench|scripts)\//.test(name));
    const outside = others.filter((name) => !name.startsWith("test/consumers/"));
    expect(undeclared(outside, installed)).to.deep.equal([]);
  });
});
