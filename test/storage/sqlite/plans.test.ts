import { expect } from "chai";
import { ATTENTIONS } from "../../../lib/payment/attention.js";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import type { ListQuery, TaskQuery } from "../../../lib/storage/storage.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import {
  change,
  claimAll,
  deliver,
  inquire,
  NOW,
  openNew,
  recording,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { failed } from "../../../lib/storage/conformance/resting.js";
import { makeFolder } from "./folder.js";
import { watch } from "./watched.js";

type Filters = Required<Omit<ListQuery, "limit" | "after">>;

/** Each filter's values: one is enough but where the SQL depends on which it is. */
const FILTERS: { readonly [K in keyof Filters]: readonly Filters[K][] } = {
  status: ["failed", "authorized"],
  conflict: [true, false],
  orderId: ["x"],
  buyer: ["x"],
  amount: ["1999"],
  currency: ["EUR"],
  attention: ATTENTIONS,
  search: ["x"],
  from: [0],
  to: [NOW],
};

/** Each filter alone, and each with each other one. */
const filters = (): Partial<Filters>[] => {
  const single = Object.entries<readonly unknown[]>(FILTERS).flatMap(([key, values]) =>
    values.map((value) => ({ [key]: value })),
  );
  return [{}, ...single, ...single.flatMap((one) => single.map((other) => ({ ...one, ...other })))];
};

/** A table or an index of all of it is gone through from one end to the other; the held payments are few, and all are wanted. */
const SCAN = /^SCAN (?!CONSTANT ROW|antom_payments USING COVERING INDEX antom_payments_held$)/;

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
    await storage.defer(recording(first));
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
    for (const query of filters()) {
      for (const after of [{}, { after: "1.1" }]) await storage.list({ ...query, ...after, limit: 5 });
    }
    await storage.defer(recording(first));
    await storage.defer(recording({ id: "b" }));
    await storage.tasks({ payment: "b", limit: 5 });
    await storage.redrive("record:a", NOW);
    await storage.defer({ ...recording(first), id: "record:again" });
    await storage.overview({ from: 0, to: NOW % 86_400_000 });
    await openNew(storage, failed("old"));
    await storage.prune({ unpaidBefore: NOW, paidBefore: NOW, limit: 5 });
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
        expect(detail, sql).not.to.match(SCAN);
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

  it("for a page read one index each, in the order it is wanted in, with the filter as its key", async () => {
    const folder = makeFolder();
    const path = folder.path("payments.db");
    const keys: readonly (readonly [Partial<Filters>, readonly string[]])[] = [
      [{}, ["by_time (created_at>? AND created_at<?)"]],
      [{ from: NOW, to: NOW + 1 }, ["by_time (created_at>? AND created_at<?)"]],
      [{ status: "failed" }, ["by_status (status=? AND created_at>? AND created_at<?)"]],
      [{ conflict: true }, ["in_conflict (created_at>? AND created_at<?)"]],
      [{ orderId: "x" }, ["by_order (order_id=? AND created_at>? AND created_at<?)"]],
      [{ buyer: "x" }, ["by_buyer (buyer=? AND created_at>? AND created_at<?)"]],
      [{ amount: "1" }, ["by_amount (amount=? AND created_at>? AND created_at<?)"]],
      [{ currency: "EUR" }, ["by_currency (currency=? AND created_at>? AND created_at<?)"]],
      [{ amount: "1", currency: "EUR" }, ["by_money (currency=? AND amount=? AND created_at>? AND created_at<?)"]],
      ...ATTENTIONS.map(
        (attention) => [{ attention }, [`attention_${attention} (created_at>? AND created_at<?)`]] as const,
      ),
      [
        { search: "x" },
        [
          "(id=?)",
          "by_payment_id (payment_id=? AND created_at>? AND created_at<?)",
          "by_order (order_id=? AND created_at>? AND created_at<?)",
          "by_buyer (buyer=? AND created_at>? AND created_at<?)",
        ],
      ],
    ];
    for (const [query, expected] of keys) {
      const watched = watch();
      const storage = sqliteStorage(path, { driver: watched.driver });
      await storage.start();
      await storage.list({ ...query, limit: 50 });
      await storage.stop();
      const reader = new (resolveDriver(undefined))(path);
      const plans = [...watched.prepared]
        .filter((sql) => sql.startsWith("SELECT number, created_at, data"))
        .map((sql) => reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map(detailOf));
      reader.close();
      expect(plans, JSON.stringify(query)).to.have.lengthOf(expected.length);
      for (const [i, plan] of plans.entries()) {
        expect(plan, JSON.stringify(query)).to.have.lengthOf(1);
        expect(plan[0]).to.match(/^SEARCH antom_payments USING INDEX /);
        // Of a place among equal times some builds of SQLite name both columns.
        const found = plan[0]?.replace("(created_at,rowid)<(?,?)", "created_at<?") ?? "";
        expect(found.endsWith(expected[i] ?? "?"), `${found} is not by ${String(expected[i])}`).to.equal(true);
      }
    }
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
