import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect } from "chai";
import { Pool } from "pg";
import { times } from "../../../lib/storage/conformance/chance.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import {
  change,
  claimAll,
  deliver,
  inquire,
  NOW,
  opening,
  openNew,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import { type PostgresDatabase, type PostgresServer, startPostgres } from "../../support/postgres.js";
import { rejection } from "./rejection.js";
import { scattered } from "./scattered.js";

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
