import { expect } from "chai";
import Module from "node:module";
import { AntomError } from "../../../lib/errors.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { makeFolder } from "./folder.js";
import { watch } from "./watched.js";

/** Runs the action in a Node without SQLite, where only these packages can be required. */
const withPackages = <T>(packages: Readonly<Record<string, () => unknown>>, action: () => T): T => {
  const own = Object.getOwnPropertyDescriptor(process, "getBuiltinModule");
  const load: unknown = Reflect.get(Module, "_load");
  Object.defineProperty(process, "getBuiltinModule", { configurable: true, value: () => undefined });
  Reflect.set(Module, "_load", (name: string) => {
    const give = packages[name];
    if (give !== undefined) return give();
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });
  });
  try {
    return action();
  } finally {
    Reflect.set(Module, "_load", load);
    if (own !== undefined) Object.defineProperty(process, "getBuiltinModule", own);
  }
};

const problemOf = (action: () => unknown): AntomError => {
  try {
    action();
  } catch (error) {
    if (error instanceof AntomError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("the driver of sqliteStorage", () => {
  it("is Node's own where Node has one, else an installed package", () => {
    const ofNode = process.getBuiltinModule("node:sqlite") as unknown;
    const driver: unknown = resolveDriver(undefined);
    if (typeof ofNode === "object" && ofNode !== null && "DatabaseSync" in ofNode) {
      expect(driver).to.equal(ofNode.DatabaseSync);
    } else {
      expect(driver).to.have.property("name", "Database");
    }
  });

  it("is the one the shop gives, before any other", async () => {
    const folder = makeFolder();
    const watched = watch();
    const storage = sqliteStorage(folder.path("payments.db"), { driver: watched.driver });
    await storage.start();
    await openNew(storage, samplePayment("a"));
    expect(watched.connections).to.have.lengthOf(1);
    await storage.stop();
    folder.remove();
  });

  it("is libsql before better-sqlite3, where both are installed", () => {
    const libsql = watch().driver;
    const better = watch().driver;
    const packages = { libsql: () => libsql, "better-sqlite3": () => better };
    expect(withPackages(packages, () => resolveDriver(undefined))).to.equal(libsql);
    expect(withPackages({ "better-sqlite3": () => better }, () => resolveDriver(undefined))).to.equal(better);
  });

  it("is better-sqlite3 where libsql is installed but does not load", () => {
    const better = watch().driver;
    const packages = {
      libsql: () => {
        throw new Error("wrong ELF class");
      },
      "better-sqlite3": () => better,
    };
    expect(withPackages(packages, () => resolveDriver(undefined))).to.equal(better);
  });

  it("is asked for, with what to install, where there is none", () => {
    const error = problemOf(() => withPackages({}, () => resolveDriver(undefined)));
    expect(error.code).to.equal("configuration_invalid");
    expect(error.message).to.match(/npm install libsql/);
    expect(error.problems).to.have.nested.property("[0].at", "driver");
  });

  it("is reported with its own words when it is installed and does not load", () => {
    const packages = {
      libsql: () => {
        throw new Error("wrong ELF class");
      },
    };
    expect(problemOf(() => withPackages(packages, () => resolveDriver(undefined))).message).to.match(
      /libsql does not load: wrong ELF class/,
    );
  });

  it("is refused when it opens no SQLite files", () => {
    for (const wrong of [{}, "libsql", () => undefined, Map]) {
      expect(problemOf(() => resolveDriver(wrong)).code).to.equal("configuration_invalid");
    }
  });
});
