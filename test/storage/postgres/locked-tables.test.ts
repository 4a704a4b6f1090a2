import { expect } from "chai";
import type { Pool, PoolClient } from "pg";
import { change, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import { Database } from "../../../lib/storage/postgres/database.js";
import { LeftBehind } from "../../../lib/storage/postgres/left-behind.js";
import { Plans } from "../../../lib/storage/postgres/plans.js";
import type { Payment } from "../../../lib/payment/payment.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { rejection } from "./rejection.js";

/** As while somebody runs VACUUM FULL, or an ALTER TABLE that waits for a dump. */
describe("a table that another transaction keeps locked", () => {
  let database: PostgresDatabase;
  let pool: Pool;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
    pool = database.pool();
    const storage = postgresStorage(pool);
    await storage.start();
    await storage.stop();
  });

  after(() => database.drop());

  let holder: PoolClient | undefined;

  const lock = async (): Promise<void> => {
    holder = await pool.connect();
    await holder.query("BEGIN; LOCK TABLE antom.payments IN ACCESS EXCLUSIVE MODE");
  };
  const unlock = async (): Promise<void> => {
    await holder?.query("ROLLBACK");
    holder?.release();
    holder = undefined;
  };

  afterEach(unlock);

  const waiters = async (): Promise<number> => {
    const sql = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    return (await pool.query(sql)).rows.length;
  };
  const until = async (many: number): Promise<void> => {
    const since = performance.now();
    while ((await waiters()) !== many) {
      if (performance.now() - since > 5000) expect.fail(`${await waiters()} wait at the server, not ${many}.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it("leaves nothing waiting at the server of what is refused, and nothing of it comes about, however large the pool", async function () {
    this.timeout(60_000);
    const storages: Storage[] = [];
    const payments: Payment[] = [];
    // The last gives up waiting by itself, before the kit does.
    const pools = [{ max: 1 }, { max: 2 }, { max: 10 }, { max: 9, query_timeout: 600 }];
    for (const options of pools) {
      const storage = postgresStorage(database.pool(options), { timeout: 1000 });
      await storage.start();
      storages.push(storage);
      payments.push(await openNew(storage, samplePayment(`refused${options.max}`)));
    }
    await lock();
    const asked = storages.flatMap((storage, nth) => {
      const payment = payments[nth] ?? expect.fail();
      return [storage.commit(change(payment)), storage.get(payment.id), storage.find({ paymentId: "none" })];
    });
    await Promise.all(
      asked.map(async (each) => {
        expect((await rejection(each)).code).to.equal("storage_unavailable");
      }),
    );
    await until(0);
    await unlock();
    for (const [nth, storage] of storages.entries()) {
      const payment = payments[nth] ?? expect.fail();
      expect(await storage.get(payment.id)).to.have.property("version", 1);
      expect(await storage.commit(change(payment))).to.equal("committed");
      await storage.stop();
    }
  });

  it("is not waited for longer than lock_timeout where the shop has set one, and the connections are kept", async () => {
    const own = database.pool({ lock_timeout: 700 });
    const storage = postgresStorage(own, { timeout: 1500 });
    await storage.start();
    const payment = await openNew(storage, samplePayment("bounded"));
    let removed = 0;
    own.on("remove", () => removed++);
    await lock();
    const errors = await Promise.all([
      rejection(storage.commit(change(payment))),
      rejection(storage.find({ paymentId: "none" })),
    ]);
    for (const { message } of errors) expect(message).to.include("in the way for too long");
    expect(await waiters()).to.equal(0);
    expect(removed).to.equal(0);
    await unlock();
    expect(await storage.commit(change(payment))).to.equal("committed");
    await storage.stop();
  });

  describe("of what was given up", () => {
    let asking: Database;
    let left: LeftBehind;
    let client: PoolClient;
    let pid: number;

    beforeEach(async () => {
      asking = new Database(pool, 1000, new Plans(false));
      asking.open();
      left = new LeftBehind((work, bounds) => asking.attempt(work, bounds));
      client = await database.pool().connect();
      pid = (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid ?? expect.fail();
    });

    afterEach(() => {
      client.release();
      asking.close();
    });

    const outcomeOf = (query: Promise<unknown>): Promise<string> =>
      query.then(
        () => "done",
        (error: unknown) => (error as { readonly code: string }).code,
      );

    it("cancels just that statement", async () => {
      await lock();
      const text = `SELECT count(*) FROM antom.payments WHERE ${"id <> 'x' AND ".repeat(20)} true`;
      const outcome = outcomeOf(client.query(text));
      await until(1);
      left.add({ processID: pid }, { text: "SELECT another FROM antom.payments", values: [] });
      left.add({ processID: null }, { text, values: [] });
      left.add({}, { text, values: [] });
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await waiters()).to.equal(1);
      left.add({ processID: pid }, { text, values: [] });
      expect(await outcome).to.equal("57014");
      await unlock();
    });

    it("lets go on what waits for no lock", async () => {
      const text = "SELECT pg_sleep(0.5)";
      const outcome = outcomeOf(client.query(text));
      left.add({ processID: pid }, { text, values: [] });
      expect(await outcome).to.equal("done");
    });
  });
});
