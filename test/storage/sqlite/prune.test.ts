import { expect } from "chai";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { Connection } from "../../../lib/storage/sqlite/connection.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { Pruner } from "../../../lib/storage/sqlite/prune.js";
import { integer } from "../../../lib/storage/sqlite/row.js";
import { captured, failed, left, LONG_AGO, moved, openDelivered } from "../../../lib/storage/conformance/resting.js";
import { deliver, inquire, NOW, openNew } from "../../../lib/storage/conformance/samples.js";
import type { PruneRequest, Storage } from "../../../lib/storage/storage.js";
import { type Folder, makeFolder } from "./folder.js";
import { watch, type Watched } from "./watched.js";

const EVERYTHING: PruneRequest = { unpaidBefore: NOW, paidBefore: NOW, limit: 1000 };

describe("prune of sqliteStorage", () => {
  let folder: Folder;
  let path: string;
  let watched: Watched;
  let storage: Storage;

  beforeEach(async () => {
    folder = makeFolder();
    path = folder.path("payments.db");
    watched = watch();
    storage = sqliteStorage(path, { driver: watched.driver });
    await storage.start();
  });

  afterEach(async () => {
    await storage.stop();
    folder.remove();
  });

  const open = (ids: string, many: number): Promise<unknown> =>
    Promise.all(Array.from({ length: many }, (_, nth) => openNew(storage, failed(`${ids}${nth}`))));

  /** The number that a query answers with. */
  const ask = (sql: string, name: string): number => {
    const reader = new Connection(resolveDriver(undefined), path);
    const answer = integer(reader.get(sql), name);
    reader.close();
    return answer;
  };

  it("removes few in one transaction, however many it may, so that the event loop goes on", async () => {
    await open("p", 200);
    watched.executed.length = 0;
    const removed = await storage.prune(EVERYTHING);
    expect(removed).to.be.within(10, 50);
    expect(watched.executed).to.deep.equal(["BEGIN IMMEDIATE", "COMMIT"]);
    expect(await left(storage)).to.have.lengthOf(200 - removed);
  });

  it("leaves no row of a payment behind", async () => {
    await openDelivered(storage, failed("a"));
    await openDelivered(storage, captured("b"));
    expect(await storage.prune(EVERYTHING)).to.equal(2);
    for (const table of ["payments", "journal", "tasks"]) {
      expect(ask(`SELECT count(*) AS n FROM antom_${table}`, "n"), table).to.equal(0);
    }
  });

  it("takes no lock where there is nothing to remove", async () => {
    await openNew(storage, failed("a"), [inquire(failed("a"))]);
    watched.executed.length = 0;
    expect(await storage.prune(EVERYTHING)).to.equal(0);
    expect(watched.executed).to.deep.equal([]);
  });

  it("does not look at those that have to stay anew in each batch", async () => {
    const dead = (nth: number) => failed(`dead${nth}`, { updatedAt: LONG_AGO - 1, expiresAt: LONG_AGO - 1 });
    await Promise.all(Array.from({ length: 1000 }, (_, nth) => openNew(storage, dead(nth), [deliver(dead(nth), 1)])));
    await open("p", 300);
    const connection = new Connection(resolveDriver(undefined), path);
    let looks = 0;
    const pruner = new Pruner({
      read: (work) => {
        looks++;
        return Promise.resolve(work(connection));
      },
      write: (step) => {
        connection.exec("BEGIN IMMEDIATE");
        const answer = step(connection);
        connection.exec("COMMIT");
        return Promise.resolve(answer);
      },
    });
    let batches = 0;
    for (let removed = -1; removed !== 0; batches++) removed = await pruner.prune(EVERYTHING);
    connection.close();
    expect(batches).to.be.within(7, 32);
    // They are passed once on the way, and once more before it says that none is left.
    expect(looks).to.be.at.most(batches + 2 * 6);
    expect(await left(storage)).to.have.lengthOf(1000);
  });

  it("goes by the payment where an earlier express-antom has changed it and not the columns", async () => {
    const stored = await openNew(storage, captured("a"));
    const other = new (resolveDriver(undefined))(path);
    const asked = { ...stored, operations: [moved("capture"), moved("refund", { status: "pending" })] };
    other.prepare("UPDATE antom_payments SET data = ? WHERE id = 'a'").run(JSON.stringify(asked));
    other.close();
    await open("p", 3);
    expect(await storage.prune({ ...EVERYTHING, limit: 1 })).to.equal(1);
    expect(await storage.prune(EVERYTHING)).to.equal(2);
    expect(await storage.prune(EVERYTHING)).to.equal(0);
    expect(await left(storage)).to.deep.equal(["a"]);
  });

  it("gives room that is used again", async () => {
    const size = (): number => ask("PRAGMA page_count", "page_count");
    await open("p", 300);
    const before = size();
    while ((await storage.prune(EVERYTHING)) > 0);
    await open("q", 290);
    expect(size()).to.equal(before);
  });
});
