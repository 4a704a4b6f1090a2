import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect } from "chai";
import { Pool } from "pg";
import { times } from "../../../lib/storage/conformance/chance.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import { failed } from "../../../lib/storage/conformance/resting.js";
import {
  change,
  claimAll,
  deliver,
  inquire,
  NOW,
  opening,
  openNew,
  recording,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import type { Payment } from "../../../lib/payment/payment.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { ClaimedTask, Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, type PostgresServer, startPostgres } from "../../support/postgres.js";
import { rejection } from "./rejection.js";
import { scattered } from "./scattered.js";
import { watched } from "./watched.js";

/** It is killed here, so it is a server of its own. */
describe("postgresStorage's connections", function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let database: PostgresDatabase;

  before(async () => {
    server = await startPostgres();
    database = await server.database();
    const storage = postgresStorage(database.pool());
    await storage.start();
    await storage.stop();
  });

  after(() => server.stop());

  it("are the shop's: the pool is neither ended nor left with a listener", async () => {
    const pool = new Pool({ connectionString: database.connectionString });
    const storage = postgresStorage(pool);
    await storage.start();
    await storage.start();
    expect(pool.listenerCount("error")).to.equal(1);
    await storage.stop();
    await storage.stop();
    expect(pool.listenerCount("error")).to.equal(0);
    expect(pool.ended).to.equal(false);
    expect((await rejection(storage.get("a"))).code).to.equal("storage_unavailable");
    await storage.start();
    expect(await storage.get("a")).to.equal(undefined);
    await storage.stop();
    await pool.end();
  });

  it("are heard on after a start that failed, so that their end does not end the process, and not twice after the next", async () => {
    const pool = new Pool({ connectionString: database.connectionString });
    const storage = postgresStorage(pool);
    try {
      await server.kill();
      await server.start("standby");
      for (let starts = 0; starts < 2; starts++) {
        expect((await rejection(storage.start())).code).to.equal("configuration_invalid");
      }
      expect([pool.idleCount, pool.listenerCount("error")]).to.deep.equal([1, 1]);
      // Not events.once, which listens for errors itself.
      const ended = new Promise((resolve) => pool.once("remove", resolve));
      await server.kill();
      await ended;
    } finally {
      await server.kill();
      await server.start();
    }
    await storage.start();
    expect(pool.listenerCount("error")).to.equal(1);
    await storage.stop();
    expect(pool.listenerCount("error")).to.equal(0);
    await pool.end();
  });

  it("may be one, for all there is to do", async () => {
    const storage = postgresStorage(database.pool({ max: 1 }));
    const end = storage.watch?.(() => undefined);
    await storage.start();
    const payments = times(30, (nth) => samplePayment(`one${nth}`));
    await Promise.all(
      payments.map((payment) => storage.open(opening(payment, [deliver(payment, 1), inquire(payment)]))),
    );
    const steps = payments.map(async (payment) => {
      expect(await storage.commit(change(payment))).to.equal("committed");
      expect((await storage.get(payment.id))?.version).to.equal(2);
      await storage.list({ limit: 5 });
    });
    await Promise.all([...steps, storage.cards.put(sampleCard("one")), storage.overview({ from: 0, to: 1 })]);
    const claimed = await claimAll(storage);
    const delivers = claimed.filter(({ task }) => task.kind === "deliver");
    const settled = await Promise.all(
      delivers.map(async (each) => storage.settleWithin?.(each, () => Promise.resolve())),
    );
    expect(new Set(settled)).to.deep.equal(new Set([true]));
    end?.();
    await storage.stop();
  });

  it("may be another for each statement, as behind PgBouncer in transaction mode", async () => {
    const storage = postgresStorage(scattered(database.pool({ max: 4 })), { schema: "scattered" });
    const end = storage.watch?.(() => undefined);
    await storage.start();
    const payments = times(20, (nth) => samplePayment(`far${nth}`));
    await Promise.all(payments.map((payment) => storage.open(opening(payment, [deliver(payment, 1)]))));
    const outcomes = await Promise.all(payments.map((payment) => storage.commit(change(payment))));
    expect(new Set(outcomes)).to.deep.equal(new Set(["committed"]));
    const settled = (await claimAll(storage)).map(async (each) =>
      storage.settleWithin?.(each, () => Promise.resolve()),
    );
    expect(new Set(await Promise.all(settled))).to.deep.equal(new Set([true]));
    end?.();
    await storage.stop();
  });

  it("may come with a failed transaction on them, which the shop has left: another is taken", async () => {
    const pool = database.pool({ max: 3 });
    const storage = postgresStorage(pool, { schema: "left" });
    await storage.start();
    const clients = await Promise.all([pool.connect(), pool.connect()]);
    for (const client of clients) {
      await client.query("BEGIN");
      await client.query("SELECT 1 / 0").catch(() => undefined);
      client.release();
    }
    await openNew(storage, samplePayment("a"));
    expect((await storage.get("a"))?.id).to.equal("a");
    expect(await storage.list({ limit: 5 }))
      .to.have.property("items")
      .with.lengthOf(1);
    await storage.stop();
  });

  describe("with an open transaction on them, which the shop has left,", () => {
    let pool: Pool;
    let storage: Storage;
    let schemas = 0;
    let payments: Payment[];
    let claimed: ClaimedTask[];

    beforeEach(async () => {
      const sound = postgresStorage(database.pool(), { schema: `open${++schemas}` });
      await sound.start();
      payments = [];
      for (const id of ["a", "b", "c", "d"]) {
        const payment = await openNew(sound, samplePayment(id));
        payments.push(payment);
        if (id !== "a") {
          const task = id === "b" ? inquire(payment, 5) : deliver(payment, 1, 5);
          await sound.commit(change(payment, {}, [task]));
        }
      }
      claimed = await claimAll(sound, NOW);
      await openNew(sound, failed("old", { createdAt: 1, updatedAt: 1, expiresAt: 1 }));
      await database.pool().query("CREATE TABLE IF NOT EXISTS halves (id text); TRUNCATE halves");
      await sound.stop();
      // Not ended by the database: what is not committed is to be seen to vanish.
      pool = new Pool({ connectionString: database.connectionString, max: 2 });
      pool.on("error", () => undefined);
      storage = postgresStorage(pool, { schema: `open${schemas}` });
      await storage.start();
    });

    /** All the connections there may be: the kit gets no other before it has closed one. */
    const leave = async (): Promise<void> => {
      const clients = await Promise.all([pool.connect(), pool.connect()]);
      for (const client of clients) {
        await client.query("BEGIN; INSERT INTO halves VALUES ('half')");
        client.release();
      }
    };
    const taskOf = (id: string): ClaimedTask =>
      claimed.find(({ task }) => task.payment === id) ?? expect.fail("no such task was claimed");
    const stateOf = async (at: Storage, id: string): Promise<unknown> =>
      (await at.tasks({ payment: id, limit: 1 })).items[0]?.state;

    const steps: Readonly<Record<string, readonly [() => Promise<unknown>, (at: Storage) => Promise<unknown>]>> = {
      open: [
        async () => (await storage.open(opening(samplePayment("new")))).isNew,
        async (at) => (await at.get("new")) !== undefined,
      ],
      commit: [
        async () => (await storage.commit(change(payments[0] ?? expect.fail()))) === "committed",
        async (at) => (await at.get("a"))?.version === 2,
      ],
      defer: [
        () => storage.defer(recording(payments[0] ?? expect.fail(), 5)),
        async (at) => (await stateOf(at, "a")) === "waiting",
      ],
      "settle, of any task": [
        () => storage.settle(taskOf("b"), { dead: "x" }),
        async (at) => (await stateOf(at, "b")) === "dead",
      ],
      "settle, of an event": [
        () => storage.settle(taskOf("c"), { done: true }),
        async (at) => (await stateOf(at, "c")) === "done",
      ],
      settleWithin: [
        async () =>
          storage.settleWithin?.(taskOf("d"), async (client) => {
            await (client as Pool).query("INSERT INTO halves VALUES ('whole')");
          }),
        async (at) => (await stateOf(at, "d")) === "done",
      ],
      redrive: [
        () => storage.redrive("inquire:b", NOW + 5),
        async (at) => (await at.tasks({ payment: "b", limit: 1 })).items[0]?.attempts === 0,
      ],
      prune: [
        async () => (await storage.prune({ unpaidBefore: 2, paidBefore: 0, limit: 5 })) === 1,
        async (at) => (await at.get("old")) === undefined,
      ],
      "a card": [() => storage.cards.put(sampleCard("card")), async (at) => (await at.cards.get("card")) !== undefined],
      start: [
        async () => {
          const fresh = postgresStorage(pool, { schema: `fresh${schemas}` });
          await fresh.start();
          await fresh.stop();
          return true;
        },
        async () => {
          const sql = "SELECT max(version) AS version FROM";
          const { rows } = await database.pool().query<{ version: number }>(`${sql} fresh${schemas}.migrations`);
          return (rows[0]?.version ?? 0) > 0;
        },
      ],
    };

    for (const [name, [step, hasHappened]] of Object.entries(steps)) {
      it(`another is taken, and nothing is answered that is not committed: ${name}`, async () => {
        const witness = postgresStorage(database.pool(), { schema: `open${schemas}` });
        await witness.start();
        await leave();
        expect(await step()).to.equal(true);
        expect(await hasHappened(witness)).to.equal(true);
        await storage.stop();
        await pool.end();
        expect(await hasHappened(witness)).to.equal(true);
        const { rows } = await database.pool().query("SELECT id FROM halves WHERE id = 'half'");
        expect(rows).to.deep.equal([]);
        await witness.stop();
      });
    }

    it("another is taken also where the shop did not even wait for its begin", async () => {
      const witness = postgresStorage(database.pool(), { schema: `open${schemas}` });
      await witness.start();
      const client = await pool.connect();
      client.query("BEGIN; INSERT INTO halves VALUES ('half')").catch(() => undefined);
      client.release();
      expect(await steps["settleWithin"]?.[0]()).to.equal(true);
      expect(await steps["settleWithin"]?.[1](witness)).to.equal(true);
      const { rows } = await database.pool().query("SELECT id FROM halves WHERE id = 'half'");
      expect(rows).to.deep.equal([]);
      await Promise.all([storage.stop(), witness.stop()]);
      await pool.end();
    });

    it("none is listened on: the other instances are heard", async () => {
      const other = postgresStorage(database.pool(), { schema: `open${schemas}` });
      await other.start();
      await leave();
      let wakes = 0;
      const woken = async (more: number): Promise<void> => {
        const from = wakes;
        while (wakes < from + more) await new Promise((resolve) => setTimeout(resolve, 5));
      };
      const end = storage.watch?.(() => wakes++);
      // Once when it has begun to listen, and once when it hears.
      await woken(1);
      await openNew(other, samplePayment("heard"), [inquire(samplePayment("heard"))]);
      await woken(1);
      end?.();
      await Promise.all([storage.stop(), other.stop()]);
      await pool.end();
    });

    it("it is said what is wrong, where there is no other", async () => {
      const broken = watched(pool, {
        before: async (_query, client) => {
          await client.query({ text: "BEGIN" });
        },
      });
      await storage.stop();
      const error = await rejection(postgresStorage(broken, { timeout: 0 }).start());
      expect(error.code).to.equal("storage_unavailable");
      expect(error.message).to.include("came with a transaction on it");
      await pool.end();
    });
  });

  it("may be of a pg that does not tell whether a transaction is on them", async () => {
    const storage = postgresStorage(watched(database.pool(), { isOld: true }), { schema: "old" });
    await storage.start();
    const payment = await openNew(storage, samplePayment("a"), [deliver(samplePayment("a"), 1)]);
    expect(await storage.commit(change(payment))).to.equal("committed");
    const [held] = await claimAll(storage);
    if (held === undefined) expect.fail("nothing was claimed");
    expect(await storage.settleWithin?.(held, () => Promise.resolve())).to.equal(true);
    await storage.stop();
  });

  for (const statement of ["going AS", "migrations (version, oldest) VALUES (1"]) {
    it(`are closed where a transaction has failed and its end is not answered either: ${statement}`, async () => {
      const schema = `unanswered${statement.length}`;
      let [isToFail, isToFailAgain] = [true, true];
      const inner = database.pool({ max: 1 });
      const pool = watched(inner, {
        isOld: true,
        before: ({ text }) => {
          if (isToFail && text.includes(statement)) {
            isToFail = false;
            throw new TypeError("no row is as it should be");
          }
          if (!isToFail && isToFailAgain && text === "ROLLBACK") {
            isToFailAgain = false;
            throw new Error("no answer came");
          }
        },
      });
      const storage = postgresStorage(pool, { schema });
      await storage.start();
      await openNew(storage, failed("old", { createdAt: 1, updatedAt: 1, expiresAt: 1 }));
      expect(await storage.prune({ unpaidBefore: 2, paidBefore: 0, limit: 5 })).to.equal(1);
      expect([isToFail, isToFailAgain]).to.deep.equal([false, false]);
      expect(await storage.get("old")).to.equal(undefined);
      await storage.stop();
      await inner.end();
      const { rows } = await database.pool().query(`SELECT count(*)::int AS many FROM ${schema}.payments`);
      expect(rows).to.deep.equal([{ many: 0 }]);
    });
  }

  it("may be ended in the very moment they are made", async () => {
    const message = (type: string, body: Buffer): Buffer => {
      const head = Buffer.alloc(5);
      head.write(type);
      head.writeInt32BE(body.length + 4, 1);
      return Buffer.concat([head, body]);
    };
    const welcome = [message("R", Buffer.alloc(4)), message("Z", Buffer.from("I"))];
    const farewell = message("E", Buffer.from("SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0"));
    const server = createServer((socket) => {
      socket.on("error", () => undefined).once("data", () => socket.end(Buffer.concat([...welcome, farewell])));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const pool = new Pool({ host: "127.0.0.1", port, user: "shop", database: "shop" });
    expect((await rejection(postgresStorage(pool, { timeout: 50 }).start())).code).to.equal("storage_unavailable");
    await pool.end();
    server.close();
  });

  it("may lose the plans that they were to keep", async () => {
    const pool = database.pool({ max: 1 });
    const storage = postgresStorage(pool, { schema: "forgetful" });
    await storage.start();
    await openNew(storage, samplePayment("a"));
    const { rows } = await pool.query<{ name: string }>("SELECT name FROM pg_prepared_statements");
    expect(rows.filter(({ name }) => name.startsWith("antom_"))).to.not.be.empty;
    await pool.query("DEALLOCATE ALL");
    const payment = await openNew(storage, samplePayment("b"));
    expect(await storage.commit(change(payment))).to.equal("committed");
    expect((await storage.get("b"))?.version).to.equal(2);
    await storage.stop();
  });

  it("are not waited for longer than told", async () => {
    const pool = database.pool({ max: 1 });
    const storage = postgresStorage(pool, { timeout: 100 });
    await storage.start();
    const taken = await pool.connect();
    const errors = await Promise.all([rejection(storage.get("a")), rejection(storage.findByOrder("a"))]);
    for (const error of errors) {
      expect(error.code).to.equal("storage_unavailable");
      expect(error.message).to.include("No connection of the pool became free");
    }
    taken.release();
    expect(await storage.get("a")).to.equal(undefined);
    await storage.stop();
  });

  it("are given the time that it takes to make them, where nothing is to be tried twice", async () => {
    const storage = postgresStorage(database.pool(), { schema: "once", timeout: 0 });
    await storage.start();
    const payment = await openNew(storage, samplePayment("a"), [deliver(samplePayment("a"), 1)]);
    expect(await storage.commit(change(payment))).to.equal("committed");
    const [held] = await claimAll(storage);
    if (held === undefined) expect.fail("nothing was claimed");
    expect(await storage.settleWithin?.(held, () => Promise.resolve())).to.equal(true);
    await storage.stop();
  });

  it("survive the errors of idle ones, and are made anew after a crash of the server, with all that was answered", async () => {
    const pool = new Pool({ connectionString: database.connectionString });
    const storage = postgresStorage(pool, { timeout: 20_000 });
    await storage.start();
    const first = await openNew(storage, samplePayment("crash"), [deliver(samplePayment("crash"), 1)]);
    const more = times(20, (nth) => samplePayment(`crash${nth}`));
    const under = more.map((payment) => storage.open(opening(payment)));
    await server.kill();
    const reading = storage.get("crash");
    await server.start();
    expect(await reading).to.deep.equal(first);
    for (const { isNew } of await Promise.all(under)) expect(isNew).to.equal(true);
    expect(await storage.commit(change(first))).to.equal("committed");
    expect((await claimAll(storage, NOW)).some(({ task }) => task.id === "crash:1")).to.equal(true);
    await storage.stop();
    await pool.end();
  });

  it("that are away for too long reject what was asked for, and nothing is left waiting", async () => {
    const pool = database.pool({ max: 2 });
    const storage = postgresStorage(pool, { timeout: 100 });
    await storage.start();
    await server.kill();
    const asked = times(400, (nth) => rejection(storage.open(opening(samplePayment(`away${nth}`)))));
    for (const error of await Promise.all(asked)) expect(error.code).to.equal("storage_unavailable");
    await server.start();
    expect((await storage.open(opening(samplePayment("away")))).isNew).to.equal(true);
    await storage.stop();
  });
});
