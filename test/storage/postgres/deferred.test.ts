import { expect } from "chai";
import type { Pool } from "pg";
import { failed, left, pruneAll } from "../../../lib/storage/conformance/resting.js";
import {
  change,
  claimAll,
  claimOne,
  inquire,
  NOW,
  openNew,
  recording,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import { type PostgresServer, sharedPostgres } from "../../support/postgres.js";
import { untilOneWaits } from "./until-one-waits.js";
import { watched } from "./watched.js";
import { type Apart, keepsDeferredApart } from "../deferred-apart.js";

describe("what postgresStorage defers", () => {
  let server: PostgresServer;

  before(async function () {
    this.timeout(30_000);
    server = await sharedPostgres();
  });

  const open = async (): Promise<Apart & { readonly pool: Pool }> => {
    const database = await server.database();
    const pool = database.pool();
    const storage = postgresStorage(pool);
    await storage.start();
    return {
      storage,
      pool,
      async count(table) {
        const { rows } = await pool.query<{ count: string }>(`SELECT count(*) AS count FROM antom.${table}`);
        return Number(rows[0]?.count);
      },
      async older(task) {
        await pool.query(
          `INSERT INTO antom.tasks (id, payment, kind, state, due_at, ready_at, attempts, data)
          SELECT $1, number, 'record', 'waiting', $2, $2, 0, $3 FROM antom.payments WHERE id = $4`,
          [task.id, task.dueAt, JSON.stringify(task), task.payment],
        );
      },
      async close() {
        await storage.stop();
        await database.drop();
      },
    };
  };

  keepsDeferredApart(open);

  it("is among the tasks at once where the payment is at rest, and keeps the payment", async () => {
    const apart = await open();
    const { storage } = apart;
    await openNew(storage, failed("a"));
    expect(await storage.defer(recording({ id: "a" }))).to.equal(true);
    expect(await apart.count("deferred")).to.equal(0);
    expect(await pruneAll(storage)).to.equal(0);
    await apart.close();
  });

  it("keeps a payment that comes to rest meanwhile, and is there once", async () => {
    const apart = await open();
    const { storage } = apart;
    const payment = await openNew(storage, { ...failed("a"), status: "processing", evidence: {} });
    expect(await storage.defer(recording(payment))).to.equal(true);
    const { status, evidence } = failed("a");
    expect(await storage.commit(change(payment, { status, evidence }))).to.equal("committed");
    expect(await pruneAll(storage)).to.equal(0);
    expect(await storage.defer(recording(payment, NOW, "AGAIN"))).to.equal(false);
    expect(await apart.count("deferred")).to.equal(1);
    const claimed = await claimOne(storage);
    expect(claimed.task).to.deep.equal(recording(payment));
    expect(await pruneAll(storage)).to.equal(0);
    await storage.settle(claimed, { done: true });
    expect(await pruneAll(storage)).to.equal(1);
    expect(await left(storage)).to.deep.equal([]);
    await apart.close();
  });

  it("is claimed by several at once, each task by one of them, together with other tasks by when they are due", async () => {
    const apart = await open();
    const { storage, pool } = apart;
    const others = await Promise.all(
      [0, 1].map(async () => {
        const other = postgresStorage(pool);
        await other.start();
        return other;
      }),
    );
    const ids = Array.from({ length: 300 }, (_, nth) => `p${nth}`);
    await Promise.all(
      ids.map(async (id, nth) => {
        const payment = samplePayment(id);
        await openNew(storage, payment, nth % 3 === 0 ? [inquire(payment, NOW + nth)] : []);
        if (nth % 3 > 0) await storage.defer(recording(payment, NOW + nth));
      }),
    );
    const first = await storage.claim({ now: NOW + 1000, lease: 1000, limit: 7 });
    expect(first.map(({ task }) => task.dueAt - NOW)).to.deep.equal([0, 1, 2, 3, 4, 5, 6]);
    const claimed = await Promise.all([storage, ...others].map((each) => claimAll(each, NOW + 1000)));
    const payments = [...first, ...claimed.flat()].map(({ task }) => task.payment);
    expect(payments.toSorted()).to.deep.equal(ids.toSorted());
    await Promise.all(others.map((each) => each.stop()));
    await apart.close();
  });

  it("does not hold anything up where its payment was removed by hand", async () => {
    const apart = await open();
    const { storage, pool } = apart;
    await openNew(storage, samplePayment("a"));
    await openNew(storage, samplePayment("b"));
    await storage.defer(recording({ id: "a" }));
    await storage.defer(recording({ id: "b" }, NOW + 1));
    await pool.query("DELETE FROM antom.payments WHERE id = 'a'");
    const [claimed] = await storage.claim({ now: NOW + 1, lease: 1000, limit: 1 });
    expect(claimed?.task.payment).to.equal("b");
    expect((await storage.tasks({ limit: 5 })).items).to.have.length(1);
    await apart.close();
  });

  it("is put off while the one before is just being claimed, and waits until that is done", async () => {
    const apart = await open();
    const { storage, pool } = apart;
    const payment = await openNew(storage, samplePayment("a"));
    await storage.defer(recording(payment, NOW, "FIRST"));
    const claiming = await pool.connect();
    await claiming.query("BEGIN");
    await claiming.query("DELETE FROM antom.deferred");
    await claiming.query(
      `INSERT INTO antom.tasks (id, payment, kind, state, due_at, ready_at, leased_until, attempts, lease, data)
      SELECT 'record:a', number, 'record', 'waiting', $1, $2, $2, 1, '1.theirs', $3 FROM antom.payments`,
      [NOW, NOW + 1000, JSON.stringify(recording(payment, NOW, "FIRST"))],
    );
    const deferred = storage.defer(recording(payment, NOW, "SECOND"));
    await untilOneWaits(pool);
    await claiming.query("COMMIT");
    claiming.release();
    expect(await deferred).to.equal(true);
    expect(await claimAll(storage, NOW + 999)).to.deep.equal([]);
    for (const code of ["FIRST", "SECOND"]) {
      const claimed = await claimOne(storage, NOW + 1000);
      expect(claimed.task).to.deep.equal(recording(payment, NOW, code));
      await storage.settle(claimed, { done: true });
    }
    await apart.close();
  });

  it("is known to be stored where the connection works but what was stored cannot be asked", async () => {
    const apart = await open();
    const { pool } = apart;
    let isRefused = false;
    const storage = postgresStorage(
      watched(pool, {
        before: ({ text }) => {
          if (isRefused || !/^SELECT id FROM "antom".payments WHERE number = ANY/.test(text)) return;
          isRefused = true;
          throw Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
        },
      }),
    );
    await storage.start();
    for (const id of ["a", "b"]) await openNew(storage, samplePayment(id));
    await storage.defer(recording({ id: "b" }));
    const answers = ["a", "b", "c"].map((id) => storage.defer(recording({ id }, NOW, "OURS")));
    expect(await Promise.all(answers)).to.deep.equal([true, false, false]);
    expect(isRefused).to.equal(true);
    await storage.stop();
    await apart.close();
  });
});
