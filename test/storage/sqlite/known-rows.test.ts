import { expect } from "chai";
import { failed, pruneAll } from "../../../lib/storage/conformance/resting.js";
import { change, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { Connection } from "../../../lib/storage/sqlite/connection.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import type { Payment } from "../../../lib/payment/payment.js";
import { type Folder, makeFolder } from "./folder.js";
import { watch } from "./watched.js";

/** A file with a payment in it, which the process that opened it has left. */
const fileWith = async (folder: Folder, payment: Payment): Promise<string> => {
  const path = folder.path("payments.db");
  const storage = sqliteStorage(path);
  await storage.start();
  await openNew(storage, payment);
  await storage.stop();
  return path;
};

describe("what sqliteStorage knows of a row that it has read", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  it("is what an earlier rule has written there, so that the next commit writes what today's says", async () => {
    const path = await fileWith(folder, samplePayment("a"));
    const before = new Connection(resolveDriver(undefined), path);
    before.run("UPDATE antom_payments SET attention_unknown = 1, attention_expiring = 1, rests_since = 5, paid = 1");
    before.close();
    const storage = sqliteStorage(path);
    await storage.start();
    expect((await storage.list({ attention: "unknown", limit: 5 })).items).to.have.lengthOf(1);
    await storage.commit(change((await storage.get("a"))!));
    for (const attention of ["unknown", "expiring"] as const) {
      expect((await storage.list({ attention, limit: 5 })).items).to.deep.equal([]);
    }
    await storage.stop();
    const after = new Connection(resolveDriver(undefined), path);
    expect(after.get("SELECT rests_since, paid FROM antom_payments")).to.include({ rests_since: null, paid: 0 });
    after.close();
  });

  it("is where an earlier rule has left out what today's says, too", async () => {
    const path = await fileWith(folder, failed("a"));
    const before = new Connection(resolveDriver(undefined), path);
    before.run("UPDATE antom_payments SET rests_since = NULL");
    before.close();
    const storage = sqliteStorage(path);
    await storage.start();
    expect(await pruneAll(storage)).to.equal(0);
    await storage.commit(change((await storage.get("a"))!));
    expect(await pruneAll(storage)).to.equal(1);
    await storage.stop();
  });

  it("spares a commit all columns that stay as they are", async () => {
    const money = { authorizedAmount: "9007199254740993", capturedAmount: "9999999999999999" };
    const payment = failed("a", { ...money, paymentId: "2026", conflicts: [{ code: "reversed", at: 0 }] });
    const path = await fileWith(folder, payment);
    const watched = watch();
    const storage = sqliteStorage(path, { driver: watched.driver });
    await storage.start();
    await storage.commit(change((await storage.get("a"))!));
    await storage.stop();
    const updates = [...watched.prepared].filter((sql) => sql.includes("UPDATE OR IGNORE antom_payments"));
    expect(updates.map((sql) => /SET (.*) = \?\s/.exec(sql)?.[1])).to.deep.equal(["version = ?, data"]);
  });
});
