import { expect } from "chai";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { Connection } from "../../../lib/storage/sqlite/connection.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { migrateStep } from "../../../lib/storage/sqlite/migrate.js";
import { openStep } from "../../../lib/storage/sqlite/payments.js";
import { MIGRATIONS } from "../../../lib/storage/sqlite/schema.js";
import { sampleCard } from "../contract/cards.js";
import { claimOne, inquire, opening, openNew, samplePayment } from "../contract/samples.js";
import { type Folder, makeFolder } from "./folder.js";
import { codeOf } from "./rejection.js";
import { sqliteError, watch } from "./watched.js";

describe("the tables of sqliteStorage", () => {
  let folder: Folder;
  let path: string;

  beforeEach(() => {
    folder = makeFolder();
    path = folder.path("payments.db");
  });

  afterEach(() => {
    folder.remove();
  });

  it("are made once when another process makes them between the look and the lock", async () => {
    const watched = watch();
    let others = 0;
    watched.before = (sql, run) => {
      if (sql === "BEGIN IMMEDIATE" && others++ === 0) {
        const other = new Connection(resolveDriver(undefined), path);
        while (migrateStep(other));
        other.close();
      }
      run(sql);
    };
    const storage = sqliteStorage(path, { driver: watched.driver });
    await storage.start();
    expect(others).to.equal(1);
    await openNew(storage, samplePayment("a"));
    await storage.stop();
  });

  it("are made whole or not at all, and by the next start if this one fails", async () => {
    const watched = watch();
    watched.before = (sql, run) => {
      if (sql === "COMMIT") throw sqliteError("SQLITE_IOERR");
      run(sql);
    };
    expect(await codeOf(sqliteStorage(path, { driver: watched.driver }).start())).to.equal("storage_unavailable");
    const reader = new (resolveDriver(undefined))(path);
    expect(reader.prepare("SELECT count(*) AS n FROM sqlite_schema").get()).to.include({ n: 0 });
    reader.close();
    const storage = sqliteStorage(path);
    await storage.start();
    await openNew(storage, samplePayment("a"));
    await storage.stop();
  });

  it("are brought up to date in a file of the version before there were cards, with all that is in it", async () => {
    const payment = samplePayment("a");
    const old = new Connection(resolveDriver(undefined), path);
    old.exec(
      "CREATE TABLE antom_migrations (version INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT",
    );
    old.exec(MIGRATIONS[0]!);
    old.run("INSERT INTO antom_migrations (version) VALUES (1)");
    openStep(opening(payment, [inquire(payment)]))(old);
    old.close();
    const storage = sqliteStorage(path);
    await storage.start();
    expect(await storage.get("a")).to.deep.equal(payment);
    expect(await claimOne(storage)).to.have.nested.property("task.id", "inquire:a");
    expect(await storage.cards.put(sampleCard("a"))).to.equal(true);
    await storage.stop();
  });

  it("are not touched by a start that finds them as they should be", async () => {
    const first = sqliteStorage(path);
    await first.start();
    await first.stop();
    const watched = watch();
    const second = sqliteStorage(path, { driver: watched.driver });
    await second.start();
    expect(watched.executed.filter((sql) => sql.startsWith("BEGIN"))).to.deep.equal([]);
    await second.stop();
  });
});
