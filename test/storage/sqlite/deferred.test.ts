import { expect } from "chai";
import { failed, pruneAll } from "../../../lib/storage/conformance/resting.js";
import { openNew, recording } from "../../../lib/storage/conformance/samples.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { Connection } from "../../../lib/storage/sqlite/connection.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { integer } from "../../../lib/storage/sqlite/row.js";
import { type Apart, keepsDeferredApart } from "../deferred-apart.js";
import { makeFolder } from "./folder.js";

const open = async (): Promise<Apart & { readonly beside: Connection }> => {
  const folder = makeFolder();
  const path = folder.path("payments.db");
  const storage = sqliteStorage(path);
  await storage.start();
  const beside = new Connection(resolveDriver(undefined), path);
  beside.exec("PRAGMA foreign_keys = ON");
  return {
    storage,
    beside,
    async count(table) {
      await Promise.resolve();
      return integer(beside.get(`SELECT count(*) AS count FROM antom_${table}`), "count");
    },
    async older(task) {
      await Promise.resolve();
      beside.run(
        `INSERT INTO antom_tasks (id, payment, kind, state, due_at, ready_at, attempts, data)
        SELECT ?, number, 'record', 'waiting', ?, ?, 0, ? FROM antom_payments WHERE id = ?`,
        ...[task.id, task.dueAt, task.dueAt, JSON.stringify(task), task.payment],
      );
    },
    async close() {
      beside.close();
      await storage.stop();
      folder.remove();
    },
  };
};

describe("what sqliteStorage defers", () => {
  keepsDeferredApart(open);

  it("keeps its payment, whoever would remove it", async () => {
    const apart = await open();
    const { storage, beside } = apart;
    await openNew(storage, failed("a"));
    await storage.defer(recording({ id: "a" }));
    expect(await pruneAll(storage)).to.equal(0);
    beside.run("DELETE FROM antom_journal");
    expect(() => beside.run("DELETE FROM antom_payments")).to.throw(/constraint/i);
    expect(await apart.count("deferred")).to.equal(1);
    expect(await apart.count("tasks")).to.equal(0);
    await apart.close();
  });
});
