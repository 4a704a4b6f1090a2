import { DatabaseSync } from "@photostructure/sqlite";
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
      expect(driver).to.equal(DatabaseSync);
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

  it("is the installed one with the newest SQLite, where there are several", () => {
    const [better, photo, libsql] = [watch().driver, watch().driver, watch().driver];
    const last = { libsql: () => libsql };
    const two = { "@photostructure/sqlite": () => ({ DatabaseSync: photo }), ...last };
    expect(withPackages({ "better-sqlite3": () => better, ...two }, () => resolveDriver(undefined))).to.equal(better);
    expect(withPackages(two, () => resolveDriver(undefined))).to.equal(photo);
    expect(withPackages(last, () => resolveDriver(undefined))).to.equal(libsql);
  });

  it("is another one where one is installed but does not load", () => {
    const libsql = watch().driver;
    const packages = {
      "better-sqlite3": () => {
        throw new Error("wrong ELF class");
      },
      libsql: () => libsql,
    };
    expect(withPackages(packages, () => resolveDriver(undefined))).to.equal(libsql);
  });

  it("is asked for, with what to install, where there is none", () => {
    const error = problemOf(() => withPackages({}, () => resolveDriver(undefined)));
    expect(error.code).to.equal("configuration_invalid");
    expect(error.message).to.match(/npm install better-sqlite3@12/);
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
