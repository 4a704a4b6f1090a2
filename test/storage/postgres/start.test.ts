import { expect } from "chai";
import { Client, Pool } from "pg";
import { times } from "../../../lib/storage/conformance/chance.js";
import { change, NOW, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { type PostgresPool, postgresStorage } from "../../../lib/storage/postgres.js";
import { Database } from "../../../lib/storage/postgres/database.js";
import { Plans } from "../../../lib/storage/postgres/plans.js";
import { migrate } from "../../../lib/storage/postgres/migrate.js";
import { namesIn } from "../../../lib/storage/postgres/names.js";
import { migrationsOf } from "../../../lib/storage/postgres/schema.js";
import { type PostgresDatabase, type PostgresServer, sharedPostgres, startPostgres } from "../../support/postgres.js";
import { gate } from "./gate.js";
import { rejection } from "./rejection.js";
import { scattered } from "./scattered.js";
import { untilOneWaits } from "./until-one-waits.js";
import { watched } from "./watched.js";

describe("postgresStorage's start", () => {
  let server: PostgresServer;
  let database: PostgresDatabase;
  let pool: Pool;

  before(async function () {
    this.timeout(60_000);
    server = await sharedPostgres();
  });

  beforeEach(async () => {
    database = await server.database();
    pool = database.pool();
  });

  afterEach(() => database.drop());

  const intervalSetting = (): string => `ALTER DATABASE ${database.name} SET client_connection_check_interval = '2s'`;

  /** A pool of a role that may connect, and no more than the statements grant. */
  const poolOf = async (role: string, ...grants: string[]): Promise<Pool> => {
    await pool.query(`DROP ROLE IF EXISTS ${role}; CREATE ROLE ${role} LOGIN; ${grants.join("; ")}`);
    return database.pool({
      user: role,
      connectionString: database.connectionString.replace("//postgres@", `//${role}@`),
    });
  };

  it("makes the tables once when twenty instances start at once, and uses them", async () => {
    const storages = times(20, () => postgresStorage(database.pool({ max: 2 })));
    await Promise.all(storages.map((storage) => storage.start()));
    const { rows } = await pool.query("SELECT version, oldest FROM antom.migrations ORDER BY version");
    expect(rows).to.deep.equal([
      { version: 0, oldest: 0 },
      { version: 1, oldest: 1 },
      { version: 2, oldest: 1 },
      { version: 3, oldest: 1 },
    ]);
    for (const [nth, storage] of storages.entries()) await openNew(storage, samplePayment(`p${nth}`));
    await Promise.all(storages.map((storage) => storage.stop()));
  });

  it("takes each step once when twenty instances of a newer version start beside older ones at work", async () => {
    const old = postgresStorage(pool);
    await old.start();
    const payment = await openNew(old, samplePayment("a"));
    const names = namesIn("antom");
    const added = `ALTER TABLE ${names.payments} ADD COLUMN colour text NOT NULL DEFAULT 'red'`;
    const newer = [...migrationsOf(names), { oldest: 1, statements: [added] }];
    const databases = times(20, () => new Database(database.pool({ max: 1 }), 10_000, new Plans(true)));
    await Promise.all(
      databases.map((each) => {
        each.open();
        return migrate(each, names, newer);
      }),
    );
    for (const each of databases) each.close();
    expect(await old.commit(change(payment))).to.equal("committed");
    await openNew(old, samplePayment("b"));
    await old.stop();
    const again = postgresStorage(pool);
    await again.start();
    expect((await again.get("a"))?.version).to.equal(2);
    await again.stop();
  });

  /** A database on a pool of its own, which brings the tables up to date. */
  const opened = (through: PostgresPool): Database => {
    const made = new Database(through, 10_000, new Plans(true));
    made.open();
    return made;
  };

  it("goes on where another instance froze in the middle of a step, and can be given up while that one is waited for", async function () {
    this.timeout(30_000);
    const [reached, frozen] = [gate(), gate()];
    const freezing = watched(database.pool(), {
      before: async ({ text }) => {
        if (!text.startsWith("SELECT max(version)")) return;
        reached.open();
        await frozen.passed;
      },
    });
    const first = opened(freezing);
    const names = namesIn("antom");
    const migrated = migrate(first, names, migrationsOf(names), 4000);
    await reached.passed;
    const since = performance.now();
    const second = postgresStorage(pool);
    const third = postgresStorage(database.pool(), { timeout: 300 });
    const secondStarted = second.start();
    const thirdStarted = rejection(third.start());
    await new Promise((resolve) => setTimeout(resolve, 100));
    await third.stop();
    expect(performance.now() - since, "a stop does not wait for it").to.be.lessThan(3500);
    expect((await thirdStarted).code).to.equal("storage_unavailable");
    const thirdAgain = third.start();
    await secondStarted;
    expect(performance.now() - since).to.be.lessThan(9000);
    await thirdAgain;
    frozen.open();
    await migrated;
    first.close();
    await openNew(third, samplePayment("a"));
    expect(await second.get("a")).to.have.property("id", "a");
    await Promise.all([second.stop(), third.stop()]);
  });

  it("does not let a shop at work wait behind a step that waits for a long report", async function () {
    this.timeout(30_000);
    const old = postgresStorage(pool);
    await old.start();
    await openNew(old, samplePayment("a"));
    const report = await database.pool().connect();
    await report.query("BEGIN; SELECT count(*) FROM antom.payments");
    const names = namesIn("antom");
    const newer = opened(database.pool());
    const added = `ALTER TABLE ${names.payments} ADD COLUMN colour text`;
    const migrated = migrate(newer, names, [...migrationsOf(names), { oldest: 1, statements: [added] }]);
    await untilOneWaits(pool);
    expect(await old.get("a")).to.have.property("id", "a");
    await report.query("COMMIT");
    report.release();
    await migrated;
    newer.close();
    await old.stop();
  });

  it("refuses tables that have gone beyond what it can work with", async () => {
    const storage = postgresStorage(pool);
    await storage.start();
    await storage.stop();
    await pool.query("INSERT INTO antom.migrations (version, oldest) VALUES (4, 4)");
    const error = await rejection(postgresStorage(pool).start());
    expect(error.code).to.equal("configuration_invalid");
    expect(error.message).to.match(/version 4.*Update the package/);
  });

  it("keeps two shops apart in two schemas", async () => {
    const [one, other] = [postgresStorage(pool, { schema: "one" }), postgresStorage(pool, { schema: "other" })];
    await Promise.all([one.start(), other.start()]);
    await openNew(one, samplePayment("a"));
    expect(await other.get("a")).to.equal(undefined);
    await Promise.all([one.stop(), other.stop()]);
  });

  it("tells a role that may not make the tables what to do, and that helps", async () => {
    const role = `poor_${database.name}`;
    const poor = await poolOf(role);
    const error = await rejection(postgresStorage(poor).start());
    expect(error.code).to.equal("configuration_invalid");
    const help = /CREATE SCHEMA antom AUTHORIZATION \w+/.exec(error.message)?.[0] ?? expect.fail(error.message);
    await pool.query(help);
    const storage = postgresStorage(poor);
    await storage.start();
    await openNew(storage, samplePayment("a"));
    await storage.stop();
    await pool.query(`DROP SCHEMA antom CASCADE; DROP ROLE ${role}`);
  });

  it("asks no more than to read and write of a role, once the tables are there", async () => {
    const admin = postgresStorage(pool);
    await admin.start();
    await admin.stop();
    const role = `plain_${database.name}`;
    const plain = await poolOf(
      role,
      `GRANT USAGE ON SCHEMA antom TO ${role}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA antom TO ${role}`,
    );
    const storage = postgresStorage(plain);
    await storage.start();
    const payment = await openNew(storage, samplePayment("a"));
    expect(await storage.commit(change(payment))).to.equal("committed");
    expect(await storage.prune({ unpaidBefore: NOW, paidBefore: NOW, limit: 5 })).to.equal(0);
    await storage.stop();
    await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  it("says which server it is, and how that keeps commits", async () => {
    for (const [options, how] of [
      [{}, /^PostgreSQL \d+.*, which has each commit on its disk/],
      [{ acceptFsyncOff: true }, /^PostgreSQL \d+.*, which keeps commits by means of its own/],
    ] as const) {
      const storage = postgresStorage(pool, options);
      await storage.start();
      const { kind, text, isDurable } = (await storage.describe?.()) ?? {};
      expect([kind, isDurable]).to.deep.equal(["postgres", true]);
      expect(text).to.match(how);
      await storage.stop();
    }
  });

  it("advises to let the server end what waits for a lock, where the kit cannot ask it to", async () => {
    const adviceOn = async (through: PostgresPool): Promise<string | undefined> => {
      const storage = postgresStorage(through);
      await storage.start();
      const described = await storage.describe?.();
      await storage.stop();
      return described?.advice;
    };
    expect(await adviceOn(pool)).to.equal(undefined);
    const advice = (await adviceOn(scattered(pool))) ?? expect.fail("no advice");
    const help = /ALTER ROLE postgres SET lock_timeout = '4s'/.exec(advice)?.[0] ?? expect.fail(advice);
    for (const setting of [help.replace("ROLE postgres", `DATABASE ${database.name}`), intervalSetting()]) {
      await pool.query(setting);
      expect(await adviceOn(scattered(database.pool()))).to.equal(undefined);
      await pool.query(`ALTER DATABASE ${database.name} RESET ALL`);
    }
  });

  it("advises to give the pool a time for new connections where it has none, and says so when none became free", async () => {
    for (const [connectionTimeoutMillis, isAdvised] of [
      [undefined, true],
      [0, true],
      [10_000, false],
    ] as const) {
      const own = database.pool({ max: 1, connectionTimeoutMillis });
      const storage = postgresStorage(own, { timeout: 100 });
      await storage.start();
      const advice = (await storage.describe?.())?.advice ?? "";
      expect(advice.includes("connectionTimeoutMillis"), advice).to.equal(isAdvised);
      const taken = await own.connect();
      const error = await rejection(storage.get("PAY0"));
      taken.release();
      await storage.stop();
      expect(error.message).to.match(/^No connection of the pool became free/);
      expect(error.message.includes("connectionTimeoutMillis")).to.equal(isAdvised);
    }
  });

  it("refuses commits that a power cut would undo", async () => {
    await pool.query(`ALTER DATABASE ${database.name} SET synchronous_commit = off`);
    const error = await rejection(postgresStorage(database.pool()).start());
    expect(error.code).to.equal("storage_not_durable");
    expect(error.message).to.include("synchronous_commit is off");
    for (const value of ["local", "remote_write", "remote_apply", "on"]) {
      await pool.query(`ALTER DATABASE ${database.name} SET synchronous_commit = ${value}`);
      const storage = postgresStorage(database.pool());
      await storage.start();
      await storage.stop();
    }
  });

  it("refuses a database that cannot keep every text", async () => {
    const name = `latin_${database.name}`;
    await pool.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'`);
    const latin = new Pool({ connectionString: database.connectionString.replace(database.name, name) });
    latin.on("error", () => undefined);
    const error = await rejection(postgresStorage(latin).start());
    expect(error.code).to.equal("configuration_invalid");
    expect(error.message).to.match(/LATIN1.*ENCODING 'UTF8'/);
    await latin.end();
    await pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  it("refuses connections that are read-only", async () => {
    const error = await rejection(
      postgresStorage(database.pool({ options: "-c default_transaction_read_only=on" })).start(),
    );
    expect(error.code).to.equal("configuration_invalid");
    expect(error.message).to.include("default_transaction_read_only");
  });

  it("is not come to with a pool that answers in binary, and the option is named", () => {
    const poolWith = (binary: boolean): Pool => new Pool({ max: 1, ...{ binary } });
    const refused = expect(() => postgresStorage(poolWith(true))).to.throw(/option `binary` is on/);
    refused.with.property("code", "configuration_invalid");
    refused.with.nested.property("problems[0].at", "pool");
    expect(() => postgresStorage(poolWith(false))).not.to.throw();
  });

  it("refuses connections on which no payment could be written, as they take no NULL in an array", async () => {
    const error = await rejection(postgresStorage(database.pool({ options: "-c array_nulls=off" })).start());
    expect(error.code).to.equal("configuration_invalid");
    expect(error.message).to.include("turn array_nulls on");
  });

  it("refuses a server without fsync unless told, and a standby always", async function () {
    this.timeout(60_000);
    const loose = await startPostgres({ settings: { fsync: "off" } });
    const there = await loose.database();
    const storage = postgresStorage(there.pool());
    const error = await rejection(storage.start());
    expect(error.code).to.equal("storage_not_durable");
    expect(error.message).to.include("fsync is off");
    const told = postgresStorage(there.pool(), { acceptFsyncOff: true });
    await told.start();
    await told.stop();
    await loose.kill();
    await loose.start("standby");
    const standby = await rejection(postgresStorage(there.pool(), { acceptFsyncOff: true }).start());
    expect(standby.code).to.equal("configuration_invalid");
    expect(standby.message).to.include("standby");
    await loose.stop();
  });

  it("tells of a server that is not there, and works once it is", async () => {
    const away = new Pool({ host: "127.0.0.1", port: 1, user: "nobody" });
    const error = await rejection(postgresStorage(away, { timeout: 50 }).start());
    expect(error.code).to.equal("storage_unavailable");
    expect(error.message).to.include("cannot be reached");
    expect(error.cause).to.be.instanceOf(Error);
    await away.end();
  });

  it("refuses what is no pool, and options that cannot be used", () => {
    const none: unknown[] = [undefined, {}, "postgres://", new Client()];
    for (const value of none) {
      expect(() => postgresStorage(value as Pool))
        .to.throw()
        .with.property("code", "configuration_invalid");
    }
    for (const schema of ["", "Antom", "a-b", 'a"b', "pg_antom", "a".repeat(52), "1a"]) {
      expect(() => postgresStorage(pool, { schema }))
        .to.throw()
        .with.property("code", "configuration_invalid");
    }
    for (const timeout of [-1, 1.5, NaN, 600_001]) {
      expect(() => postgresStorage(pool, { timeout }))
        .to.throw()
        .with.property("code", "configuration_invalid");
    }
  });
});
