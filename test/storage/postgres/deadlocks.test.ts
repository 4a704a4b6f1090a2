import { expect } from "chai";
import { chance, times } from "../../../lib/storage/conformance/chance.js";
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
import type { Payment } from "../../../lib/payment/payment.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";

const PAYMENTS = 100;
const ROUNDS = 20;

describe("batches of many payments, with several instances at once,", () => {
  let database: PostgresDatabase;
  let storages: Storage[];
  const by = chance(11);
  /** In the order of their ids they are not in the order in which they were stored. */
  const id = (): string => times(12, () => by.upTo(9)).join("");

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
    // Long before a lock is no longer waited for.
    await database.pool().query(`ALTER DATABASE ${database.name} SET deadlock_timeout = '20ms'`);
    storages = times(2, () => postgresStorage(database.pool(), { timeout: 30_000 }));
    for (const storage of storages) await storage.start();
  });

  after(async () => {
    for (const storage of storages) await storage.stop();
    await database.drop();
  });

  const deadlocks = async (): Promise<number> => {
    // Backends tell of what they saw once a second at most.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { rows } = await database
      .pool()
      .query<{ deadlocks: number }>("SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()");
    return rows[0]?.deadlocks ?? expect.fail();
  };

  for (const [tasks, make] of [
    ["events", (of: Payment) => [deliver(of, of.version)]],
    ["inquiries", (of: Payment) => [{ ...inquire(of), dueAt: NOW + of.version }]],
  ] as const) {
    it(`do not wait for each other in a circle: commits that add ${tasks}, and the ends of these`, async function () {
      this.timeout(120_000);
      const [one, other] = storages;
      if (one === undefined || other === undefined) return expect.fail();
      const before = await deadlocks();
      const payments = await Promise.all(times(PAYMENTS, () => openNew(one, samplePayment(id()))));
      let isOver = false;
      const committed = Promise.all(
        payments.map(async (first) => {
          let payment = first;
          for (let round = 0; round < ROUNDS; round++) {
            const next = change(payment, {}, make(payment));
            expect(await by.oneOf(storages).commit(next)).to.equal("committed");
            payment = next.payment;
            await new Promise((resolve) => setTimeout(resolve, by.upTo(10)));
          }
        }),
      ).finally(() => {
        isOver = true;
      });
      const work = async (storage: Storage): Promise<void> => {
        while (!isOver) {
          const claimed = await claimAll(storage, NOW + 1e6);
          await Promise.all(claimed.map((each) => storage.settle(each, { done: true })));
          if (claimed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        }
      };
      await Promise.all([committed, ...storages.map(work)]);
      expect((await deadlocks()) - before).to.equal(0);
    });
  }
});
