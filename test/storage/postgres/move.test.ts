import { copyFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect } from "chai";
import Libsql from "libsql";
import type { Pool } from "pg";
import { times } from "../../../lib/storage/conformance/chance.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import {
  change,
  claimOne,
  deliver,
  inquire,
  NOW,
  opening,
  openNew,
  recording,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { type PostgresStorage, postgresStorage } from "../../../lib/storage/postgres.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { giveBackUnseen } from "../../../lib/storage/postgres/give-back.js";
import { Connection } from "../../../lib/storage/sqlite/connection.js";
import { resolveDriver, type SqliteDriver } from "../../../lib/storage/sqlite/driver.js";
import type { ClaimedTask, Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { type Folder, makeFolder } from "../sqlite/folder.js";
import { answersOf, fillShop, workOn } from "./moved-shop.js";
import { rejection } from "./rejection.js";
import { watched } from "./watched.js";

describe("takeOver", function () {
  this.timeout(60_000);
  let database: PostgresDatabase;
  let pool: Pool;
  let storage: PostgresStorage;
  let folder: Folder;
  let path: string;
  let file: Storage;

  beforeEach(async () => {
    database = await (await sharedPostgres()).database();
    pool = database.pool();
    storage = postgresStorage(pool);
    await storage.start();
    folder = makeFolder();
    path = folder.path("payments.db");
    file = sqliteStorage(path);
    await file.start();
  });

  afterEach(async () => {
    await storage.stop();
    await file.stop();
    await database.drop();
    folder.remove();
  });

  /** What the tables hold, a row a line. */
  const rowsOf = async (table: string): Promise<unknown[]> =>
    (await pool.query<Record<string, unknown>>(`SELECT * FROM antom.${table}`)).rows;
  const isUntouched = async (): Promise<boolean> => {
    const tables = ["payments", "journal", "tasks", "deferred", "cards"];
    return (await Promise.all(tables.map(rowsOf))).every(({ length }) => length === 0);
  };
  const canBeWritten = async (): Promise<boolean> => {
    const other = sqliteStorage(path);
    await other.start();
    const { isNew } = await other.open(opening(samplePayment(`later ${performance.now()}`)));
    await other.stop();
    return isNew;
  };

  describe("of all that a shop may have", () => {
    let twin: Storage;
    let out: ClaimedTask[];

    beforeEach(async () => {
      out = await fillShop(file);
      await file.stop();
      copyFileSync(path, folder.path("twin.db"));
      twin = sqliteStorage(folder.path("twin.db"));
      await twin.start();
      await file.start();
    });
    afterEach(() => twin.stop());

    it("gives what the file gave, and goes on as it would have", async () => {
      const progress: (readonly [number, number])[] = [];
      const moved = await storage.takeOver(path, { onProgress: (...told) => progress.push(told) });
      expect(moved).to.deep.include({ payments: 1117, cards: 3, isRepeated: false });
      const total = moved.payments + moved.entries + moved.events + moved.tasks + moved.cards;
      expect(progress.at(-1)).to.deep.equal([total, total]);
      expect(progress.length).to.be.greaterThan(5);
      expect(progress.every(([done], nth) => done > (progress[nth - 1]?.[0] ?? 0))).to.equal(true);

      // What was deferred is brought in among the tasks in the order in which it is due, of which nothing is promised; so it is worked on first.
      const [mine, theirs] = [await workOn(storage, out), await workOn(twin, out)];
      expect(mine).to.deep.equal(theirs);
      expect(JSON.stringify(mine)).to.include("record:at rest").and.include("given up:2");
      expect(await answersOf(storage)).to.deep.equal(await answersOf(twin));
    });

    it("gives what the file gave before anybody works on", async () => {
      await storage.takeOver(path);
      const [mine, theirs] = [await answersOf(storage), await answersOf(twin)];
      for (const [question, answer] of Object.entries(mine)) expect(answer, question).to.deep.equal(theirs[question]);
      expect(mine["list {}"]).to.have.lengthOf(1117);
    });

    it("writes what the storage itself would have written, beside what the row alone tells", async () => {
      await storage.takeOver(path);
      const others = postgresStorage(pool, { schema: "fresh" });
      await others.start();
      const { items } = await storage.list({ limit: 1000, search: "at Antom 1" });
      for (const payment of items) await others.open({ ...opening(payment), isLive: false });
      const { rows } = await pool.query<Record<string, unknown>>(
        `SELECT m FROM antom.payments m WHERE payment_id = 'at Antom 1'
         AND to_jsonb(m) - 'number' - 'token' - 'live' NOT IN (SELECT to_jsonb(f) - 'number' - 'token' - 'live' FROM fresh.payments f)`,
      );
      expect(items.length).to.be.greaterThan(2);
      expect(rows).to.deep.equal([]);
      const tokens = await pool.query<{ count: string }>("SELECT count(DISTINCT token) FROM antom.payments");
      expect(tokens.rows).to.deep.equal([{ count: "1117" }]);
      await others.stop();
    });
  });

  it("takes over what is in the log only, and files of a version before", async () => {
    const payment = await openNew(file, samplePayment("a"), [inquire(samplePayment("a"))]);
    expect((await storage.takeOver(path)).payments).to.equal(1);
    expect(await storage.get("a")).to.deep.equal(payment);
    expect(await claimOne(storage)).to.have.nested.property("task.id", "inquire:a");
    const [old, fresh] = [folder.path("old.db"), postgresStorage(pool, { schema: "other" })];
    const connection = new Connection(resolveDriver(undefined), old);
    const { MIGRATIONS } = await import("../../../lib/storage/sqlite/schema.js");
    connection.exec(`CREATE TABLE antom_migrations (version INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT;
      ${MIGRATIONS[0] ?? ""}; INSERT INTO antom_migrations (version) VALUES (1)`);
    connection.run(
      `INSERT INTO antom_payments (id, order_id, status, live, conflict, version, created_at, data) VALUES ('a', 'order-of-a', 'created', 1, 0, 1, ?, ?)`,
      ...[NOW, JSON.stringify(payment)],
    );
    connection.close();
    await fresh.start();
    expect((await fresh.takeOver(old)).payments).to.equal(1);
    expect(await fresh.get("a")).to.deep.equal(payment);
    await fresh.stop();
  });

  it("works with a role that may read and write and no more", async () => {
    await openNew(file, samplePayment("a"), [deliver(samplePayment("a"), 1)]);
    const role = `mover_${database.name}`;
    await pool.query(`CREATE ROLE ${role} LOGIN; GRANT USAGE ON SCHEMA antom TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA antom TO ${role}`);
    const poor = postgresStorage(
      database.pool({ user: role, connectionString: database.connectionString.replace("//postgres@", `//${role}@`) }),
    );
    await poor.start();
    expect(await poor.takeOver(path)).to.deep.include({ payments: 1, events: 1 });
    await openNew(poor, samplePayment("b"));
    const { items } = await poor.list({ limit: 5 });
    expect(items.map(({ id }) => id)).to.deep.equal(["b", "a"]);
    await poor.stop();
  });

  it("counts what has come, and gives up where anything is missing", async () => {
    await openNew(file, samplePayment("a"));
    await pool.query(`CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER swallow BEFORE INSERT ON antom.journal FOR EACH ROW EXECUTE FUNCTION swallow()`);
    const error = await rejection(storage.takeOver(path));
    expect([error.code, error.message]).to.deep.equal([
      "internal",
      "Of 1 entries in the file 0 would have come to PostgreSQL. Nothing was moved, and payments.db can be written as before.",
    ]);
    expect(await isUntouched()).to.equal(true);
    expect(await canBeWritten()).to.equal(true);
  });

  describe("closes the file", () => {
    const drivers: Readonly<Record<string, SqliteDriver>> = {
      "the driver of this Node": resolveDriver(undefined),
      "@photostructure/sqlite": DatabaseSync,
      libsql: Libsql,
    };
    for (const [name, driver] of Object.entries(drivers)) {
      it(`for all that use it still, whatever they ask for, and for all that start on it (${name})`, async () => {
        await isClosedFor(driver);
      });
    }

    /** Everything that a process on the file can ask for is refused, also where the driver has the statement at hand. */
    const isClosedFor = async (driver: SqliteDriver): Promise<void> => {
      const still = sqliteStorage(path, { driver });
      await still.start();
      const payment = await openNew(still, samplePayment("a"), [
        deliver(samplePayment("a"), 1),
        inquire(samplePayment("a")),
      ]);
      const old = await openNew(
        still,
        samplePayment("old", {
          status: "failed",
          evidence: { failed: true },
          updatedAt: 1,
          expiresAt: 1,
          createdAt: 1,
        }),
      );
      await still.cards.put(sampleCard("c"));
      const [task] = await still.claim({ now: NOW, lease: 5, limit: 1 });
      await still.defer(recording({ id: "a" }, NOW + 5));
      const calls: Record<string, () => Promise<unknown>> = {
        get: () => still.get("a"),
        "get of one that is not there": () => still.get("b"),
        find: () => still.find({ paymentId: "p" }),
        findByOrder: () => still.findByOrder(payment.orderId),
        list: () => still.list({ limit: 9 }),
        overview: () => still.overview({ from: NOW, to: NOW + 1 }),
        journal: () => still.journal("a"),
        "cards of a buyer": () => still.cards.list("buyer"),
        "a card": () => still.cards.get("c"),
        "open of an order that is live": () => still.open(opening(samplePayment("c", { orderId: payment.orderId }))),
        open: () => still.open(opening(samplePayment("b"))),
        commit: () => still.commit(change(payment)),
        "commit of a task alone": () =>
          still.commit({ ...change(payment, {}, [inquire(payment, NOW + 1)]), entries: [] }),
        defer: () => still.defer(recording(old, NOW + 50)),
        claim: () => still.claim({ now: NOW + 10, lease: 5, limit: 9 }),
        settle: () => still.settle(task!, { done: true }),
        redrive: () => still.redrive("a:1", NOW),
        prune: () => still.prune({ unpaidBefore: NOW, paidBefore: NOW, limit: 9 }),
        tasks: () => still.tasks({ limit: 9 }),
        "a card put": () => still.cards.put(sampleCard("d")),
        "a card put again": () => still.cards.put(sampleCard("c", { version: 2 })),
        "a card removed": () => still.cards.remove("c", "buyer"),
      };
      for (const name of ["get", "find", "findByOrder", "list", "overview", "journal", "cards of a buyer", "a card"]) {
        await calls[name]?.();
      }
      expect(await storage.takeOver(path, { driver })).to.deep.include({ payments: 2, tasks: 2 });
      for (const [name, call] of Object.entries(calls)) {
        const error = await rejection(call().then(() => expect.fail(name)));
        expect(error.code, name).to.equal("storage_unavailable");
        expect(error.message, name).to.equal(
          "The kit's tables are gone from the SQLite file: `npx express-antom move` took the payments to PostgreSQL, or somebody else removed them. " +
            "Stop this process.",
        );
      }
      const error = await rejection(sqliteStorage(path, { driver }).start());
      expect(error.code).to.equal("configuration_invalid");
      expect(error.message).to.match(/were moved to PostgreSQL \(database \w+, schema antom\) on \d.*postgresStorage/);
      expect(await giveBackUnseen(path, { driver })).to.equal(true);
      for (const name of ["list", "journal", "a card"]) await calls[name]?.();
      expect(await still.commit(change(payment))).to.equal("committed");
      await still.stop();
    };

    it("and leaves it as it was made, once it is opened again", async () => {
      const made = (): unknown[] => {
        const connection = new Connection(resolveDriver(undefined), path);
        const rows = connection.all(
          "SELECT name, tbl_name, replace(sql, char(34), '') AS sql FROM sqlite_schema ORDER BY name",
        );
        expect(connection.all("PRAGMA foreign_key_check")).to.deep.equal([]);
        connection.close();
        return rows;
      };
      const before = made();
      await openNew(file, samplePayment("a"), [inquire(samplePayment("a"))]);
      await storage.takeOver(path);
      expect(made()).to.not.deep.equal(before);
      await giveBackUnseen(path);
      expect(made()).to.deep.equal(before);
    });

    it("before it reads: what is written up to then comes along, and nothing after", async () => {
      await Promise.all(times(600, (nth) => file.open(opening(samplePayment(`p${nth}`)))));
      const written = ["p0"];
      const write = async (nth: number): Promise<void> => {
        await file.open(opening(samplePayment(`while ${nth}`)));
        written.push(`while ${nth}`);
        await write(nth + 1);
      };
      const shop = rejection(write(0));
      await storage.takeOver(path);
      await shop;
      for (const id of written) expect(await storage.get(id), id).to.not.equal(undefined);
      expect((await storage.list({ limit: 1000 })).items).to.have.lengthOf(599 + written.length);
    });
  });

  describe("refuses, with nothing changed,", () => {
    const refused = async (work: Promise<unknown>, words: RegExp): Promise<void> => {
      const error = await rejection(work);
      expect(error.message).to.match(words);
      expect(error.code).to.equal("configuration_invalid");
    };

    it("tables that hold anything", async () => {
      await openNew(file, samplePayment("a"));
      await storage.cards.put(sampleCard("c"));
      await refused(storage.takeOver(path), /already in database \w+, schema antom.*another schema/);
      expect(await storage.get("a")).to.equal(undefined);
      expect(await canBeWritten()).to.equal(true);
    });

    it("a file that is none, or none of payments", async () => {
      writeFileSync(folder.path("text.db"), "this is not SQLite\n".repeat(100));
      const empty = new Connection(resolveDriver(undefined), folder.path("empty.db"));
      empty.exec("CREATE TABLE t (x)");
      empty.close();
      await refused(storage.takeOver(folder.path("none.db")), /no file/);
      await refused(storage.takeOver(folder.path("text.db")), /not an SQLite file/);
      await refused(storage.takeOver(folder.path("empty.db")), /holds no payments of express-antom/);
    });

    for (const [what, sql] of [
      ["order", "UPDATE antom_payments SET data = json_set(data, '$.orderId', 'x' || char(0)) WHERE id = 'b'"],
      [
        "order of half a character",
        `UPDATE antom_payments SET data = replace(data, 'order-of-b', 'x\\ud800') WHERE id = 'b'`,
      ],
      ["task", ""],
    ] as const) {
      it(`a payment that PostgreSQL cannot keep as it is, and names it: its ${what}`, async () => {
        await openNew(file, samplePayment("a"));
        await openNew(file, samplePayment("b"), what === "task" ? [inquire(samplePayment("b"), NOW, "x\0y")] : []);
        const connection = new Connection(resolveDriver(undefined), path);
        connection.exec(sql);
        connection.close();
        await refused(
          storage.takeOver(path),
          /payment b holds a NUL.*Nothing was moved, and payments\.db can be written as before/s,
        );
        expect(await isUntouched()).to.equal(true);
        expect(await canBeWritten()).to.equal(true);
      });
    }

    it("tables that others do not stop writing", async () => {
      const hurried = postgresStorage(pool, { timeout: 50 });
      await hurried.start();
      const locker = await pool.connect();
      await locker.query("BEGIN; LOCK TABLE antom.tasks IN ROW EXCLUSIVE MODE");
      const error = await rejection(hurried.takeOver(path));
      expect([error.code, error.message]).to.deep.equal([
        "storage_unavailable",
        "Others write the tables in schema antom: another move, or a shop that was started on them. Wait for the one, stop the other.",
      ]);
      await locker.query("ROLLBACK");
      locker.release();
      expect(await canBeWritten()).to.equal(true);
      await hurried.stop();
    });
  });

  describe("beside others", () => {
    it("waits for those who write the tables, and takes what comes to the file meanwhile", async () => {
      await openNew(file, samplePayment("a"));
      const locker = await pool.connect();
      await locker.query("BEGIN; LOCK TABLE antom.tasks IN ROW EXCLUSIVE MODE");
      const moving = storage.takeOver(path);
      const opened = await openNew(file, samplePayment("b"));
      await locker.query("COMMIT");
      locker.release();
      expect((await moving).payments).to.equal(2);
      expect(await storage.get("b")).to.deep.equal(opened);
    });

    it("has them wait who write the tables meanwhile", async () => {
      await openNew(file, samplePayment("a"));
      await file.cards.put(sampleCard("c"));
      let rival: Promise<{ isNew: boolean }> | undefined;
      const slow = postgresStorage(
        watched(pool, {
          before: async ({ text }) => {
            if (!text.includes('INSERT INTO "antom".cards')) return;
            rival = storage.open(opening(samplePayment("a", { orderId: "other" }), []));
            // So long that who does not wait is done.
            await new Promise((resolve) => setTimeout(resolve, 100));
          },
        }),
      );
      await slow.start();
      expect((await slow.takeOver(path)).payments).to.equal(1);
      // It came after: the id was there already.
      await rejection(rival ?? Promise.resolve());
      expect((await storage.get("a"))?.orderId).to.equal("order-of-a");
      await slow.stop();
    });

    it("is done by one of two that move at once, and the other one says so", async () => {
      await Promise.all(times(700, (nth) => file.open(opening(samplePayment(`p${nth}`)))));
      const both = await Promise.all([storage.takeOver(path), storage.takeOver(path)]);
      expect(both.map(({ isRepeated }) => isRepeated)).to.have.members([false, true]);
      expect(await rowsOf("payments")).to.have.lengthOf(700);
    });
  });
});
