import { expect } from "chai";
import { times } from "../../../lib/storage/conformance/chance.js";
import {
  change,
  claimOne,
  deliver,
  NOW,
  opening,
  openNew,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import { type PostgresDatabase, sharedPostgres, startPostgres } from "../../support/postgres.js";
import { cuttingProxy } from "./cutting-proxy.js";
import { rejection } from "./rejection.js";

/** As when a firewall forgets connections, or the server's machine vanishes: nothing is answered on them, and nobody says so. */
describe("connections that all fall silent at once", () => {
  let database: PostgresDatabase;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
  });

  after(() => database.drop());

  for (const when of ["before", "after"] as const) {
    it(`are given up for new ones within the patience, ${when} the server has done as it was told`, async function () {
      this.timeout(40_000);
      const proxy = await cuttingProxy(await sharedPostgres());
      const connectionString = `postgres://postgres@127.0.0.1:${proxy.port}/${database.name}`;
      const pool = database.pool({ connectionString, max: 8 });
      const storage = postgresStorage(pool, { schema: `silent_${when}` });
      await storage.start();
      const payments = await Promise.all(times(5, (nth) => openNew(storage, samplePayment(`p${nth}`))));
      const held = samplePayment("held");
      await openNew(storage, held, [deliver(held, 1, NOW)]);
      const claimed = await claimOne(storage);
      await Promise.all(times(8, async () => storage.findByOrder("none")));
      expect(pool.totalCount).to.be.greaterThan(5);
      proxy.silence(when);
      const since = performance.now();
      const [opened, settled, ...committed] = await Promise.all([
        storage.open(opening(samplePayment("new"))),
        storage.settle(claimed, { done: true }),
        ...payments.map((payment) => storage.commit(change(payment))),
      ]);
      expect(performance.now() - since).to.be.lessThan(12_000);
      expect(opened.isNew).to.equal(true);
      expect(settled).to.equal(true);
      expect(new Set(committed)).to.deep.equal(new Set(["committed"]));
      const again = performance.now();
      for (const { id } of payments) expect((await storage.get(id))?.version).to.equal(2);
      expect(performance.now() - again).to.be.lessThan(3000);
      await storage.stop();
      await proxy.close();
    });
  }
});

describe("commits that wait for a standby which is gone", () => {
  it("are told as unanswered, and not as held up by others, and are there when it comes back", async function () {
    this.timeout(60_000);
    const server = await startPostgres();
    try {
      const own = await server.database();
      const pool = own.pool();
      const storage = postgresStorage(pool, { timeout: 1000 });
      await storage.start();
      await openNew(storage, samplePayment("before"));
      const setStandby = async (name: string): Promise<void> => {
        await pool.query(`ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
        await pool.query("SELECT pg_reload_conf()");
        const shown = async (): Promise<string | undefined> =>
          (await pool.query<{ name: string }>("SELECT current_setting('synchronous_standby_names') AS name")).rows[0]
            ?.name;
        while ((await shown()) !== name);
      };
      await setStandby("gone");
      const errors = await Promise.all(times(2, (nth) => rejection(storage.open(opening(samplePayment(`p${nth}`))))));
      for (const { code, message } of errors) {
        expect(code).to.equal("storage_unavailable");
        expect(message).to.match(/^PostgreSQL did not answer within/);
      }
      await setStandby("");
      for (let nth = 0; nth < 2; nth++) {
        const { isNew } = await storage.open(opening(samplePayment(`p${nth}`)));
        expect(isNew).to.equal(false);
      }
      await storage.stop();
    } finally {
      await server.stop();
    }
  });
});
