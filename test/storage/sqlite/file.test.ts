import { expect } from "chai";
import Libsql from "libsql";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { AntomError } from "../../../lib/errors.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { MIGRATIONS } from "../../../lib/storage/sqlite/schema.js";
import { opening, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { type Folder, makeFolder } from "./folder.js";
import { codeOf, rejection } from "./rejection.js";
import { sqliteError, watch } from "./watched.js";

describe("the file of sqliteStorage", () => {
  let folder: Folder;
  let path: string;

  beforeEach(() => {
    folder = makeFolder();
    path = folder.path("payments.db");
  });

  afterEach(() => {
    folder.remove();
  });

  const closed = async (): Promise<void> => {
    const storage = sqliteStorage(path);
    await storage.start();
    await openNew(storage, samplePayment("a"));
    await storage.stop();
  };

  it("is written through to the disk on every connection", async () => {
    const watched = watch();
    const storage = sqliteStorage(path, { driver: watched.driver });
    await storage.start();
    await openNew(storage, samplePayment("a"));
    watched.before = (sql, run) => {
      if (sql === "COMMIT") throw sqliteError("SQLITE_IOERR");
      run(sql);
    };
    await storage.open(opening(samplePayment("b"))).catch(() => undefined);
    await storage.get("a");
    const settings = watched.connections
      .slice(-1)
      .map((connection) => [
        connection.prepare("PRAGMA journal_mode").get(),
        connection.prepare("PRAGMA synchronous").get(),
        connection.prepare("PRAGMA busy_timeout").get(),
      ]);
    expect(watched.connections).to.have.lengthOf(2);
    expect(watched.executed.filter((sql) => sql.includes("synchronous = FULL"))).to.have.lengthOf(2);
    expect(settings).to.have.nested.property("[0][0].journal_mode", "wal");
    expect(settings).to.have.nested.property("[0][1].synchronous", 2);
    expect(settings).to.have.nested.property("[0][2].timeout", 0);
    await storage.stop();
  });

  it("is refused where SQLite does not write it through", async () => {
    const watched = watch();
    watched.before = (sql, run) => {
      run(sql.replace("synchronous = FULL", "synchronous = NORMAL"));
    };
    const error = await rejection(sqliteStorage(path, { driver: watched.driver }).start());
    expect(error.code).to.equal("storage_not_durable");
    expect(error.message).to.match(/power cut.*synchronous 1/);
  });

  it("is only for the user the shop runs as, and so are its companions", async function () {
    if (process.platform === "win32") this.skip();
    const storage = sqliteStorage(path);
    await storage.start();
    await openNew(storage, samplePayment("a"));
    for (const suffix of ["", "-wal", "-shm"]) {
      expect((statSync(path + suffix).mode & 0o777).toString(8), suffix).to.equal("600");
    }
    await storage.stop();
  });

  it("keeps the permissions the shop gave it", async function () {
    if (process.platform === "win32") this.skip();
    writeFileSync(path, "");
    chmodSync(path, 0o640);
    await closed();
    expect((statSync(path).mode & 0o777).toString(8)).to.equal("640");
  });

  it("is there again after a restart, with all that was stored", async () => {
    await closed();
    const storage = sqliteStorage(path);
    await Promise.all([storage.start(), storage.start()]);
    await storage.start();
    expect(await storage.get("a")).to.deep.equal(samplePayment("a"));
    await storage.stop();
  });

  it("may hold tables of the shop's own", async () => {
    const Driver = resolveDriver(undefined);
    const shop = new Driver(path);
    shop.exec("CREATE TABLE payments (id TEXT); INSERT INTO payments VALUES ('the shop''s')");
    await closed();
    expect(shop.prepare("SELECT id FROM payments").get()).to.include({ id: "the shop's" });
    shop.close();
  });

  it("is refused when it is not an SQLite file, and left as it is", async () => {
    const content = "orders, in a format of their own\n".repeat(500);
    writeFileSync(path, content);
    const error = await rejection(sqliteStorage(path).start());
    expect(error.code).to.equal("configuration_invalid");
    expect(error.message).to.match(/is not an SQLite file/);
    expect(readFileSync(path, "utf8")).to.equal(content);
  });

  it("is refused when it has been cut short", async () => {
    await closed();
    const cut = folder.path("cut.db");
    copyFileSync(path, cut);
    truncateSync(cut, statSync(cut).size - 8192);
    const error = await rejection(sqliteStorage(cut).start());
    expect(error.code).to.equal("storage_unavailable");
    expect(error.message).to.match(/damaged: restore it from a backup/);
  });

  it("is refused when a later version of the kit has written it, and not changed", async () => {
    await closed();
    const Driver = resolveDriver(undefined);
    const later = new Driver(path);
    later.exec("INSERT INTO antom_migrations (version) VALUES (99)");
    const error = await rejection(sqliteStorage(path).start());
    expect(error.code).to.equal("configuration_invalid");
    expect(error.message).to.match(/version 99.*Update the package/);
    expect(later.prepare("SELECT count(*) AS n FROM antom_migrations").get()).to.include({ n: MIGRATIONS.length + 1 });
    later.close();
  });

  it("is refused when its folder is not there, or when it is a folder", async () => {
    const missing = await rejection(sqliteStorage(folder.path("no/such/payments.db")).start());
    expect(missing.code).to.equal("configuration_invalid");
    expect(missing.message).to.match(/cannot be created/);
    mkdirSync(path);
    expect(await codeOf(sqliteStorage(path).start())).to.equal("configuration_invalid");
  });

  it("can be started again once what was wrong is put right", async () => {
    const storage = sqliteStorage(folder.path("later/payments.db"));
    expect(await codeOf(storage.start())).to.equal("configuration_invalid");
    mkdirSync(folder.path("later"));
    await storage.start();
    await openNew(storage, samplePayment("a"));
    await storage.stop();
  });

  it("answers for nothing that is written to a log that was removed", async function () {
    if (process.platform === "win32") this.skip();
    const watched = watch();
    const storage = sqliteStorage(path, { driver: watched.driver });
    await storage.start();
    await openNew(storage, samplePayment("a"));
    watched.before = (sql, run) => {
      if (sql === "COMMIT") rmSync(`${path}-wal`);
      run(sql);
    };
    const error = await rejection(storage.open(opening(samplePayment("b"))));
    expect(error.code).to.equal("storage_unavailable");
    expect(error.message).to.include("payments.db-wal was removed or replaced");
    watched.before = (sql, run) => {
      run(sql);
    };
    await openNew(storage, samplePayment("c"));
    await storage.stop();
    const again = sqliteStorage(path);
    await again.start();
    expect(await again.get("a")).to.have.property("id", "a");
    expect(await again.get("c")).to.have.property("id", "c");
    await again.stop();
  });

  it("loses nothing it has answered for when a second SQLite library in its process removes the log", async function () {
    if (process.platform === "win32") this.skip();
    const storage = sqliteStorage(path);
    await storage.start();
    await openNew(storage, samplePayment("a"));
    const report = new Libsql(path);
    report.exec("SELECT count(*) FROM antom_payments");
    report.close();
    const answered = ["a"];
    let refused = 0;
    for (const id of ["b", "c", "d"]) {
      await storage.open(opening(samplePayment(id))).then(
        () => answered.push(id),
        () => refused++,
      );
    }
    expect(refused).to.equal(1);
    await storage.stop();
    const again = sqliteStorage(path);
    await again.start();
    for (const id of answered) expect(await again.get(id)).to.have.property("id", id);
    await again.stop();
  });

  it("is missed when it is moved or replaced while in use, and welcome when it is put back", async function () {
    if (process.platform === "win32") this.skip();
    const storage = sqliteStorage(path);
    await storage.start();
    await openNew(storage, samplePayment("a"));
    renameSync(path, folder.path("moved.db"));
    expect(await codeOf(storage.open(opening(samplePayment("b"))))).to.equal("storage_unavailable");
    expect(await codeOf(storage.get("a"))).to.equal("storage_unavailable");
    copyFileSync(folder.path("moved.db"), path);
    const error = await rejection(storage.open(opening(samplePayment("b"))));
    expect(error.message).to.match(/moved, removed or replaced/);
    renameSync(folder.path("moved.db"), path);
    expect((await storage.open(opening(samplePayment("b")))).isNew).to.equal(true);
    expect(await storage.get("a")).to.deep.equal(samplePayment("a"));
    await storage.stop();
  });

  it("has to be named by a plain path", () => {
    for (const wrong of ["", " ", ":memory:", "file:payments.db", "a\0b"]) {
      expect(() => sqliteStorage(wrong), wrong)
        .to.throw(AntomError)
        .with.property("code", "configuration_invalid");
    }
  });

  it("refuses a busy timeout that is none", () => {
    for (const busyTimeout of [-1, 1.5, NaN, Infinity, 1e9]) {
      expect(() => sqliteStorage(path, { busyTimeout }))
        .to.throw(AntomError)
        .with.property("code", "configuration_invalid");
    }
  });

  it("refuses ids that SQLite would mix up", async () => {
    const storage = sqliteStorage(path);
    await storage.start();
    for (const id of ["a\0b", "a\ud800"]) {
      expect(await codeOf(storage.open(opening(samplePayment(id))))).to.equal("request_invalid");
      expect(await codeOf(storage.open(opening(samplePayment("a", { orderId: id }))))).to.equal("request_invalid");
    }
    await storage.stop();
  });
});
