import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { times } from "../../../lib/storage/conformance/chance.js";
import {
  change,
  claimAll,
  deliver,
  inquire,
  NOW,
  openNew,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";

const MANY = 20_000;

describe("the plans that the server keeps", () => {
  let database: PostgresDatabase;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
  });

  after(() => database.drop());

  let lives = 0;
  /** Several at once, so that what goes together is planned for many. */
  const live = async (storage: Storage): Promise<void> => {
    const payments = await Promise.all(
      times(3, () => {
        const payment = samplePayment(`life${++lives}`);
        return openNew(storage, payment, [inquire(payment, NOW + 1)]);
      }),
    );
    await Promise.all(payments.map((payment) => storage.commit(change(payment, {}, [deliver(payment, 1, NOW)]))));
    const claimed = await claimAll(storage, NOW + 1);
    await Promise.all(claimed.map((each) => storage.settle(each, { done: true })));
    await Promise.all(payments.map(({ id }) => storage.get(id)));
  };

  it("do not read whole tables that have grown since, though nobody has analyzed them", async function () {
    this.timeout(60_000);
    const pool = database.pool({ max: 1 });
    const storage = postgresStorage(pool);
    await storage.start();
    for (const table of ["payments", "tasks", "journal", "deferred"]) {
      await pool.query(`ALTER TABLE antom.${table} SET (autovacuum_enabled = off)`);
    }
    for (let nth = 0; nth < 8; nth++) await live(storage);
    await pool.query(`
      INSERT INTO antom.payments (created_at, amount, authorized, captured, refunded, token, version, live, conflict, succeeded, paid,
        attention_conflict, attention_unknown, attention_expiring, id, order_id, status, currency, data)
      SELECT n, 1, 0, 0, 0, 1, 1, true, false, false, false, false, false, false, 'bulk' || n, 'order' || n, 'created', 'EUR', repeat('x', 500)
      FROM generate_series(1, ${MANY}) AS n`);
    await pool.query(`
      INSERT INTO antom.tasks (payment, due_at, ready_at, attempts, id, kind, state, data)
      SELECT number, ${NOW} * 2, ${NOW} * 2, 0, 'bulk' || number, 'inquire', 'waiting', repeat('x', 300) FROM antom.payments`);
    await wait(1100);
    await live(storage);
    await wait(200);
    for (let nth = 0; nth < 8; nth++) await live(storage);
    await pool.query("SET plan_cache_mode = force_generic_plan");
    const { rows } = await pool.query<{ name: string; statement: string; many: number }>(
      `SELECT name, statement, cardinality(parameter_types) AS many FROM pg_prepared_statements
       WHERE name LIKE 'antom%' ORDER BY prepare_time`,
    );
    const latest = new Map(rows.map((row) => [row.statement, row]));
    const texts = [...latest.keys()];
    for (const part of ["made AS", "opening AS", "held AS", "outcome AS", "SELECT id, data"]) {
      expect(
        texts.some((text) => text.includes(part)),
        part,
      ).to.equal(true);
    }
    for (const { name, statement, many } of latest.values()) {
      const given = times(many, () => "NULL").join(", ");
      const plan = await pool.query<{ "QUERY PLAN": string }>(`EXPLAIN EXECUTE ${name}${many > 0 ? `(${given})` : ""}`);
      const lines = plan.rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(lines, statement).not.to.match(/Seq Scan on (?:payments|tasks)/);
    }
    await storage.stop();
  });
});
