import { expect } from "chai";
import type { Pool } from "pg";
import { ATTENTIONS } from "../../../lib/payment/attention.js";
import { isLive } from "../../../lib/payment/payment.js";
import { postgresStorage, type PostgresQuery } from "../../../lib/storage/postgres.js";
import {
  change,
  claimAll,
  deliver,
  inquire,
  NOW,
  opening,
  recording,
  sampleEntry,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { watched } from "./watched.js";

/** Enough that to read a table is dearer than to read an index. */
const MANY = 12_000;

/** A shop's past: copies of one payment that differ in their names, times, states and sums, with a delivered event each. */
const fill = async (pool: Pool): Promise<void> => {
  await pool.query(`
    INSERT INTO antom.payments (created_at, amount, authorized, captured, refunded, rests_since, token, version, live, conflict,
      succeeded, paid, attention_conflict, attention_unknown, attention_expiring, id, order_id, status, currency, buyer, payment_id, data)
    SELECT created_at + n * 60000, amount + n % 500, 0, n, 0, CASE WHEN n % 10 > 0 THEN created_at + n END, n, 1, n % 10 > 3,
      n % 300 = 0, n % 10 > 2, n % 10 > 3, n % 300 = 0, n % 301 = 0, n % 302 = 0, id || n, order_id || n,
      (ARRAY['captured', 'failed', 'voided', 'expired', 'captured', 'captured', 'captured', 'captured', 'captured', 'authorized'])[n % 10 + 1],
      CASE WHEN n % 4 = 0 THEN 'KRW' ELSE 'EUR' END, 'buyer' || n % 3000, 'antom' || n, data
    FROM antom.payments, generate_series(1, ${MANY}) AS n`);
  await pool.query(`
    INSERT INTO antom.tasks (payment, due_at, sequence, attempts, id, kind, state, data)
    SELECT p.number, t.due_at, 1, 1, p.id || ':1', 'deliver', CASE WHEN p.number % 100 = 0 THEN 'dead' ELSE 'done' END, t.data
    FROM antom.payments p, (SELECT * FROM antom.tasks WHERE kind = 'deliver' LIMIT 1) t ON CONFLICT DO NOTHING`);
  await pool.query(`
    INSERT INTO antom.tasks (payment, due_at, ready_at, attempts, id, kind, state, data)
    SELECT p.number, t.due_at, t.due_at + p.number * 1000, 0, 'ask:' || p.id, 'inquire', 'waiting', t.data
    FROM antom.payments p, (SELECT * FROM antom.tasks WHERE kind = 'inquire' LIMIT 1) t ON CONFLICT DO NOTHING`);
  await pool.query(`
    INSERT INTO antom.journal (payment, version, position, data)
    SELECT p.number, 1, 0, j.data FROM antom.payments p, (SELECT * FROM antom.journal LIMIT 1) j ON CONFLICT DO NOTHING`);
  await pool.query(`
    INSERT INTO antom.cards (created_at, version, id, buyer, data)
    SELECT created_at, 1, id || n, buyer || n % 4000, data FROM antom.cards, generate_series(1, ${MANY}) AS n`);
  await pool.query(`
    INSERT INTO antom.deferred (payment, due_at, data)
    SELECT number, ${NOW} + 1e9 + number, '{"kind":"record"}' FROM antom.payments`);
  for (const table of ["payments", "tasks", "deferred", "journal", "cards"]) await pool.query(`ANALYZE antom.${table}`);
};

/** Everything that a storage does. */
const doAll = async (storage: Storage): Promise<void> => {
  const payments = Array.from({ length: 20 }, (_unused, nth) => samplePayment(`new${nth}`));
  await Promise.all(payments.map((payment) => storage.open(opening(payment, [deliver(payment, 1), inquire(payment)]))));
  await storage.open(opening(samplePayment("alone")));
  await Promise.all(
    payments.map((payment) =>
      storage.commit(change(payment, {}, [deliver(payment, 2), { id: `inquire:${payment.id}`, obsolete: true }])),
    ),
  );
  await storage.commit(change(samplePayment("alone"), {}, [deliver(samplePayment("alone"), 1)]));
  await Promise.all(payments.map((payment) => storage.defer(recording(payment))));
  await storage.defer(recording({ id: "p17" }));
  await Promise.all([...payments.map(({ id }) => storage.get(id)), storage.get("p17")]);
  await storage.find({ paymentId: "antom17" });
  await storage.findByOrder("order-of-p17");
  await storage.journal("p17");
  const claimed = await claimAll(storage, NOW + 1000);
  const [first] = claimed.filter(({ task }) => task.kind === "deliver");
  if (first !== undefined) await storage.settleWithin?.(first, () => Promise.resolve());
  await Promise.all(claimed.map((each) => storage.settle(each, { done: true })));
  await storage.redrive("p100:1", NOW);
  for (const query of [
    {},
    { status: "failed" },
    { status: "authorized", amount: "2100", currency: "EUR" },
    { orderId: "order-of-p17" },
    { buyer: "buyer17" },
    { amount: "2100" },
    { amount: "2100", currency: "KRW" },
    { currency: "KRW" },
    { conflict: true },
    { search: "p17" },
    { from: NOW, to: NOW + 1e7 },
    ...ATTENTIONS.map((attention) => ({ attention })),
  ] as const) {
    const { next } = await storage.list({ ...query, limit: 20 });
    if (next !== undefined) await storage.list({ ...query, limit: 20, after: next });
  }
  for (const query of [{}, { kind: "deliver" }, { state: "dead" }, { payment: "p17" }] as const) {
    await storage.tasks({ ...query, limit: 20 });
  }
  await storage.overview({ from: NOW, to: NOW + 1e8 });
  await storage.prune({ unpaidBefore: NOW + 50, paidBefore: NOW + 50, limit: 20 });
  await storage.cards.put(sampleCard("new"));
  await storage.cards.put({ ...sampleCard("new"), version: 2 });
  await storage.cards.list("buyer17");
  await storage.cards.get("a17");
  await storage.cards.remove("a17", "buyer17");
};

describe("postgresStorage's statements", () => {
  let database: PostgresDatabase;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
  });

  after(() => database.drop());

  it("each read their tables by an index, with many payments", async function () {
    this.timeout(60_000);
    const pool = database.pool();
    const plans: { readonly text: string; readonly plan: string }[] = [];
    let isWatching = false;
    const explain = async ({ text, values = [] }: PostgresQuery): Promise<void> => {
      if (!isWatching || !/^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)/.test(text) || !text.includes('"antom".')) return;
      const { rows } = await pool.query<{ "QUERY PLAN": string }>({ text: `EXPLAIN ${text}`, values });
      plans.push({ text, plan: rows.map((row) => row["QUERY PLAN"]).join("\n") });
    };
    const storage = postgresStorage(watched(pool, { before: explain }));
    await storage.start();
    const payment = samplePayment("p", { status: "captured", buyer: "buyer" });
    const isOpen = isLive(payment);
    await storage.open({
      payment,
      isLive: isOpen,
      entry: sampleEntry(payment),
      tasks: [deliver(payment, 1), inquire(payment)],
    });
    await storage.cards.put(sampleCard("a"));
    await fill(pool);
    isWatching = true;
    await doAll(storage);
    await storage.stop();
    expect(new Set(plans.map(({ text }) => text)).size).to.be.greaterThan(35);
    for (const { text, plan } of plans)
      expect(plan, text).not.to.match(/Seq Scan on (?:payments|journal|tasks|deferred|cards)/);
  });
});
