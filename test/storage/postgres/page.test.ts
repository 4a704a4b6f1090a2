import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import type { Pool } from "pg";
import { openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";

const PAGE = readFileSync(path.join(__dirname, "../../../docs/postgres.md"), "utf8");

/** The page's statements, which are for PostgreSQL alone. */
const statementsOn = (page: string): string[] =>
  [...page.matchAll(/```text\n([^`]*)```/g)].flatMap(([, code = ""]) =>
    code
      .split(/;\n/)
      .map((statement) => statement.trim())
      .filter((statement) => statement !== ""),
  );

describe("the statements on the page about PostgreSQL", () => {
  let database: PostgresDatabase;
  let pool: Pool;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
    pool = database.pool();
    await pool.query("CREATE ROLE shop LOGIN");
  });

  after(async () => {
    await pool.query("DROP OWNED BY shop CASCADE; DROP ROLE shop");
    await database.drop();
  });

  it("do what the page says, in its order: a schema of the shop's own, grants, a look, a setting", async () => {
    const [create = "", ...others] = statementsOn(PAGE);
    expect(others.length).to.be.greaterThan(3);
    await pool.query(create);
    const shop = database.pool({ connectionString: database.connectionString.replace("//postgres@", "//shop@") });
    const storage = postgresStorage(shop);
    await storage.start();
    const conflicts = [{ code: "reversed" as const, at: 1 }];
    await openNew(storage, samplePayment("a", { status: "captured", capturedAmount: "1999", conflicts }));
    const rows: unknown[] = [];
    for (const statement of others) rows.push(...(await pool.query<Record<string, unknown>>(statement)).rows);
    const [payment, oldest, ...more] = rows;
    expect(payment).to.include({ id: "a", status: "captured", currency: "EUR", captured: "1999" });
    expect(payment).to.deep.include({ "?column?": conflicts });
    expect(oldest).to.have.all.keys("oldest", "longest");
    expect(more).to.deep.equal([]);
    await storage.stop();
  });
});
