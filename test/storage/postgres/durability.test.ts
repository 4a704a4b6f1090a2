import { expect } from "chai";
import type { Pool } from "pg";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import { failed } from "../../../lib/storage/conformance/resting.js";
import {
  change,
  claimAll,
  deliver,
  inquire,
  NOW,
  opening,
  openNew,
  recording,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { ClaimedTask, Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, type PostgresServer, startPostgres } from "../../support/postgres.js";

/** The shop has run `SET synchronous_commit = off` on a connection of its pool, for an import, and given it back so. */
describe("a connection on which commits do not wait for the disk", () => {
  let server: PostgresServer;
  let database: PostgresDatabase;
  let pool: Pool;
  let storage: Storage;
  let claimed: ClaimedTask[];

  before(async function () {
    this.timeout(60_000);
    // Nobody else writes, and what no commit waits for is not written for long.
    server = await startPostgres({
      settings: { wal_writer_delay: "10s", wal_level: "minimal", max_wal_senders: "0", autovacuum: "off" },
    });
    database = await server.database();
    pool = database.pool({ max: 1 });
    storage = postgresStorage(pool);
    await storage.start();
    for (const id of ["a", "b", "c", "d"]) {
      const payment = samplePayment(id);
      await openNew(storage, payment, [id === "b" ? inquire(payment, 5) : deliver(payment, 1, 5)]);
    }
    claimed = await claimAll(storage, NOW);
    await openNew(storage, failed("old", { createdAt: 1, updatedAt: 1, expiresAt: 1 }));
    await pool.query("SET synchronous_commit = off");
  });

  after(async () => {
    await storage.stop();
    await server.stop();
  });

  const taskOf = (id: string): ClaimedTask => claimed.find(({ task }) => task.payment === id) ?? expect.fail();

  /** Bytes of the log that a crash of the server would lose; a header of a page is none. */
  const unsynced = async (): Promise<number> => {
    const sql = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), pg_current_wal_flush_lsn())::int AS bytes";
    return (await pool.query<{ bytes: number }>(sql)).rows[0]?.bytes ?? expect.fail();
  };

  const steps: Readonly<Record<string, () => Promise<unknown>>> = {
    open: () => storage.open(opening(samplePayment("new"))),
    commit: () => storage.commit(change(samplePayment("a"), {}, [deliver(samplePayment("a"), 2)])),
    "settle, of any task": () => storage.settle(taskOf("b"), { dead: "x" }),
    "settle, of an event": () => storage.settle(taskOf("c"), { done: true }),
    settleWithin: async () => storage.settleWithin?.(taskOf("d"), () => Promise.resolve()),
    redrive: () => storage.redrive("inquire:b", NOW),
    defer: () => storage.defer(recording({ id: "a" }, 5)),
    "a look at what was deferred": () => storage.tasks({ payment: "a", kind: "record", limit: 5 }),
    "defer, among the tasks": () => storage.defer({ ...inquire(samplePayment("c")), id: "ask:c" }),
    "a card": () => storage.cards.put(sampleCard("card")),
    "a card's change": () => storage.cards.put({ ...sampleCard("card"), version: 2 }),
    "a card's removal": () => storage.cards.remove("card", sampleCard("card").buyer),
    prune: () => storage.prune({ unpaidBefore: 2, paidBefore: 0, limit: 5 }),
  };

  it("is what the shop has made it: what it writes itself is not on the disk", async () => {
    await pool.query("CREATE TABLE imported (id text)");
    expect(await unsynced()).to.be.greaterThan(64);
  });

  for (const [name, step] of Object.entries(steps)) {
    it(`keeps what the kit writes all the same: ${name}`, async () => {
      const before = await pool.query<{ lsn: string }>("SELECT pg_current_wal_insert_lsn()::text AS lsn");
      expect(await step()).not.to.be.oneOf([false, "stale", 0, undefined]);
      const after = await pool.query<{ lsn: string }>("SELECT pg_current_wal_insert_lsn()::text AS lsn");
      expect(after.rows[0]?.lsn, "something was written").not.to.equal(before.rows[0]?.lsn);
      expect(await unsynced()).to.be.lessThan(64);
      expect((await pool.query("SHOW synchronous_commit")).rows).to.deep.equal([{ synchronous_commit: "off" }]);
      expect((await pool.query("SHOW lock_timeout")).rows).to.deep.equal([{ lock_timeout: "0" }]);
      await pool.query("INSERT INTO imported VALUES ('x')");
    });
  }
});
