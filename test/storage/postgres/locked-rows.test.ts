import { expect } from "chai";
import type { Pool } from "pg";
import { times } from "../../../lib/storage/conformance/chance.js";
import { failed } from "../../../lib/storage/conformance/resting.js";
import {
  change,
  claimAll,
  deliver,
  NOW,
  openNew,
  recording,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { Payment } from "../../../lib/payment/payment.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { rejection } from "./rejection.js";
import { untilOneWaits } from "./until-one-waits.js";
import { watched } from "./watched.js";

describe("a payment that another transaction keeps locked", () => {
  let database: PostgresDatabase;
  let pool: Pool;
  let storage: Storage;
  let ids = 0;
  let stuck: Payment;
  let others: Payment[];

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
    pool = database.pool();
    storage = postgresStorage(database.pool(), { timeout: 2000 });
    await storage.start();
  });

  after(async () => {
    await storage.stop();
    await database.drop();
  });

  beforeEach(async () => {
    ids++;
    stuck = await openNew(storage, samplePayment(`stuck${ids}`), [deliver(samplePayment(`stuck${ids}`), 1)]);
    others = await Promise.all(
      times(10, (nth) => {
        const payment = samplePayment(`other${ids}-${nth}`);
        return openNew(storage, payment, [deliver(payment, 1)]);
      }),
    );
  });

  /** Resolves to what ends the lock. */
  const lock = async (id: string): Promise<() => Promise<void>> => {
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM antom.payments WHERE id = $1 FOR NO KEY UPDATE", [id]);
    return async () => {
      await client.query("ROLLBACK");
      client.release();
    };
  };
  const waiters = async (): Promise<number> => {
    const sql =
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'";
    return (await pool.query(sql)).rows.length;
  };

  it("holds up its own commit and no other that went with it, and none after", async () => {
    const unlock = await lock(stuck.id);
    const since = performance.now();
    const its = storage.commit(change(stuck));
    const all = others.map((payment) => storage.commit(change(payment)));
    expect(new Set(await Promise.all(all))).to.deep.equal(new Set(["committed"]));
    expect(performance.now() - since).to.be.lessThan(1500);
    for (const payment of others) {
      const again = { ...payment, version: 2 };
      const asked = performance.now();
      expect(await storage.commit(change(again))).to.equal("committed");
      expect(performance.now() - asked).to.be.lessThan(400);
    }
    await unlock();
    expect(await its).to.equal("committed");
    expect((await storage.get(stuck.id))?.version).to.equal(2);
  });

  it("holds up the end of its own event and no other", async () => {
    const claimed = await claimAll(storage);
    const unlock = await lock(stuck.id);
    const settled = new Map(claimed.map((each) => [each.task.payment, storage.settle(each, { done: true })]));
    for (const { id } of others) expect(await settled.get(id)).to.equal(true);
    await unlock();
    expect(await settled.get(stuck.id)).to.equal(true);
  });

  it("is tried again all the same, and holds up no other, where the shop has the server cancel statements before that", async () => {
    const hasty = postgresStorage(database.pool({ statement_timeout: 200 }), { timeout: 2000 });
    await hasty.start();
    const unlock = await lock(stuck.id);
    const its = hasty.commit(change(stuck));
    const all = others.map((payment) => hasty.commit(change(payment)));
    expect(new Set(await Promise.all(all))).to.deep.equal(new Set(["committed"]));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await unlock();
    expect(await its).to.equal("committed");
    expect((await storage.get(stuck.id))?.version).to.equal(2);
    await hasty.stop();
  });

  it("is not what is spoken of where the shop has the server cancel statements that are only slow", async () => {
    const sent: number[] = [];
    const pool = watched(database.pool({ statement_timeout: 50 }), { before: () => void sent.push(1) });
    const hasty = postgresStorage(pool, { timeout: 1000 });
    await hasty.start();
    sent.length = 0;
    const client = await database.pool().connect();
    await client.query("BEGIN; LOCK TABLE antom.payments IN ACCESS EXCLUSIVE MODE");
    const since = performance.now();
    expect((await rejection(hasty.get(stuck.id))).message).to.include("statement timeout");
    expect(performance.now() - since).to.be.within(1000, 3000);
    expect(sent.length).to.be.lessThan(20);
    await client.query("ROLLBACK");
    client.release();
    expect((await hasty.get(stuck.id))?.version).to.equal(1);
    await hasty.stop();
  });

  it("is refused in the end, nothing is left waiting at the server, and nothing comes about afterwards", async () => {
    const unlock = await lock(stuck.id);
    const since = performance.now();
    expect((await rejection(storage.commit(change(stuck)))).message).to.include("in the way");
    expect((await rejection(storage.redrive(`${stuck.id}:1`, NOW))).message).to.include("in the way");
    expect(performance.now() - since).to.be.within(3500, 8000);
    expect(await waiters()).to.equal(0);
    await unlock();
    expect((await storage.get(stuck.id))?.version).to.equal(1);
    expect(await storage.commit(change(stuck))).to.equal("committed");
  });

  it("is not answered for another's commit that came first", async () => {
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query("UPDATE antom.payments SET version = 2, token = 1 WHERE id = $1", [stuck.id]);
    const outcome = storage.commit(change(stuck));
    await untilOneWaits(pool);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await client.query("COMMIT");
    client.release();
    expect(await outcome).to.equal("stale");
  });

  it("is let go by the server where an instance froze before the end of a hook's transaction, and the others come through", async function () {
    this.timeout(30_000);
    let goOn: () => void = () => undefined;
    const frozen = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const reached = { commit: (): void => undefined };
    const atCommit = new Promise<void>((resolve) => {
      reached.commit = resolve;
    });
    const freezing = watched(database.pool(), {
      before: async ({ text }) => {
        if (text !== "COMMIT") return;
        reached.commit();
        await frozen;
      },
    });
    const other = postgresStorage(freezing);
    await other.start();
    const patient = postgresStorage(database.pool());
    await patient.start();
    await pool.query("CREATE TABLE IF NOT EXISTS sent (id text)");
    const held = (await claimAll(other, NOW)).find(({ task }) => task.payment === stuck.id) ?? expect.fail();
    const within = other.settleWithin?.(held, async (client) => {
      await (client as Pool).query({ text: "INSERT INTO sent VALUES ($1)", values: [stuck.id] });
    });
    const settled = rejection(within ?? Promise.resolve());
    await atCommit;
    expect(await patient.commit(change(stuck))).to.equal("committed");
    goOn();
    expect((await settled).code).to.equal("storage_unavailable");
    expect((await pool.query("SELECT 1 FROM sent WHERE id = $1", [stuck.id])).rows).to.deep.equal([]);
    expect(await patient.settle(held, { done: true })).to.equal(true);
    await Promise.all([other.stop(), patient.stop()]);
  });

  it("is let go by the server where an instance froze while it removed old payments", async function () {
    this.timeout(30_000);
    const seen = { isFrozen: false };
    const gates: (() => void)[] = [];
    const freezing = watched(database.pool(), {
      before: async ({ text }) => {
        if (!text.includes("going AS") || seen.isFrozen) return;
        seen.isFrozen = true;
        await new Promise<void>((resolve) => gates.push(resolve));
      },
    });
    const other = postgresStorage(freezing);
    await other.start();
    const old = failed(`old${ids}`, { createdAt: 1, updatedAt: 1, expiresAt: 1 });
    await openNew(other, old);
    const pruned = other.prune({ unpaidBefore: 2, paidBefore: 0, limit: 5 });
    while (!seen.isFrozen) await new Promise((resolve) => setTimeout(resolve, 5));
    const patient = postgresStorage(database.pool());
    await patient.start();
    expect(await patient.defer(recording(old, 5))).to.equal(true);
    for (const open of gates) open();
    expect(await pruned).to.equal(0);
    await Promise.all([other.stop(), patient.stop()]);
  });
});
