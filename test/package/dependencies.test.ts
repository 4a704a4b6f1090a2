import { expect } from "chai";
import manifest from "../../package.json";
import { resolvedFrom, type Lock } from "./lock.js";
import lockFile from "../../package-lock.json";
import { readSource } from "./sources.js";

const lock: Lock = lockFile;

/** The lowest version of each line that has no published hole; a line that is not listed is not accepted. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  ajv: ["8.18.0"],
  "body-parser": ["1.20.6", "2.3.0"],
  cookie: ["0.7.0"],
  express: ["4.22.3", "5.2.1"],
  "path-to-regexp": ["0.1.12", "8.4.0"],
  "proxy-addr": ["2.0.8"],
  qs: ["6.15.2"],
};

const numbers = (version: string): [number, number, number] => {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return [major, minor, patch];
};

const isAtLeast = (version: string, floors: readonly string[]): boolean => {
  const [major, minor, patch] = numbers(version);
  return floors.map(numbers).some((floor) => major === floor[0] && (minor - floor[1] || patch - floor[2]) >= 0);
};

describe("the dependencies", () => {
  it("are three, and Express is the shop's own", () => {
    expect(Object.keys(manifest.dependencies)).to.have.members(["ajv", "helmet", "pino"]);
    expect(Object.entries(manifest.peerDependenciesMeta).filter(([, { optional }]) => !optional)).to.deep.equal([]);
    const required = Object.keys(manifest.peerDependencies).filter((name) => !(name in manifest.peerDependenciesMeta));
    expect(required).to.deep.equal(["express"]);
  });

  it("run no script when the package is installed", () => {
    const scripts = Object.keys(manifest.scripts);
    expect(scripts.filter((name) => /^(?:(?:pre|post)?install|prepare)$/.test(name))).to.deep.equal([]);
    const withScripts = resolvedFrom(lock, ["ajv", "helmet", "pino", "express"]).filter(
      ({ hasInstallScript }) => hasInstallScript,
    );
    expect(withScripts).to.deep.equal([]);
  });

  it("are locked by their content, not by the address of a registry", () => {
    expect(readSource("package-lock.json")).to.not.include('"resolved"');
    const unsigned = Object.entries(lock.packages).filter(([path, { integrity }]) => path !== "" && !integrity);
    expect(unsigned.map(([path]) => path)).to.deep.equal([]);
  });

  for (const [name, floors] of Object.entries(FLOORS)) {
    it(`have no ${name} with a known hole`, () => {
      const versions = resolvedFrom(lock, ["ajv", "helmet", "pino", "express", "express4"])
        .filter((installed) => installed.name === name)
        .map(({ version }) => version);
      expect(versions).to.not.be.empty;
      expect(versions.filter((version) => !isAtLeast(version, floors))).to.deep.equal([]);
    });
  }

  it("would be refused below a floor, or on a line without one", () => {
    expect(isAtLeast("1.20.5", ["1.20.6", "2.3.0"])).to.equal(false);
    expect(isAtLeast("2.2.9", ["1.20.6", "2.3.0"])).to.equal(false);
    expect(isAtLeast("3.0.0", ["1.20.6", "2.3.0"])).to.equal(false);
    expect(isAtLeast("2.10.0", ["1.20.6", "2.3.0"])).to.equal(true);
  });
});
