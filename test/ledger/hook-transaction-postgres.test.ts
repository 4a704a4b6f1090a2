import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import type { Pool, PoolClient } from "pg";
import { UNBEGUN_DELAY } from "../../lib/ledger/deliver.js";
import { systemClock } from "../../lib/ports.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import type { Storage } from "../../lib/storage/storage.js";
import { sharedPostgres, type PostgresDatabase } from "../support/postgres.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type TestShop } from "../support/shop.js";

/** Longer than a lease, and than the first wait for a hook that failed. */
const LATER = 31_000;

describe("the transaction of a hook, in the shop's own PostgreSQL", () => {
  let gateway: ScriptedAntom;
  let database: PostgresDatabase;
  let pool: Pool;
  let shops: TestShop[];
  let calls: number;
  let later: number;

  before(async function () {
    this.timeout(60_000);
    await sharedPostgres();
  });
  beforeEach(async () => {
    gateway = await startScriptedAntom();
    database = await (await sharedPostgres()).database();
    pool = database.pool();
    await pool.query("CREATE TABLE parcels (order_id text NOT NULL)");
    shops = [];
    calls = 0;
    later = 0;
  });
  afterEach(async () => {
    await Promise.all(shops.map((shop) => shop.stop()));
    await database.drop();
    await gateway.stop();
  });

  /** A shop that books a parcel; `after` is done in the transaction. */
  const open = async (
    after: () => unknown = () => undefined,
    storage: Storage = postgresStorage(database.pool()),
  ): Promise<TestShop> => {
    const shop = await startShop({
      gateway: gateway.url,
      storage,
      worker: false,
      clock: { ...systemClock, now: () => systemClock.now() + later },
      hooks: {
        "payment.requires_action": async (event, { transaction }) => {
          calls++;
          await transaction(async (client: PoolClient) => {
            await client.query("INSERT INTO parcels (order_id) VALUES ($1)", [event.payment.orderId]);
            await after();
          });
        },
      },
    });
    shop.orders.set("order-1", anOrder("order-1"));
    shops.push(shop);
    return shop;
  };
  const opened = async (shop: TestShop): Promise<TestShop> => {
    expect((await answerOf(await shop.checkout("order-1"))).payment).to.include({ status: "requires_action" });
    return shop;
  };
  const parcels = async (): Promise<string[]> =>
    (await pool.query<{ order_id: string }>("SELECT order_id FROM parcels")).rows.map(({ order_id: id }) => id);
  /** The same in a process of its own, which is killed in it. */
  const killed = async (moment: string): Promise<void> => {
    const child = fork(join(__dirname, "hook-transaction-process.ts"), {
      execArgv: ["--require", "tsx/cjs"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...process.env, DATABASE: database.connectionString, KILLED: moment },
    });
    expect(await once(child, "exit")).to.deep.equal([null, "SIGKILL"]);
  };

  for (const [moment, before, repeats] of [
    ["before the transaction", [], 1],
    ["within the transaction", [], 1],
    ["after the transaction", ["order-1"], 0],
  ] as const) {
    it(`takes effect exactly once in a process that is killed ${moment}`, async () => {
      const shop = await opened(await open());
      await killed(moment);
      expect(await parcels()).to.deep.equal(before);
      for (let round = 0; round < 2; round++) {
        later += LATER;
        await shop.antom.runDue();
        expect(await parcels()).to.deep.equal(["order-1"]);
        expect(calls).to.equal(repeats);
      }
    }).timeout(30_000);
  }

  it("takes effect exactly once when its work has failed at first", async () => {
    const shop = await opened(
      await open(() => {
        if (calls === 1) throw new Error("the shop's own work failed");
      }),
    );
    await shop.antom.runDue();
    expect(await parcels()).to.deep.equal([]);
    for (let round = 0; round < 2; round++) {
      later += LATER;
      await shop.antom.runDue();
      expect(await parcels()).to.deep.equal(["order-1"]);
      expect(calls).to.equal(2);
    }
  });

  it("takes effect once for each of many events that come due at once, however few of them have room at a time", async () => {
    const ids = Array.from({ length: 40 }, (_, nth) => `many-${nth}`);
    const storage = postgresStorage(database.pool({ max: 4 }), { timeout: 150 });
    const shop = await open(() => wait(10), storage);
    for (const id of ids) {
      shop.orders.set(id, anOrder(id));
      await answerOf(await shop.checkout(id));
    }
    const times = new Map<string, number>();
    for (let rounds = 0; (await parcels()).length < ids.length && rounds < 60; rounds++) {
      await shop.antom.runDue();
      const { items } = await storage.tasks({ kind: "deliver", limit: 100 });
      expect(new Set(items.map(({ state }) => state))).not.to.include("dead");
      const waiting = items.filter(({ state }) => state === "waiting");
      for (const { task } of waiting) {
        expect(task.dueAt - systemClock.now() - later).to.be.at.most(1.5 * UNBEGUN_DELAY);
        times.set(task.id, (times.get(task.id) ?? 1) + 1);
      }
      expect(Math.max(0, ...waiting.map(({ attempts }) => attempts)), "counted attempts").to.equal(0);
      later += 1.5 * UNBEGUN_DELAY;
    }
    expect((await parcels()).toSorted()).to.deep.equal(ids.toSorted());
    expect(Math.max(...times.values()), "how often one had to come").to.be.at.least(2);
    const { items } = await storage.tasks({ kind: "deliver", limit: 100 });
    expect(new Set(items.map(({ state }) => state))).to.deep.equal(new Set(["done"]));
  }).timeout(60_000);

  it("takes effect exactly once when the event is another's before its work has ended", async () => {
    const others = await open();
    const shop = await opened(
      await open(() => {
        later += LATER;
        return others.antom.runDue();
      }),
    );
    await shop.antom.runDue();
    expect(calls).to.equal(2);
    expect(await parcels()).to.deep.equal(["order-1"]);
    expect(shops.flatMap(({ log }) => log.map(({ fields }) => fields["event"]))).to.include("hook.overtaken");
  });
});
