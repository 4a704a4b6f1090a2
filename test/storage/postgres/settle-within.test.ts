import { expect } from "chai";
import type { Pool, PoolClient } from "pg";
import {
  change,
  claimAll,
  claimOne,
  deliver,
  NOW,
  openNew,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { ClaimedTask, Storage, TaskState } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { rejection } from "./rejection.js";

describe("postgresStorage's settleWithin", () => {
  let database: PostgresDatabase;
  let pool: Pool;
  let storage: Storage;
  let id: string;
  let held: ClaimedTask;
  let payments = 0;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
    pool = database.pool({ max: 4 });
    storage = postgresStorage(pool);
    await storage.start();
    await pool.query(
      "CREATE TABLE shipped (id text PRIMARY KEY, parcel text REFERENCES shipped DEFERRABLE INITIALLY DEFERRED)",
    );
  });

  after(async () => {
    await storage.stop();
    await database.drop();
  });

  beforeEach(async () => {
    id = `p${++payments}`;
    const payment = await openNew(storage, samplePayment(id));
    await storage.commit(change(payment, {}, [deliver(payment, 1), deliver(payment, 2)]));
    held = await claimOne(storage);
  });

  afterEach(async () => {
    // Each is given back: none is out for longer than the word to the other instances takes.
    while (pool.idleCount < pool.totalCount) await new Promise((resolve) => setTimeout(resolve, 5));
    await pool.query("UPDATE antom.tasks SET state = 'done', ready_at = NULL");
  });

  const within = async (work: (client: PoolClient) => Promise<unknown>): Promise<boolean | undefined> =>
    storage.settleWithin?.(held, async (client) => {
      await work(client as PoolClient);
    });
  const ship = (client: Pick<PoolClient, "query">): Promise<unknown> =>
    client.query("INSERT INTO shipped (id) VALUES ($1)", [id]);
  const isShipped = async (): Promise<boolean> =>
    (await pool.query("SELECT 1 FROM shipped WHERE id = $1", [id])).rows.length === 1;
  const states = async (): Promise<TaskState[]> =>
    (await storage.tasks({ payment: id, limit: 5 })).items.map(({ state }) => state).reverse();

  it("does the work and marks the task done, and the next one comes", async () => {
    expect(await within(ship)).to.equal(true);
    expect(await isShipped()).to.equal(true);
    expect(await states()).to.deep.equal(["done", "waiting"]);
    expect((await claimOne(storage)).task.id).to.equal(`${id}:2`);
    expect(await storage.settle(held, { done: true })).to.equal(false);
  });

  it("shows neither before both have come about", async () => {
    await within(async (client) => {
      await ship(client);
      expect(await isShipped()).to.equal(false);
      expect(await states()).to.deep.equal(["waiting", "waiting"]);
    });
    expect(await isShipped()).to.equal(true);
  });

  it("undoes the work when it rejects, with what it rejects with, and the lease still holds", async () => {
    const reason = new Error("out of stock");
    const error: unknown = await within(async (client) => {
      await ship(client);
      throw reason;
    }).catch((thrown: unknown) => thrown);
    expect(error).to.equal(reason);
    expect(await isShipped()).to.equal(false);
    expect(await storage.settle(held, { again: NOW + 5 })).to.equal(true);
  });

  it("does not begin the work where the lease is lost", async () => {
    await storage.redrive(`${id}:1`, NOW);
    let isBegun = false;
    const settled = await within(() => {
      isBegun = true;
      return Promise.resolve();
    });
    expect([settled, isBegun]).to.deep.equal([false, false]);
  });

  it("undoes the work where the lease is lost meanwhile", async () => {
    const settled = await within(async (client) => {
      await ship(client);
      await storage.redrive(`${id}:1`, NOW);
    });
    expect(settled).to.equal(false);
    expect(await isShipped()).to.equal(false);
    expect(await states()).to.deep.equal(["waiting", "waiting"]);
  });

  it("lets two who hold the same task do its work once", async () => {
    const both = await Promise.all([
      within((client) => client.query("SELECT pg_sleep(0.05)")).catch(() => false),
      within((client) => client.query("SELECT pg_sleep(0.05)")).catch(() => false),
    ]);
    expect(both.toSorted()).to.deep.equal([false, true]);
  });

  it("locks nothing while the work is under way: it may change the same payment by the kit", async () => {
    const settled = await within(async (client) => {
      await ship(client);
      const payment = await storage.get(id);
      if (payment === undefined) throw new Error("the payment is gone");
      expect(await storage.commit(change(payment, { status: "captured" }, [deliver(payment, 3)]))).to.equal(
        "committed",
      );
    });
    expect(settled).to.equal(true);
    expect(await states()).to.deep.equal(["done", "waiting", "waiting"]);
  });

  for (const statement of ["COMMIT", "ROLLBACK", "COMMIT; BEGIN"]) {
    it(`rejects, and marks nothing, when the work ends the transaction: ${statement}`, async () => {
      const error = await rejection(within((client) => client.query(statement)));
      expect(error.message).to.include("ended the transaction");
      expect(await states()).to.deep.equal(["waiting", "waiting"]);
      expect((await pool.query("SELECT pg_current_xact_id_if_assigned() AS id")).rows).to.deep.equal([{ id: null }]);
    });
  }

  it("rejects when the work hides that one of its statements has failed", async () => {
    const error = await rejection(
      within(async (client) => {
        await ship(client);
        await client.query("SELECT 1 / 0").catch(() => undefined);
      }),
    );
    expect(error.message).to.include("let the error pass");
    expect(await isShipped()).to.equal(false);
    expect(await states()).to.deep.equal(["waiting", "waiting"]);
  });

  it("lets the work have savepoints of its own", async () => {
    const settled = await within(async (client) => {
      await client.query("SAVEPOINT mine");
      await client.query("SELECT 1 / 0").catch(() => client.query("ROLLBACK TO mine"));
      await ship(client);
    });
    expect(settled).to.equal(true);
    expect(await isShipped()).to.equal(true);
  });

  it("rejects with the shop's own constraint where that is looked at only at the end", async () => {
    const error: unknown = await within((client) =>
      client.query("INSERT INTO shipped VALUES ($1, 'no such parcel')", [id]),
    ).catch((thrown: unknown) => thrown);
    expect(error).to.have.property("code", "23503");
    expect(await states()).to.deep.equal(["waiting", "waiting"]);
  });

  it("keeps the connection its own, and takes no query once it is over", async () => {
    let lent: PoolClient | undefined;
    await within((client) => {
      lent = client;
      for (const name of ["release", "end"] as const) expect(() => void client[name]()).to.throw("the kit's");
      return ship(client);
    });
    expect(() => lent?.query("SELECT 1")).to.throw("has ended");
    expect(() => lent?.release()).to.throw("the kit's");
  });

  it("gives back no connection with a transaction on it where the work cannot even begin", async () => {
    const hasty = database.pool({ max: 1, statement_timeout: 50 });
    const other = postgresStorage(hasty);
    await other.start();
    const locker = await pool.connect();
    await locker.query("BEGIN; LOCK TABLE antom.tasks IN ACCESS EXCLUSIVE MODE");
    const settled = other.settleWithin?.(held, () => Promise.resolve()) ?? Promise.resolve();
    expect((await rejection(settled)).message).to.include("statement timeout");
    await locker.query("ROLLBACK");
    locker.release();
    expect((await hasty.query("SELECT 1 AS one")).rows).to.deep.equal([{ one: 1 }]);
    expect(await other.settleWithin?.(held, () => Promise.resolve())).to.equal(true);
    await other.stop();
  });

  it("leaves connections for what many hooks at once ask of the kit", async () => {
    const small = database.pool({ max: 5 });
    const other = postgresStorage(small, { timeout: 2_000 });
    await other.start();
    const end = other.watch?.(() => undefined);
    const many = Array.from({ length: 12 }, (_, nth) => samplePayment(`${id}-${nth}`));
    for (const payment of many) await openNew(other, payment, [deliver(payment, 1)]);
    const claimed = (await claimAll(other)).filter(({ task }) => task.payment.startsWith(`${id}-`));
    const settled = claimed.map(async (each) =>
      other.settleWithin?.(each, async () => {
        expect((await other.get(each.task.payment))?.id).to.equal(each.task.payment);
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(await other.findByOrder("none")).to.deep.equal([]);
      }),
    );
    expect(await Promise.all(settled)).to.deep.equal(many.map(() => true));
    end?.();
    await other.stop();
  });

  it("leaves as many where several kits share the pool", async () => {
    const small = database.pool({ max: 6 });
    const others = ["twin_a", "twin_b"].map((schema) => postgresStorage(small, { schema, timeout: 2_000 }));
    let [atOnce, most] = [0, 0];
    const works: (() => Promise<boolean | undefined>)[] = [];
    for (const other of others) {
      await other.start();
      for (let nth = 0; nth < 6; nth++) {
        const payment = samplePayment(`twin${nth}`);
        await openNew(other, payment, [deliver(payment, 1)]);
      }
      for (const each of await claimAll(other)) {
        works.push(async () =>
          other.settleWithin?.(each, async () => {
            most = Math.max(most, ++atOnce);
            await new Promise((resolve) => setTimeout(resolve, 10));
            expect((await other.get(each.task.payment))?.id).to.equal(each.task.payment);
            atOnce--;
          }),
        );
      }
    }
    const settled = await Promise.all(works.map((work) => work()));
    expect(settled).to.deep.equal(works.map(() => true));
    expect(most).to.equal(3);
    await Promise.all(others.map((other) => other.stop()));
  });

  it("gives a broken connection back to nobody", async () => {
    const error = await rejection(
      within((client) => client.query("SELECT pg_terminate_backend(pg_backend_pid())").catch(() => undefined)),
    );
    expect(error.code).to.equal("storage_unavailable");
    expect(await states()).to.deep.equal(["waiting", "waiting"]);
    expect(await within(ship)).to.equal(true);
  });
});
