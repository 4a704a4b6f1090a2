import { expect } from "chai";
import type { Pool } from "pg";
import type { AntomError } from "../../../lib/errors.js";
import { times } from "../../../lib/storage/conformance/chance.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import { failed } from "../../../lib/storage/conformance/resting.js";
import { inquire, opening, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { type PostgresStorage, postgresStorage } from "../../../lib/storage/postgres.js";
import { giveBackUnseen } from "../../../lib/storage/postgres/give-back.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { Connection } from "../../../lib/storage/sqlite/connection.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { closingOf, type Destination, open } from "../../../lib/storage/sqlite/closing.js";
import { MovingFile } from "../../../lib/storage/sqlite/moving-file.js";
import { type PostgresDatabase, type PostgresServer, sharedPostgres } from "../../support/postgres.js";
import { type Folder, makeFolder } from "../sqlite/folder.js";
import { sqliteError, watch } from "../sqlite/watched.js";
import { type CuttingProxy, cuttingProxy } from "./cutting-proxy.js";
import { rejection } from "./rejection.js";
import { watched, type Watcher } from "./watched.js";

const MANY = 1200;

describe("a move that is broken off", function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let database: PostgresDatabase;
  let pool: Pool;
  let folder: Folder;
  let path: string;
  let storage: PostgresStorage;

  before(async () => {
    server = await sharedPostgres();
  });

  beforeEach(async () => {
    database = await server.database();
    pool = database.pool();
    storage = postgresStorage(pool);
    await storage.start();
    folder = makeFolder();
    path = folder.path("payments.db");
    const file = sqliteStorage(path);
    await file.start();
    await Promise.all(
      times(MANY, (nth) => file.open(opening(samplePayment(`p${nth}`), [inquire(samplePayment(`p${nth}`))]))),
    );
    await file.cards.put(sampleCard("c"));
    await file.stop();
  });

  afterEach(async () => {
    await storage.stop();
    await database.drop();
    folder.remove();
  });

  const held = async (): Promise<number> =>
    Number((await pool.query<{ count: string }>("SELECT count(*) FROM antom.payments")).rows[0]?.count);
  const inFile = (sql: string): void => {
    const connection = new Connection(resolveDriver(undefined), path);
    connection.exec(sql);
    connection.close();
  };
  /** Whether a shop can start on the file and take a payment; the error's words otherwise. */
  const started = async (): Promise<true | string> => {
    const file = sqliteStorage(path);
    try {
      await file.start();
      return (await file.open(opening(samplePayment(`later ${performance.now()}`)))).isNew || "not new";
    } catch (error) {
      return (error as Error).message;
    } finally {
      await file.stop();
    }
  };
  /** A storage on a pool of which each statement is seen. */
  const seen = async (watcher: Watcher): Promise<PostgresStorage> => {
    const other = postgresStorage(watched(pool, watcher));
    await other.start();
    return other;
  };
  const isMoved = async (): Promise<void> => {
    expect(await held()).to.equal(MANY);
    expect(await storage.cards.get("c")).to.deep.equal(sampleCard("c"));
    expect(await started()).to.match(/were moved to PostgreSQL/);
  };
  const isAsBefore = async (): Promise<void> => {
    expect(await held()).to.equal(0);
    expect(await started()).to.equal(true);
  };

  it("by an error of the server changes nothing, and the shop goes on with the file", async () => {
    let statements = 0;
    const other = await seen({
      before: ({ text }) => {
        if (text.includes("INSERT INTO") && text.includes(".journal") && statements++ === 1) {
          throw Object.assign(new Error("the disk is full on purpose"), { code: "53100" });
        }
      },
    });
    const error = await rejection(other.takeOver(path));
    expect(error.code).to.equal("storage_unavailable");
    expect(error.message).to.equal(
      "PostgreSQL's disk or memory is full. Nothing was moved, and payments.db can be written as before.",
    );
    expect(statements).to.equal(2);
    await isAsBefore();
    await other.stop();
  });

  it("by an error of the file changes nothing, and says so where the file cannot be opened again", async () => {
    const broken = watch();
    broken.before = (sql, run) => {
      if (sql.includes("DROP TABLE antom_moved")) throw sqliteError("SQLITE_FULL");
      run(sql);
    };
    const other = await seen({
      before: ({ text }) => {
        if (text.includes("INSERT INTO")) throw Object.assign(new Error("no"), { code: "42501" });
      },
    });
    const error = await rejection(other.takeOver(path, { driver: broken.driver }));
    expect(error.message).to.match(/Nothing was moved, but payments\.db is closed.*disk is full.*--undo/);
    expect(await started()).to.match(/broken off.*--undo/);
    expect(await storage.giveBack(path)).to.equal(true);
    await isAsBefore();
    await other.stop();
  });

  it("by whoever asked for it changes nothing, and rejects with their reason", async () => {
    const controller = new AbortController();
    let last = 0;
    const moving = storage.takeOver(path, {
      signal: controller.signal,
      onProgress: (done) => {
        last = done;
        if (done > 1000) controller.abort();
      },
    });
    expect(await moving.catch((error: unknown) => error)).to.equal(controller.signal.reason);
    expect(last).to.equal(MANY);
    await isAsBefore();
    expect(await storage.takeOver(path)).to.deep.include({ payments: MANY + 1, isRepeated: false });
  });

  describe("by the loss of the connection", () => {
    let proxy: CuttingProxy;
    let through: PostgresStorage;

    beforeEach(async () => {
      proxy = await cuttingProxy(server);
      const connectionString = `postgres://postgres@127.0.0.1:${proxy.port}/${database.name}`;
      through = postgresStorage(database.pool({ connectionString }), { timeout: 1000 });
      await through.start();
    });
    afterEach(async () => {
      await through.stop();
      await proxy.close().catch(() => undefined);
    });

    for (const when of ["before", "after"] as const) {
      it(`${when} a part was copied changes nothing`, async () => {
        proxy.cut('INSERT INTO "antom".tasks', when);
        const error = await rejection(through.takeOver(path));
        expect(error.message).to.match(
          /cannot be reached.*Nothing was moved, and payments\.db can be written as before/,
        );
        expect(proxy.cuts).to.equal(1);
        await isAsBefore();
      });
    }

    it("before the server was told to commit changes nothing, and that is found out", async () => {
      proxy.cut("COMMIT\0", "before");
      const error = await rejection(through.takeOver(path));
      expect(error.message).to.match(/Nothing was moved, and payments\.db can be written as before/);
      expect(proxy.cuts).to.equal(1);
      await isAsBefore();
    });

    it("after it has committed is found out", async () => {
      proxy.cut("COMMIT\0", "after");
      expect(await through.takeOver(path)).to.deep.include({ payments: MANY, cards: 1, isRepeated: false });
      expect(proxy.cuts).to.equal(1);
      await isMoved();
    });

    for (const when of ["before", "after"] as const) {
      it(`${when} it has committed leaves the file closed where nobody can be asked, and the next call settles it`, async () => {
        proxy.cut("COMMIT\0", when);
        const moving = rejection(through.takeOver(path));
        while (proxy.cuts === 0) await new Promise((resolve) => setTimeout(resolve, 2));
        await proxy.close();
        const error = await moving;
        expect(error.code).to.equal("storage_unavailable");
        expect(error.message).to.match(/not known yet\. payments\.db stays closed: run the same command again/);
        expect(await started()).to.match(/broken off/);
        expect(await storage.takeOver(path)).to.deep.include({ payments: MANY, isRepeated: when === "after" });
        await isMoved();
      });
    }
  });

  /** As a process leaves it that was killed while it copied; gives where it copied to. */
  const killed = async (): Promise<Destination> => {
    const { rows } = await pool.query<{ target: string }>(
      `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS target FROM antom.migrations WHERE version = 0`,
    );
    const destination = { target: rows[0]?.target ?? "", place: "database d, schema s" };
    const file = await MovingFile.open(path);
    await file.close(destination, "killed");
    file.end();
    return destination;
  };

  describe("by the end of its process", () => {
    it("leaves the file closed, and is begun anew by the next call", async () => {
      await killed();
      expect(await started()).to.match(
        /were moved to PostgreSQL \(database d, schema s\).*or that was begun and broken off/,
      );
      expect(await storage.takeOver(path)).to.deep.include({ payments: MANY, isRepeated: false });
      await isMoved();
    });

    it("after the commit is found out by the next call, though the shop has gone on and removed all of it meanwhile", async () => {
      await storage.takeOver(path);
      await openNew(storage, failed("new"));
      await pool.query("DELETE FROM antom.payments WHERE id <> 'new'; DELETE FROM antom.cards");
      expect((await rejection(storage.giveBack(path))).message).to.match(/are in PostgreSQL/);
      expect(await storage.takeOver(path)).to.deep.include({ payments: MANY, cards: 1, isRepeated: true });
      expect(await started()).to.match(/were moved to PostgreSQL/);
      expect(await held()).to.equal(1);
    });

    it("after the commit is found out by the next call, though there was nothing in the file", async () => {
      const empty = sqliteStorage(folder.path("empty.db"));
      await empty.start();
      await empty.stop();
      const none = { payments: 0, entries: 0, events: 0, tasks: 0, cards: 0 };
      expect(await storage.takeOver(folder.path("empty.db"))).to.deep.equal({ ...none, isRepeated: false });
      expect(await storage.takeOver(folder.path("empty.db"))).to.deep.equal({ ...none, isRepeated: true });
    });

    it("is not taken for done where a copy of before was moved in its place", async () => {
      const copy = folder.path("copy.db");
      inFile(`VACUUM INTO '${copy}'`);
      inFile("DELETE FROM antom_cards");
      await killed();
      await storage.takeOver(copy);
      for (const work of [() => storage.takeOver(path), () => storage.giveBack(path)]) {
        expect((await rejection(work())).message).to.match(/payments\.db was not moved, but there are/);
      }
      expect(await started()).to.match(/broken off/);
    });

    it("is not settled on tables that a shop was started on meanwhile, nor on others, unless by somebody who knows", async () => {
      await killed();
      await openNew(storage, samplePayment("new"));
      const there = `database ${database.name}, schema antom`;
      for (const work of [() => storage.takeOver(path), () => storage.giveBack(path)]) {
        const error = await rejection(work());
        expect([error.code, error.message]).to.deep.equal([
          "configuration_invalid",
          `payments.db was not moved, but there are rows in ${there} (1 in payments, 1 in journal): a shop was started on these tables meanwhile, or another file moved. ` +
            "Stop the shop. If nothing of that is needed, empty these tables and run the command again. If it is, payments.db has to go elsewhere: open it with " +
            "--undo --target-gone, and move it to another schema, or go on with it for the orders that are in it.",
        ]);
      }
      const other = postgresStorage(pool, { schema: "other" });
      await other.start();
      for (const work of [() => other.takeOver(path), () => other.giveBack(path)]) {
        expect((await rejection(work())).message).to.match(
          /other tables than those of the configuration: database d, schema s/,
        );
      }
      expect(await started()).to.match(/broken off/);
      expect(await giveBackUnseen(path)).to.equal(true);
      expect(await other.takeOver(path)).to.deep.include({ payments: MANY, isRepeated: false });
      await other.stop();
      expect(await started()).to.match(/were moved to PostgreSQL/);
    });

    it("does not open what another has closed meanwhile", async () => {
      const destination = await killed();
      const file = await MovingFile.open(path);
      // One that moves to other tables has looked at the file before it was closed.
      const other = await rejection(file.close({ target: "t", place: "p" }, "another"));
      expect(other.message).to.match(/other tables than those of the configuration/);
      await file.close(destination, "another");
      expect(await file.reopen("killed")).to.equal(false);
      expect(await started()).to.match(/broken off/);
      expect(await file.reopen("another")).to.equal(true);
      file.end();
      expect(await started()).to.equal(true);
    });
  });

  it("by somebody who holds the file's lock changes nothing, and what was never closed is not waited for again", async () => {
    const holder = new Connection(resolveDriver(undefined), path);
    holder.exec("BEGIN IMMEDIATE");
    const file = await MovingFile.open(path);
    expect(await file.reopen("mine")).to.equal(true);
    holder.close();
    file.end();
    expect(await started()).to.equal(true);
  });

  it("by somebody who opens the file before it is locked changes nothing", async () => {
    const meddled = watch();
    let isOpened = false;
    meddled.before = (sql, run) => {
      const connection = new Connection(resolveDriver(undefined), path);
      if (sql === "BEGIN IMMEDIATE" && closingOf(connection) !== undefined) {
        open(connection);
        isOpened = true;
      }
      connection.close();
      run(sql);
    };
    const error = await rejection(storage.takeOver(path, { driver: meddled.driver }));
    expect(isOpened).to.equal(true);
    expect([error.code, error.message]).to.deep.equal([
      "storage_unavailable",
      "payments.db was opened or closed by another command meanwhile. Nothing was moved, and payments.db can be written as before.",
    ]);
    await isAsBefore();
  });

  it("by an error at its end is settled by what has come, not by the error", async () => {
    let isCopied = false;
    const other = await seen({
      before: ({ text }) => {
        isCopied ||= text.includes('INTO "antom".moves');
      },
      after: ({ text }) => {
        if (text !== "COMMIT" || !isCopied) return;
        isCopied = false;
        throw Object.assign(new Error("the pooler lost the server"), { code: "58000" });
      },
    });
    expect(await other.takeOver(path)).to.deep.include({ payments: MANY, cards: 1, isRepeated: false });
    await isMoved();
    await other.stop();
  });

  describe("given back", () => {
    it("is a file that was closed and not moved, once", async () => {
      await killed();
      expect(await storage.giveBack(path)).to.equal(true);
      expect(await storage.giveBack(path)).to.equal(false);
      await isAsBefore();
    });

    it("is none that was moved, unless somebody knows that the tables are gone", async () => {
      await storage.takeOver(path);
      const error = await rejection(storage.giveBack(path));
      expect([error.code, error.message]).to.deep.equal([
        "configuration_invalid",
        `The payments in payments.db are in PostgreSQL, database ${database.name}, schema antom: the shop goes on there. ` +
          "Opened again, the file would take payments a second time. Where somebody has removed them there for good, add --target-gone.",
      ]);
      await isMoved();
      await pool.query("DROP SCHEMA antom CASCADE");
      const anew = postgresStorage(pool);
      await anew.start();
      for (const work of [() => anew.giveBack(path), () => anew.takeOver(path)]) {
        expect((await rejection(work())).message).to.match(/other tables.*--target-gone/);
      }
      await anew.stop();
      expect(await giveBackUnseen(path)).to.equal(true);
      expect(await giveBackUnseen(path)).to.equal(false);
      await isAsBefore();
    });

    it("is none while it is copied, also for somebody who says that the tables are gone", async () => {
      let back: Promise<AntomError> | undefined;
      const other = await seen({
        before: async ({ text }) => {
          if (!text.includes('INSERT INTO "antom".cards')) return;
          back = rejection(giveBackUnseen(path));
          await back;
        },
      });
      await other.takeOver(path);
      const error = await back;
      expect([error?.code, error?.message]).to.deep.equal([
        "storage_unavailable",
        "Another process has held the lock of the SQLite file for too long.",
      ]);
      await isMoved();
      await other.stop();
    });

    it("is none while it is copied: who asks waits for the end", async () => {
      let copying: (() => void) | undefined;
      const begun = new Promise<void>((resolve) => (copying = resolve));
      const ended: string[] = [];
      const other = await seen({
        before: async ({ text }) => {
          if (!text.includes('INSERT INTO "antom".cards')) return;
          copying?.();
          // So long that who does not wait is done.
          await new Promise((resolve) => setTimeout(resolve, 100));
        },
      });
      const moving = other.takeOver(path).then(() => ended.push("moved"));
      await begun;
      const back = rejection(storage.giveBack(path)).then(({ message }) => ended.push(message));
      await Promise.all([moving, back]);
      expect(ended[0]).to.equal("moved");
      expect(ended[1]).to.match(/are in PostgreSQL/);
      await isMoved();
      await other.stop();
    });
  });
});
