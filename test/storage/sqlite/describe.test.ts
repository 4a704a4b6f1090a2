import { expect } from "chai";
import Libsql from "libsql";
import { isSafeForSeveral } from "../../../lib/storage/sqlite/describe.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { type Folder, makeFolder } from "./folder.js";
import { codeOf } from "./rejection.js";

describe("what sqliteStorage says of itself", () => {
  let folder: Folder;

  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  it("is the version of its SQLite, and that it is durable", async () => {
    const storage = sqliteStorage(folder.path("payments.db"));
    await storage.start();
    const { kind, text, isDurable } = (await storage.describe?.()) ?? {};
    expect([kind, isDurable]).to.deep.equal(["sqlite", true]);
    expect(text).to.match(/^SQLite 3\.\d+\.\d+, each commit synced to the disk/);
    await storage.stop();
  });

  it("is what to see to where its SQLite can damage a file that several processes write", async () => {
    const storage = sqliteStorage(folder.path("payments.db"), { driver: Libsql });
    await storage.start();
    const description = await storage.describe?.();
    expect(description?.advice).to.match(/^SQLite 3\.45\.\d+ can damage a file that several processes write.*3\.51\.3/);
    await storage.stop();
  });

  it("knows the versions that can", () => {
    const safe = ["3.51.3", "3.51.4", "3.51.10", "3.52.0", "3.100.0", "4.0.0", "3.53"];
    const unsafe = ["3.51.2", "3.51", "3.50.9", "3.45.1", "3.9.99", "2.99.99"];
    expect(safe.filter(isSafeForSeveral)).to.deep.equal(safe);
    expect(unsafe.filter(isSafeForSeveral)).to.deep.equal([]);
  });

  it("is nothing before it is started", async () => {
    const storage = sqliteStorage(folder.path("payments.db"));
    expect(await codeOf(storage.describe?.() ?? Promise.resolve())).to.equal("storage_unavailable");
  });
});
