import { expect } from "chai";
import type { Operation } from "../../../lib/payment/operation.js";
import { isLive, type Payment } from "../../../lib/payment/payment.js";
import type { Task } from "../../../lib/payment/task.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { CHANGING, FIXED } from "../../../lib/storage/sqlite/columns.js";
import { Connection } from "../../../lib/storage/sqlite/connection.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { migrateStep } from "../../../lib/storage/sqlite/migrate.js";
import { MIGRATIONS } from "../../../lib/storage/sqlite/schema.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import { claimOne, inquire, NOW, opening, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { type Folder, makeFolder } from "./folder.js";
import { codeOf } from "./rejection.js";
import { sqliteError, watch } from "./watched.js";

const COLUMNS = [...FIXED, ...CHANGING].filter(
  (column) => !["amount", "authorized", "captured", "refunded"].includes(column),
);

describe("the tables of sqliteStorage", () => {
  let folder: Folder;
  let path: string;

  beforeEach(() => {
    folder = makeFolder();
    path = folder.path("payments.db");
  });

  afterEach(() => {
    folder.remove();
  });

  it("are made once when another process makes them between the look and the lock", async () => {
    const watched = watch();
    let others = 0;
    watched.before = (sql, run) => {
      if (sql === "BEGIN IMMEDIATE" && others++ === 0) {
        const other = new Connection(resolveDriver(undefined), path);
        while (migrateStep(other));
        other.close();
      }
      run(sql);
    };
    const storage = sqliteStorage(path, { driver: watched.driver });
    await storage.start();
    expect(others).to.equal(1);
    await openNew(storage, samplePayment("a"));
    await storage.stop();
  });

  it("are made whole or not at all, and by the next start if this one fails", async () => {
    const watched = watch();
    watched.before = (sql, run) => {
      if (sql === "COMMIT") throw sqliteError("SQLITE_IOERR");
      run(sql);
    };
    expect(await codeOf(sqliteStorage(path, { driver: watched.driver }).start())).to.equal("storage_unavailable");
    const reader = new (resolveDriver(undefined))(path);
    expect(reader.prepare("SELECT count(*) AS n FROM sqlite_schema").get()).to.include({ n: 0 });
    reader.close();
    const storage = sqliteStorage(path);
    await storage.start();
    await openNew(storage, samplePayment("a"));
    await storage.stop();
  });

  /** A file as the version of that number left it: the columns there were then, filled as they were then. */
  const oldFile = (version: number, payments: readonly Payment[], tasks: readonly Task[] = []): void => {
    const old = new Connection(resolveDriver(undefined), path);
    old.exec(
      "CREATE TABLE antom_migrations (version INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT",
    );
    for (const [i, step] of MIGRATIONS.slice(0, version).entries()) {
      old.exec(step);
      old.run("INSERT INTO antom_migrations (version) VALUES (?)", i + 1);
    }
    for (const payment of payments) {
      const { id, orderId, paymentId = null, status, conflicts, createdAt } = payment;
      old.run(
        `INSERT INTO antom_payments (id, order_id, payment_id, status, live, conflict, version, created_at, data)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[id, orderId, paymentId, status, isLive(payment) ? 1 : 0, conflicts.length > 0 ? 1 : 0],
        ...[payment.version, createdAt, JSON.stringify(payment)],
      );
    }
    for (const task of tasks) {
      old.run(
        `INSERT INTO antom_tasks (id, payment, kind, state, due_at, ready_at, attempts, data)
        VALUES (?, (SELECT number FROM antom_payments WHERE id = ?), ?, 'waiting', ?, ?, 0, ?)`,
        ...[task.id, task.payment, task.kind, task.dueAt, task.dueAt, JSON.stringify(task)],
      );
    }
    old.close();
  };

  it("are brought up to date in a file of the version before there were cards, with all that is in it", async () => {
    const payment = samplePayment("a");
    oldFile(1, [payment], [inquire(payment)]);
    const storage = sqliteStorage(path);
    await storage.start();
    expect(await storage.get("a")).to.deep.equal(payment);
    expect(await claimOne(storage)).to.have.nested.property("task.id", "inquire:a");
    expect(await storage.cards.put(sampleCard("a"))).to.equal(true);
    await storage.stop();
  });

  it("have in a file of the version before payments could be searched what they would have had", async () => {
    const pending: Operation = { id: "aC1", kind: "capture", status: "pending", requestedAt: NOW };
    const conflict = { code: "reversed", at: NOW } as const;
    const payments = [
      samplePayment("plain"),
      samplePayment("full", {
        buyer: "ann \u{1f381}",
        amount: { currency: "KRW", value: "9999999999999999" },
        status: "captured",
        evidence: { succeeded: true, warned: true },
        paymentId: "at Antom",
        authorizedAmount: "9007199254740993",
        capturedAmount: "9007199254740993",
        refundedAmount: "9007199254740993",
        operations: [{ ...pending, status: "succeeded" }],
        unanswered: 5,
      }),
      samplePayment("conflict", { conflicts: [conflict], createdAt: NOW + 86_400_000 }),
      samplePayment("silent", { unanswered: 3, status: "processing" }),
      samplePayment("nearly", { unanswered: 2, status: "processing", operations: [pending] }),
      samplePayment("half done", { unanswered: 3, status: "authorized", operations: [pending] }),
      samplePayment("given up", { unanswered: 9, status: "failed", failureCode: "DO_NOT_HONOR" }),
      samplePayment("held", {
        status: "authorized",
        evidence: { succeeded: true },
        authorizedAmount: "9007199254740993",
      }),
      samplePayment("expiring", { status: "authorized", evidence: { succeeded: true, warned: true } }),
      samplePayment("strange", {
        request: { half: "\ud83c", nul: "a\u0000b", deep: JSON.parse("[".repeat(400) + "]".repeat(400)) },
      }),
    ];
    oldFile(2, payments);
    const migrated = sqliteStorage(path);
    const fresh = sqliteStorage(folder.path("fresh.db"));
    await Promise.all([migrated.start(), fresh.start()]);
    for (const payment of payments) await fresh.open(opening(payment));
    await Promise.all([migrated.stop(), fresh.stop()]);
    const rowsOf = (file: string): unknown[] => {
      const reader = new (resolveDriver(undefined))(file);
      // Whole numbers as text, because not every driver hands over all of them.
      const sums = ["amount", "authorized", "captured", "refunded"].map((sum) => `CAST(${sum} AS TEXT) AS ${sum}`);
      const rows = reader
        .prepare(`SELECT ${[...COLUMNS, ...sums].join(", ")} FROM antom_payments ORDER BY number`)
        .all();
      reader.close();
      return rows;
    };
    expect(rowsOf(path)).to.have.lengthOf(payments.length);
    expect(rowsOf(path)).to.deep.equal(rowsOf(folder.path("fresh.db")));
  });

  it("are not touched by a start that finds them as they should be", async () => {
    const first = sqliteStorage(path);
    await first.start();
    await first.stop();
    const watched = watch();
    const second = sqliteStorage(path, { driver: watched.driver });
    await second.start();
    expect(watched.executed.filter((sql) => sql.startsWith("BEGIN"))).to.deep.equal([]);
    await second.stop();
  });
});
