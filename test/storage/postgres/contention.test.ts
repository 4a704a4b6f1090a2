import { expect } from "chai";
import { change, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { untilOneWaits } from "./until-one-waits.js";
import { watched } from "./watched.js";

describe("a commit that the server undoes for another transaction's sake", () => {
  let database: PostgresDatabase;
  let storage: Storage;
  let commits: number;

  const start = async (...settings: string[]): Promise<void> => {
    database = await (await sharedPostgres()).database();
    for (const setting of settings) await database.pool().query(`ALTER DATABASE ${database.name} SET ${setting}`);
    commits = 0;
    const count = ({ text }: { readonly text: string }): void => {
      if (text.includes("made AS")) commits++;
    };
    storage = postgresStorage(watched(database.pool(), { before: count }));
    await storage.start();
  };

  afterEach(async () => {
    await storage.stop();
    await database.drop();
  });

  it("is made again after a deadlock", async () => {
    await start("deadlock_timeout = '350ms'");
    const pool = database.pool();
    const payments = await Promise.all(["a", "b"].map((id) => openNew(storage, samplePayment(id))));
    const other = await pool.connect();
    // The commits lock a, and then b.
    await other.query(
      "BEGIN; SET LOCAL deadlock_timeout = '1min'; UPDATE antom.payments SET token = token WHERE id = 'b'",
    );
    commits = 0;
    const committing = Promise.all(payments.map((payment) => storage.commit(change(payment))));
    await untilOneWaits(pool);
    expect(commits).to.equal(1);
    await other.query("UPDATE antom.payments SET token = token WHERE id = 'a'");
    await other.query("COMMIT");
    other.release();
    expect(await committing).to.deep.equal(["committed", "committed"]);
    expect(commits, "both together, once more").to.equal(2);
    for (const id of ["a", "b"]) expect(await storage.get(id)).to.have.property("version", 2);
  });

  it("is made again where the database isolates transactions more than the kit asks for", async () => {
    await start("default_transaction_isolation = 'repeatable read'");
    const pool = database.pool();
    const payment = await openNew(storage, samplePayment("a"));
    const other = await pool.connect();
    await other.query("BEGIN; UPDATE antom.payments SET token = token WHERE id = 'a'");
    commits = 0;
    const committing = storage.commit(change(payment));
    await untilOneWaits(pool);
    expect(commits).to.equal(1);
    await other.query("COMMIT");
    other.release();
    expect(await committing).to.equal("committed");
    expect(commits).to.be.greaterThan(1);
    expect(await storage.get("a")).to.have.property("version", 2);
  });
});
