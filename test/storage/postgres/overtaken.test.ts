import { expect } from "chai";
import type { Pool } from "pg";
import { failed } from "../../../lib/storage/conformance/resting.js";
import {
  change,
  claimAll,
  claimOne,
  deliver,
  NOW,
  opening,
  openNew,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { Payment } from "../../../lib/payment/payment.js";
import type { ClaimedTask, Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";

/** A payment of which event 1 was given up, 2 is out, and 3 waits behind it, if there is one. */
interface Scene {
  readonly payment: Payment;
  readonly held: ClaimedTask;
}

const LEASE = 1000;

const lay = async (storage: Storage, id: string, events: number): Promise<Scene> => {
  const first = await openNew(storage, samplePayment(id));
  const next = change(
    first,
    {},
    [1, 2, 3].slice(0, events).map((sequence) => deliver(first, sequence)),
  );
  await storage.commit(next);
  await storage.settle(await claimOne(storage), { dead: "too often" });
  return { payment: next.payment, held: await claimOne(storage, NOW, LEASE) };
};

type Step = (storage: Storage, scene: Scene) => Promise<unknown>;

const STEPS: Readonly<Record<string, Step>> = {
  "a commit that adds an event": (storage, { payment }) => storage.commit(change(payment, {}, [deliver(payment, 4)])),
  "the end of a delivery": (storage, { held }) => storage.settle(held, { done: true }),
  "a delivery that is put off": (storage, { held }) => storage.settle(held, { again: NOW + 5 }),
  "a delivery that is given up": (storage, { held }) => storage.settle(held, { dead: "too often" }),
  "a delivery that ends with the hook's own work": async (storage, { held }) =>
    storage.settleWithin?.(held, () => Promise.resolve()),
  "a dead event's coming back": (storage, { payment }) => storage.redrive(`${payment.id}:1`, NOW + 2),
};

const STEPS_OF_THREE: Readonly<Record<string, Step>> = {
  ...STEPS,
  "a commit that takes an event away": (storage, { payment }) =>
    storage.commit(change(payment, {}, [{ id: `${payment.id}:3`, obsolete: true }])),
  "a waiting event's being made due": (storage, { payment }) => storage.redrive(`${payment.id}:3`, NOW + 3),
};

/** Only the head of the line may be claimed: when it is due, or when the lease of a later one ends. */
const IN_ORDER = `
SELECT id, ready_at, CASE number WHEN first_value(number) OVER line THEN greatest(due_at, max(leased_until) OVER ()) END AS expected
FROM antom.tasks WHERE payment = (SELECT number FROM antom.payments WHERE id = $1) AND kind = 'deliver' AND state = 'waiting'
WINDOW line AS (ORDER BY sequence, number ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;

const WAITERS =
  "SELECT count(*)::int AS many FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";

const waiters = async (pool: Pool, many: number): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query<{ many: number }>(WAITERS);
    if ((rows[0]?.many ?? 0) >= many) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

describe("two steps on one payment at once, each begun before the other has come about,", () => {
  let database: PostgresDatabase;
  let pool: Pool;
  let storages: readonly [Storage, Storage];
  let payments = 0;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
    pool = database.pool();
    storages = [postgresStorage(database.pool()), postgresStorage(database.pool())];
    for (const storage of storages) await storage.start();
  });

  after(async () => {
    for (const storage of storages) await storage.stop();
    await database.drop();
  });

  const meet = async (makeFirst: Step, makeSecond: Step, events: number, name: string): Promise<void> => {
    const id = `p${++payments}`;
    const scene = await lay(storages[0], id, events);
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM antom.payments WHERE id = $1 FOR UPDATE", [id]);
    const one = makeFirst(storages[0], scene);
    await waiters(pool, 1);
    const other = makeSecond(storages[1], scene);
    await waiters(pool, 2);
    await client.query("ROLLBACK");
    client.release();
    const answers = await Promise.all([one, other]);
    const { rows } = await pool.query<{ id: string; ready_at: string; expected: string }>(IN_ORDER, [id]);
    for (const row of rows) expect(row.ready_at, `${row.id} after ${name}, ${answers.join()}`).to.equal(row.expected);
    await drain(storages[0], id, name);
  };

  it("open the payment once, though the second finds its id taken before it sees that the payment is there", async () => {
    await storages[0].open(opening(failed("template")));
    const client = await pool.connect();
    await client.query("BEGIN; UPDATE antom.payments SET id = 'same' WHERE id = 'template'");
    const payment = samplePayment("same");
    const both = storages.map((storage) => storage.open(opening(payment, [deliver(payment, 1)])));
    await waiters(pool, 2);
    await client.query("ROLLBACK");
    client.release();
    const answers = await Promise.all(both);
    expect(answers.map(({ isNew }) => isNew).toSorted()).to.deep.equal([false, true]);
    for (const answer of answers) expect(answer.payment).to.deep.equal(payment);
    await drain(storages[0], "same", "both");
  });

  /** The rest comes one at a time, in order, and all of it. */
  const drain = async (storage: Storage, id: string, name: string): Promise<void> => {
    const ids: string[] = [];
    for (;;) {
      const claimed = await claimAll(storage, NOW + 2 * LEASE);
      if (claimed.length === 0) break;
      expect(claimed.length, name).to.equal(1);
      for (const each of claimed) {
        ids.push(each.task.id);
        await storage.settle(each, { done: true });
      }
    }
    expect(ids, name).to.deep.equal(ids.toSorted());
    expect((await storage.tasks({ payment: id, state: "waiting", limit: 5 })).items, name).to.deep.equal([]);
  };

  for (const [events, steps] of [
    [2, STEPS],
    [3, STEPS_OF_THREE],
  ] as const) {
    for (const [first, makeFirst] of Object.entries(steps)) {
      it(`leave ${events} events in line: ${first}, and then any other`, async () => {
        for (const [second, makeSecond] of Object.entries(steps)) await meet(makeFirst, makeSecond, events, second);
      });
    }
  }
});
