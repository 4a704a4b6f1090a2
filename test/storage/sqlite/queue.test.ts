import { expect } from "chai";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import type { Storage } from "../../../lib/storage/storage.js";
import {
  change,
  claimAll,
  idsOf,
  inquire,
  opening,
  openNew,
  sampleEntry,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { type Folder, makeFolder } from "./folder.js";
import { codeOf, rejection } from "./rejection.js";
import { sqliteError, watch, type Watched } from "./watched.js";

describe("the writes of sqliteStorage", () => {
  let folder: Folder;
  let watched: Watched;
  let storage: Storage;

  beforeEach(async () => {
    folder = makeFolder();
    watched = watch();
    storage = sqliteStorage(folder.path("payments.db"), { driver: watched.driver });
    await storage.start();
    watched.executed.length = 0;
  });

  afterEach(async () => {
    await storage.stop();
    folder.remove();
  });

  const count = (sql: string): number => watched.executed.filter((executed) => executed === sql).length;

  const openMany = (many: number, from = 0): Promise<unknown>[] =>
    Array.from({ length: many }, (_, i) => storage.open(opening(samplePayment(`p${String(from + i)}`))));

  it("share one transaction when they are asked for in one turn of the event loop", async () => {
    await Promise.all(openMany(100));
    expect(count("BEGIN IMMEDIATE")).to.equal(1);
    expect(count("COMMIT")).to.equal(1);
  });

  describe("on a disk that takes long to sync", () => {
    const SYNC = 50;

    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

    beforeEach(async () => {
      watched.before = (sql, run) => {
        run(sql);
        if (sql === "COMMIT") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SYNC);
      };
      // How long a sync takes is known from the last two.
      await openNew(storage, samplePayment("before"));
      await openNew(storage, samplePayment("and before"));
      watched.executed.length = 0;
    });

    it("share one transaction with those of the next turns, while each brings more", async () => {
      const opened: Promise<unknown>[] = [];
      for (let i = 0; i < 5; i++) {
        opened.push(...openMany(1, i));
        await turn();
      }
      await Promise.all(opened);
      expect(count("COMMIT")).to.equal(1);
    });

    it("wait for nobody where the last sync was slow by chance", async () => {
      const slow = watched.before;
      watched.before = (sql, run) => {
        run(sql);
      };
      await openNew(storage, samplePayment("quick"));
      await openNew(storage, samplePayment("quick again"));
      watched.before = slow;
      await openNew(storage, samplePayment("slow"));
      const opened = openMany(1);
      const until = performance.now() + 2 * SYNC;
      while (performance.now() < until);
      opened.push(...openMany(1, 1));
      await turn();
      expect(count("COMMIT")).to.equal(4);
      await Promise.all(opened);
    });

    it("wait for no turn that brings nothing", async () => {
      const began = performance.now();
      const opened = openMany(1);
      await turn();
      await turn();
      await turn();
      expect(count("COMMIT")).to.equal(1);
      opened.push(...openMany(1, 1));
      await Promise.all(opened);
      expect(count("COMMIT")).to.equal(2);
      expect(performance.now() - began).to.be.greaterThan(2 * SYNC - 10);
    });

    it("wait for no longer than three syncs take, whatever still comes", async () => {
      const opened: Promise<unknown>[] = [];
      const until = performance.now() + 20 * SYNC;
      while (count("COMMIT") < 2 && performance.now() < until) {
        opened.push(...openMany(1, opened.length));
        // So slowly that no group gets too large before.
        const busy = performance.now() + SYNC / 10;
        while (performance.now() < busy);
        await turn();
      }
      await Promise.all(opened);
      expect(count("COMMIT")).to.be.at.least(2);
    });
  });

  it("go into several transactions when there are many, so that none is long", async () => {
    const turns: number[] = [];
    const watchTurns = (): void => {
      turns.push(count("COMMIT"));
      if (count("COMMIT") < 3) setImmediate(watchTurns);
    };
    setImmediate(watchTurns);
    await Promise.all(openMany(600));
    expect(count("COMMIT")).to.equal(3);
    expect(turns).to.include(1);
    expect((await storage.list({ limit: 1000 })).items).to.have.lengthOf(600);
  });

  it("are answered in the order they were asked for, and only after the commit", async () => {
    const answered: number[] = [];
    let atCommit: number | undefined;
    watched.before = (sql, run) => {
      run(sql);
      if (sql === "COMMIT") atCommit = answered.length;
    };
    await Promise.all(openMany(20).map(async (open, i) => open.then(() => answered.push(i))));
    expect(atCommit).to.equal(0);
    expect(answered).to.deep.equal(Array.from({ length: 20 }, (_, i) => i));
  });

  it("see what those before them in the same transaction did", async () => {
    const payment = samplePayment("a");
    const first = storage.open(opening(payment));
    const second = storage.commit(change(payment, { status: "failed" }));
    const third = storage.open(opening(samplePayment("b", { orderId: payment.orderId })));
    expect(await Promise.all([first, second, third])).to.have.nested.property("[2].isNew", true);
    expect(count("COMMIT")).to.equal(1);
  });

  it("fail alone: the others of the transaction are stored, and nothing of the failed one is", async () => {
    await openNew(storage, samplePayment("taken"));
    const twin = samplePayment("taken", { orderId: "other" });
    const outcomes = await Promise.allSettled([
      ...openMany(10),
      storage.open(opening(twin, [inquire(twin)])),
      storage.commit({
        ...change(samplePayment("p1"), { status: "authorized" }, [inquire(samplePayment("p1"))]),
        // Two entries of one place in the journal: the last statement of the step fails.
        entries: [sampleEntry(samplePayment("p1", { version: 1 }))],
      }),
      ...openMany(10, 10),
    ]);
    const failed = outcomes.flatMap((outcome, i) => (outcome.status === "rejected" ? [i] : []));
    expect(failed).to.deep.equal([10, 11]);
    for (let i = 0; i < 20; i++) expect(await storage.get(`p${String(i)}`)).to.include({ version: 1 });
    expect(await storage.findByOrder("other")).to.deep.equal([]);
    expect(await storage.journal("p1")).to.have.lengthOf(1);
    expect(idsOf(await claimAll(storage))).to.deep.equal([]);
  });

  it("are all refused, and all undone, when the commit fails; the next ones work", async () => {
    watched.before = (sql, run) => {
      if (sql === "COMMIT") throw sqliteError("SQLITE_IOERR_FSYNC");
      run(sql);
    };
    const errors = await Promise.all(openMany(5).map(codeOf));
    expect(errors).to.deep.equal(Array.from({ length: 5 }, () => "storage_unavailable"));
    expect((await storage.list({ limit: 10 })).items).to.deep.equal([]);

    watched.before = (sql, run) => {
      run(sql);
    };
    await Promise.all(openMany(5));
    expect((await storage.list({ limit: 10 })).items).to.have.lengthOf(5);
  });

  it("tell by a repeat what became of a commit whose outcome was not known", async () => {
    const payment = await openNew(storage, samplePayment("a"));
    watched.before = (sql, run) => {
      run(sql);
      if (sql === "COMMIT") throw sqliteError("SQLITE_IOERR");
    };
    const next = change(payment, { status: "processing" });
    const other = samplePayment("b");
    expect(await codeOf(storage.commit(next))).to.equal("storage_unavailable");
    expect(await codeOf(storage.open(opening(other)))).to.equal("storage_unavailable");
    watched.before = (sql, run) => {
      run(sql);
    };
    expect(await storage.commit(next)).to.equal("stale");
    expect(await storage.get("a")).to.deep.equal(next.payment);
    expect(await storage.open(opening(other))).to.deep.equal({ payment: other, isNew: false });
  });

  for (const sql of ["BEGIN IMMEDIATE", "COMMIT"]) {
    it(`are tried again, and done once, when the file is locked at ${sql}`, async () => {
      let locked = 4;
      watched.before = (wanted, run) => {
        if (wanted === sql && locked-- > 0) throw sqliteError("SQLITE_BUSY");
        run(wanted);
      };
      const payment = samplePayment("a");
      const first = storage.open(opening(payment, [inquire(payment)]));
      const second = storage.commit(change(payment));
      expect((await first).isNew).to.equal(true);
      expect(await second).to.equal("committed");
      expect(locked).to.equal(-1);
      expect(await storage.journal("a")).to.have.lengthOf(2);
      expect(await claimAll(storage)).to.have.lengthOf(1);
    });
  }

  it("are refused when more than ten thousand wait, and those that wait are done", async () => {
    const payment = await openNew(storage, samplePayment("a"));
    const stale = { ...change(payment), expectedVersion: 7 };
    const waiting = Array.from({ length: 10_000 }, () => storage.commit(stale));
    expect((await rejection(storage.commit(stale))).code).to.equal("storage_unavailable");
    expect(new Set(await Promise.all(waiting))).to.deep.equal(new Set(["stale"]));
    expect(await storage.commit(change(payment))).to.equal("committed");
  });

  it("are refused when the disk is full, with nothing half done, and work again when there is room", async () => {
    const limit = (pages: number): void => {
      watched.opened = (connection) => {
        connection.exec(`PRAGMA max_page_count = ${String(pages)}`);
      };
      for (const connection of watched.connections) watched.opened(connection);
    };
    limit(120);
    const big = (id: string) => samplePayment(id, { request: { text: "x".repeat(20_000) } });
    let stored = 0;
    let error;
    while (error === undefined && stored < 100) {
      const payment = big(`big${String(stored)}`);
      try {
        await storage.open(opening(payment, [inquire(payment)]));
        stored++;
      } catch (reason) {
        error = reason;
      }
    }
    expect(error).to.include({ code: "storage_unavailable" });
    expect(String(error)).to.match(/disk is full/);
    const last = big(`big${String(stored)}`);
    expect(stored).to.be.greaterThan(3);
    expect(await storage.get(last.id)).to.equal(undefined);
    expect(await storage.journal(last.id)).to.deep.equal([]);
    expect((await storage.list({ limit: 1000 })).items).to.have.lengthOf(stored);
    expect(await codeOf(storage.open(opening(last)))).to.equal("storage_unavailable");

    limit(100_000);
    expect((await storage.open(opening(last, [inquire(last)]))).isNew).to.equal(true);
    expect(await claimAll(storage)).to.have.lengthOf(stored + 1);
  });

  it("are finished before stop is, and every step is refused after it", async () => {
    const pending = Promise.all(openMany(700));
    await Promise.all([storage.stop(), storage.stop()]);
    await pending;
    const payment = samplePayment("late");
    const steps = [
      storage.open(opening(payment)),
      storage.commit(change(payment)),
      storage.get("p0"),
      storage.find({ paymentId: "p0" }),
      storage.findByOrder("p0"),
      storage.list({ limit: 1 }),
      storage.journal("p0"),
      storage.claim({ now: 0, lease: 1, limit: 1 }),
      storage.settle({ task: inquire(payment), attempts: 1, lease: "" }, { done: true }),
      storage.tasks({ limit: 1 }),
      storage.redrive("x", 0),
    ];
    expect(new Set(await Promise.all(steps.map(codeOf)))).to.deep.equal(new Set(["storage_unavailable"]));

    await storage.start();
    expect((await storage.list({ limit: 1000 })).items).to.have.lengthOf(700);
  });

  it("are refused before start", async () => {
    const early = sqliteStorage(folder.path("other.db"));
    expect(await codeOf(early.get("a"))).to.equal("storage_unavailable");
    await early.stop();
  });
});
