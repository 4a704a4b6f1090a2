import { expect } from "chai";
import { chance, times } from "../../../lib/storage/conformance/chance.js";
import { change, deliver, NOW, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { Payment } from "../../../lib/payment/payment.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";

const PAYMENTS = 6;
const EVENTS = 25;

describe("events on PostgreSQL, with several instances at once", () => {
  let database: PostgresDatabase;

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
  });

  after(() => database.drop());

  for (const isolation of ["read committed", "serializable"]) {
    it(`come one at a time, in order and all of them, where transactions are ${isolation}`, async function () {
      this.timeout(60_000);
      const options = `-c default_transaction_isolation=${isolation.replace(" ", "\\ ")}`;
      const schema = `antom_${isolation.replace(" ", "_")}`;
      const storages = times(3, () => postgresStorage(database.pool({ max: 5, options }), { schema, timeout: 30_000 }));
      await Promise.all(storages.map((storage) => storage.start()));
      const by = chance(5);
      const storage = (): Storage => by.oneOf(storages);
      const delivered = new Map<string, string[]>();
      const out = new Set<string>();
      let clock = NOW;
      let writers = PAYMENTS;

      const write = async (id: string): Promise<void> => {
        let payment: Payment = await openNew(storage(), samplePayment(id));
        for (let sequence = 1; sequence <= EVENTS; sequence++) {
          const next = change(payment, {}, [deliver(payment, sequence)]);
          expect(await storage().commit(next)).to.equal("committed");
          payment = next.payment;
        }
        writers--;
      };
      const work = async (): Promise<void> => {
        for (let idle = 0; idle < 3;) {
          const isLast = writers === 0;
          const claimed = await storage().claim({ now: ++clock, lease: 1e9, limit: 1 + by.upTo(3) });
          idle = claimed.length === 0 && isLast ? idle + 1 : 0;
          for (const each of claimed) {
            const { payment, id } = each.task;
            expect(out.has(payment), `two events of ${payment} are out`).to.equal(false);
            out.add(payment);
            const fate = by.upTo(9);
            // Taken out of the set before it is settled, as the next one may be claimed before the answer arrives.
            out.delete(payment);
            if (fate === 0) expect(await storage().settle(each, { again: clock })).to.equal(true);
            else if (fate === 1) {
              expect(await storage().settle(each, { dead: "given up" })).to.equal(true);
              expect(await storage().redrive(id, clock)).to.equal(true);
            } else {
              expect(await storage().settle(each, { done: true })).to.equal(true);
              delivered.set(payment, [...(delivered.get(payment) ?? []), id]);
            }
          }
        }
      };
      const ids = times(PAYMENTS, (nth) => `p${nth}`);
      await Promise.all([...ids.map(write), ...times(6, work)]);

      for (const id of ids) {
        expect(delivered.get(id)?.toSorted()).to.deep.equal(times(EVENTS, (nth) => `${id}:${nth + 1}`).toSorted());
      }
      const { items } = await storage().tasks({ state: "waiting", limit: 10 });
      expect(items).to.deep.equal([]);
      await Promise.all(storages.map((each) => each.stop()));
    });
  }
});
