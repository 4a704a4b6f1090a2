import { expect } from "chai";
import { NOW } from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { watched } from "./watched.js";

const STAY = 5000;
const GO = 400;

interface Explained {
  readonly "QUERY PLAN": readonly { readonly Plan: Readonly<Record<string, unknown>> }[];
}

describe("the removal of old payments", () => {
  let database: PostgresDatabase;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
  });

  after(() => database.drop());

  it("does not look with each batch at all that have to stay", async function () {
    this.timeout(60_000);
    const pool = database.pool();
    let blocks = 0;
    const storage = postgresStorage(
      watched(pool, {
        before: async ({ text, values = [] }) => {
          if (!text.includes("rests_since") || !text.includes("LIMIT")) return;
          const { rows } = await pool.query<Explained>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values);
          const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
          blocks += Number(plan?.["Shared Hit Blocks"]) + Number(plan?.["Shared Read Blocks"]);
        },
      }),
    );
    await storage.start();
    for (const [name, many, since, state] of [
      ["stay", STAY, 0, "dead"],
      ["go", GO, 1e6, "done"],
    ] as const) {
      await pool.query(`
        INSERT INTO antom.payments (created_at, amount, authorized, captured, refunded, rests_since, token, version, live, conflict,
          succeeded, paid, attention_conflict, attention_unknown, attention_expiring, id, order_id, status, currency, data)
        SELECT n, 1, 0, 0, 0, ${since} + n, 1, 1, false, false, false, n % 2 = 0, false, false, false, '${name}' || n, '${name}' || n,
          'failed', 'EUR', '{}' FROM generate_series(1, ${many}) AS n`);
      await pool.query(`
        INSERT INTO antom.tasks (payment, due_at, sequence, attempts, id, kind, state, data)
        SELECT number, 1, 1, 12, 'event' || id, 'deliver', '${state}', '{}' FROM antom.payments WHERE id LIKE '${name}%'`);
    }
    for (const table of ["payments", "tasks"]) await pool.query(`VACUUM ANALYZE antom.${table}`);
    const counts: number[] = [];
    const looked: number[] = [];
    const request = { unpaidBefore: NOW, paidBefore: NOW, limit: 100 };
    do {
      blocks = 0;
      counts.push(await storage.prune(request));
      looked.push(blocks);
    } while (counts.at(-1) !== 0 && counts.length < 20);
    expect(counts).to.deep.equal([100, 100, 100, 100, 0]);
    const [first = 0, ...later] = looked;
    for (const each of later.slice(0, -1)) expect(each).to.be.lessThan(first / 4);
    const { rows } = await pool.query("SELECT count(*)::int AS many FROM antom.payments");
    expect(rows).to.deep.equal([{ many: STAY }]);
    await storage.stop();
  });
});
