import { expect } from "chai";
import { change, deliver, inquire, NOW, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import { Database } from "../../../lib/storage/postgres/database.js";
import { Wakeups } from "../../../lib/storage/postgres/listen-notify.js";
import { namesIn } from "../../../lib/storage/postgres/names.js";
import { Plans } from "../../../lib/storage/postgres/plans.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { cuttingProxy } from "./cutting-proxy.js";
import { watched } from "./watched.js";

const LISTENERS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";

/** A count that can be waited for. */
const counter = () => {
  let count = 0;
  return {
    add: (): void => {
      count++;
    },
    get count() {
      return count;
    },
    async reaches(many: number): Promise<void> {
      while (count < many) await new Promise((resolve) => setTimeout(resolve, 2));
    },
  };
};

const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

describe("postgresStorage's watch", () => {
  let database: PostgresDatabase;
  let one: Storage;
  let other: Storage;
  let payments = 0;
  let wakes: ReturnType<typeof counter>;
  let end: (() => void) | undefined;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
  });

  beforeEach(async () => {
    one = postgresStorage(database.pool());
    other = postgresStorage(database.pool());
    await one.start();
    await other.start();
    wakes = counter();
  });

  afterEach(async () => {
    end?.();
    await one.stop();
    await other.stop();
  });

  after(() => database.drop());

  const listeners = async (many: number): Promise<void> => {
    const pool = database.pool({ max: 1 });
    while ((await pool.query(LISTENERS)).rows.length !== many) await new Promise((resolve) => setTimeout(resolve, 5));
    await pool.end();
  };

  /** It is woken once when it begins to listen, for what came before. */
  const listen = async (): Promise<void> => {
    end = other.watch?.(wakes.add);
    await wakes.reaches(1);
  };

  const openDue = async (storage: Storage): Promise<void> => {
    const payment = samplePayment(`p${++payments}`);
    await openNew(storage, payment, [deliver(payment, 1)]);
  };

  it("keeps one connection, also where a watcher comes while the one before is not yet listened for", async () => {
    let asked = (): void => undefined;
    let release = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    let listens = 0;
    let connecting = 0;
    const pool = watched(database.pool(), {
      before: async ({ text }) => {
        if (!text.startsWith("LISTEN") || ++listens > 1) return;
        asked();
        await isReleased;
      },
    });
    const connect = pool.connect.bind(pool);
    const third = postgresStorage({
      ...pool,
      connect: () => new Promise((resolve) => setTimeout(resolve, connecting)).then(connect),
    });
    await third.start();
    const endFirst = third.watch?.(() => undefined);
    await isAsked;
    endFirst?.();
    connecting = 50;
    const endSecond = third.watch?.(wakes.add);
    release();
    await wakes.reaches(1);
    await quiet();
    await quiet();
    expect(listens).to.equal(2);
    endSecond?.();
    await third.stop();
    await listeners(0);
  });

  it("wakes when another instance has stored something that is due", async () => {
    await listen();
    await openDue(one);
    await wakes.reaches(2);
    const payment = await openNew(one, samplePayment(`p${++payments}`));
    await one.commit(change(payment, {}, [deliver(payment, 1)]));
    await wakes.reaches(3);
    await one.redrive(`${payment.id}:1`, NOW);
    await wakes.reaches(4);
  });

  it("wakes once for much at once", async () => {
    await listen();
    await Promise.all(Array.from({ length: 50 }, () => openDue(one)));
    await wakes.reaches(2);
    await quiet();
    expect(wakes.count).to.be.lessThan(8);
  });

  it("does not wake for its own, nor for what is not due, nor once it has ended", async () => {
    await listen();
    await openDue(other);
    const later = samplePayment(`p${++payments}`);
    await openNew(one, later, [inquire(later, NOW + 1000)]);
    await quiet();
    expect(wakes.count).to.equal(1);
    end?.();
    await openDue(one);
    await quiet();
    expect(wakes.count).to.equal(1);
    await listeners(0);
  });

  it("may be asked for before the start, and by several", async () => {
    await other.stop();
    end = other.watch?.(wakes.add);
    const more = counter();
    const endMore = other.watch?.(more.add);
    await other.start();
    await openDue(one);
    await Promise.all([wakes.reaches(1), more.reaches(1)]);
    await listeners(1);
    endMore?.();
  });

  it("listens again when its connection is lost, and looks for what came meanwhile", async () => {
    await listen();
    const pool = database.pool({ max: 1 });
    await pool.query(`SELECT pg_terminate_backend(pid) FROM (${LISTENERS}) AS l`);
    await wakes.reaches(2);
    await openDue(one);
    await wakes.reaches(3);
    await pool.end();
  });

  it("listens anew where its connection has gone silent and nobody said so", async function () {
    this.timeout(30_000);
    const proxy = await cuttingProxy(await sharedPostgres());
    const connectionString = `postgres://postgres@127.0.0.1:${proxy.port}/${database.name}`;
    const far = new Database(database.pool({ connectionString }), 1000, new Plans(false));
    far.open();
    const listening = new Wakeups(far, namesIn("antom"), 200);
    listening.watch(wakes.add);
    listening.start();
    await wakes.reaches(1);
    await openDue(one);
    await wakes.reaches(2);
    proxy.silence("before");
    await wakes.reaches(3);
    await openDue(one);
    await wakes.reaches(4);
    for (let beats = 0; beats < 5; beats++) await quiet();
    expect(wakes.count).to.equal(4);
    listening.stop();
    far.close();
    await proxy.close();
  });

  it("asks its connection for an answer now and then, and once it is stopped no more", async () => {
    const beats = counter();
    const heard = watched(database.pool(), {
      before: ({ text }) => {
        if (text === "SELECT 1") beats.add();
        return Promise.resolve();
      },
    });
    const near = new Database(heard, 1000, new Plans(false));
    near.open();
    const listening = new Wakeups(near, namesIn("antom"), 20);
    listening.watch(wakes.add);
    listening.start();
    await beats.reaches(3);
    listening.stop();
    const seen = beats.count;
    await quiet();
    expect(beats.count).to.equal(seen);
    near.close();
  });

  it("keeps no connection of a pool of one, where the worker looks by itself", async () => {
    const small = postgresStorage(database.pool({ max: 1 }));
    const endSmall = small.watch?.(wakes.add);
    await small.start();
    await openDue(one);
    expect(await small.get(`p${payments}`)).to.not.equal(undefined);
    await quiet();
    expect(wakes.count).to.equal(0);
    endSmall?.();
    await small.stop();
  });

  it("leaves no connection behind when it stops", async () => {
    await listen();
    await other.stop();
    await listeners(0);
  });
});
