import { expect } from "chai";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import type { ListQuery, TaskQuery } from "../../../lib/storage/storage.js";
import { sampleCard } from "../contract/cards.js";
import { change, claimAll, deliver, inquire, NOW, openNew, samplePayment } from "../contract/samples.js";
import { makeFolder } from "./folder.js";
import { watch } from "./watched.js";

/** Every combination of the properties, each given or left out. */
const combinations = <T extends object>(options: { [K in keyof T]: readonly T[K][] }): Partial<T>[] =>
  Object.entries<readonly unknown[]>(options).reduce<Partial<T>[]>(
    (queries, [key, values]) => [
      ...queries,
      ...queries.flatMap((query) => values.map((value) => ({ ...query, [key]: value }))),
    ],
    [{}],
  );

const detailOf = (row: unknown): string =>
  typeof row === "object" && row !== null && "detail" in row ? String(row.detail) : "";

describe("the queries of sqliteStorage", () => {
  it("each go by an index, so that none gets slower as payments and events pile up", async () => {
    const folder = makeFolder();
    const path = folder.path("payments.db");
    const watched = watch();
    const storage = sqliteStorage(path, { driver: watched.driver });
    await storage.start();

    const first = await openNew(storage, samplePayment("a"), [inquire(samplePayment("a"))]);
    await openNew(storage, samplePayment("b"), []);
    await storage.open({
      ...(await storage.journal("a").then(([entry]) => ({ entry: entry! }))),
      payment: first,
      isLive: true,
      tasks: [],
    });
    const events = [deliver(first, 2), deliver(first, 1)];
    await storage.commit(
      change(first, {}, [...events, { id: "inquire:a", obsolete: true }, { id: "gone", obsolete: true }]),
    );
    await storage.commit(change(first));
    for (const outcome of [{ again: NOW }, { dead: "x" }, { done: true }] as const) {
      for (const claimed of await claimAll(storage)) await storage.settle(claimed, outcome);
    }
    await storage.commit(change({ ...first, version: 2 }, {}, [inquire(first)]));
    for (const claimed of await claimAll(storage)) await storage.settle(claimed, { done: true });
    await storage.redrive("a:1", NOW);
    await storage.get("a");
    await storage.find({ paymentId: "x" });
    await storage.findByOrder("x");
    await storage.journal("a");
    const lists = combinations<Required<Omit<ListQuery, "limit">>>({
      status: ["failed"],
      conflict: [true, false],
      orderId: ["x"],
      from: [0],
      to: [NOW],
      after: ["1.1"],
    });
    for (const query of lists) await storage.list({ ...query, limit: 5 });
    const tasks = combinations<Required<Omit<TaskQuery, "limit">>>({
      kind: ["deliver"],
      state: ["dead"],
      payment: ["a"],
      after: ["9"],
    });
    for (const query of tasks) await storage.tasks({ ...query, limit: 5 });
    for (const version of [1, 2]) await storage.cards.put(sampleCard("a", { version }));
    await storage.cards.get("a");
    await storage.cards.list("buyer");
    await storage.cards.remove("a", "buyer");
    await storage.stop();

    const reader = new (resolveDriver(undefined))(path);
    const queries = [...watched.prepared].filter((sql) => !/pragma|antom_migrations/i.test(sql));
    expect(queries.length).to.be.greaterThan(25);
    const sorted = [];
    for (const sql of queries) {
      const plan = reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map(detailOf);
      for (const detail of plan) {
        expect(detail, sql).not.to.match(/^SCAN (?!CONSTANT ROW)/);
        expect(detail, sql).not.to.match(/AUTOMATIC/);
      }
      if (plan.some((detail) => detail.includes("TEMP B-TREE"))) sorted.push(sql);
    }
    // The tasks of one payment are a handful and may be sorted; nothing else is.
    expect(sorted).to.have.lengthOf(1);
    expect(sorted[0]).to.match(/antom_tasks_by_payment/);
    reader.close();
    folder.remove();
  });

  it("find nothing to look through in events that are held up", async () => {
    const folder = makeFolder();
    const path = folder.path("payments.db");
    const storage = sqliteStorage(path);
    await storage.start();
    await Promise.all(
      Array.from({ length: 300 }, async (_, i) => {
        const payment = await openNew(storage, samplePayment(`p${String(i)}`));
        const later = [2, 3, 4].map((sequence) => deliver(payment, sequence));
        await storage.commit(change(payment, {}, [deliver(payment, 1, NOW + 1e6), ...later]));
      }),
    );
    expect(await claimAll(storage)).to.deep.equal([]);
    const reader = new (resolveDriver(undefined))(path);
    const ready = "SELECT count(*) AS all_ready, sum(ready_at <= ?) AS due FROM antom_tasks WHERE ready_at IS NOT NULL";
    expect(reader.prepare(ready).get(NOW)).to.include({ all_ready: 300, due: 0 });
    reader.close();
    await storage.stop();
    folder.remove();
  });
});
