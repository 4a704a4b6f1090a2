import { expect } from "chai";
import type { Pool } from "pg";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import { failed } from "../../../lib/storage/conformance/resting.js";
import {
  change,
  claimAll,
  claimOne,
  deliver,
  inquire,
  NOW,
  opening,
  openNew,
  recording,
  sampleEntry,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../../lib/storage/postgres.js";
import type { Payment } from "../../../lib/payment/payment.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { type CuttingProxy, cuttingProxy } from "./cutting-proxy.js";
import { rejection } from "./rejection.js";

/** The connection is lost once: before the server is told, or between its commit and its answer. Nobody can tell which; the outcome must be the same. */
describe("a lost connection", () => {
  let database: PostgresDatabase;
  let proxy: CuttingProxy;
  let direct: Pool;
  let storage: Storage;
  let payments = 0;

  before(async function () {
    this.timeout(60_000);
    const server = await sharedPostgres();
    database = await server.database();
    proxy = await cuttingProxy(server);
    direct = database.pool();
    await direct.query("CREATE TABLE IF NOT EXISTS shipped (id text)");
    storage = postgresStorage(
      database.pool({ connectionString: `postgres://postgres@127.0.0.1:${proxy.port}/${database.name}` }),
      // The proxy goes by the statements' text, which is sent only once where they are prepared.
      { preparedStatements: false },
    );
    await storage.start();
  });

  after(async () => {
    await storage.stop();
    await proxy.close();
    await database.drop();
  });

  const newId = (): string => `p${++payments}`;

  for (const when of ["before", "after"] as const) {
    describe(`${when} the server has done as it was told`, () => {
      /** Cuts at bytes with this text, and sees to it that it came to that. */
      const cutAt = async <T>(text: string, work: () => Promise<T>): Promise<T> => {
        const before = proxy.cuts;
        proxy.cut(text, when);
        const result = await work();
        expect(proxy.cuts).to.equal(before + 1);
        return result;
      };

      it("opens the payment once, as a new one", async () => {
        const payment = samplePayment(newId());
        const opened = await cutAt("opened AS", () => storage.open(opening(payment, [inquire(payment)])));
        expect(opened).to.deep.equal({ payment, isNew: true });
        expect(await storage.journal(payment.id)).to.have.lengthOf(1);
        expect((await storage.tasks({ payment: payment.id, limit: 5 })).items).to.have.lengthOf(1);
      });

      it("opens a payment once that is not live", async () => {
        const payment = failed(newId());
        const opened = await cutAt("opened AS", () =>
          storage.open({ payment, isLive: false, entry: sampleEntry(payment), tasks: [] }),
        );
        expect(opened).to.deep.equal({ payment, isNew: true });
      });

      it("still answers with the order's live payment where another was first", async () => {
        const first = await openNew(storage, samplePayment(newId()));
        const second = samplePayment(newId(), { orderId: first.orderId });
        const opened = await cutAt("opened AS", () => storage.open(opening(second)));
        expect(opened).to.deep.equal({ payment: first, isNew: false });
      });

      it("commits once, and says so", async () => {
        const first = await openNew(storage, samplePayment(newId()));
        const next = change(first, { status: "authorized" }, [deliver(first, 1)]);
        expect(await cutAt("made AS", () => storage.commit(next))).to.equal("committed");
        expect(await storage.get(first.id)).to.deep.equal(next.payment);
        expect(await storage.journal(first.id)).to.have.lengthOf(2);
        expect((await storage.tasks({ payment: first.id, limit: 5 })).items).to.have.lengthOf(1);
      });

      it("knows its commit also when another has been made on top of it", async () => {
        const first = await openNew(storage, samplePayment(newId()));
        const next = change(first, { status: "processing" });
        const other = postgresStorage(direct);
        await other.start();
        proxy.cut("made AS", when);
        const pending = storage.commit(next);
        // Made by whoever reads the payment between the commit and its being found out.
        const top = (async () => {
          for (let tries = 0; tries < 200; tries++) {
            const outcome = await other.commit(change(next.payment, { status: "authorized" }));
            if (outcome === "committed") return outcome;
          }
          return "stale";
        })();
        expect(await pending).to.equal("committed");
        expect(await top).to.equal("committed");
        expect(await storage.journal(first.id)).to.have.lengthOf(3);
        await other.stop();
      });

      it("does not take another's commit of the same version for its own", async () => {
        const first = await openNew(storage, samplePayment(newId()));
        const theirs = change(first, { status: "authorized", updatedAt: NOW + 1 });
        expect(await storage.commit(theirs)).to.equal("committed");
        expect(await cutAt("made AS", () => storage.commit(change(first, { status: "failed" })))).to.equal("stale");
        expect(await storage.get(first.id)).to.deep.equal(theirs.payment);
      });

      it("commits each of many that went together", async () => {
        const ids = Array.from({ length: 12 }, newId);
        const opened = await Promise.all(ids.map((id) => openNew(storage, samplePayment(id))));
        const stale = opened[3];
        if (stale !== undefined) await storage.commit(change(stale));
        const outcomes = await cutAt("made AS", () =>
          Promise.all(opened.map((payment) => storage.commit(change(payment, {}, [deliver(payment, 1)])))),
        );
        expect(outcomes).to.deep.equal(opened.map((payment) => (payment === stale ? "stale" : "committed")));
      });

      it("defers a task once, and says so", async () => {
        const payment = await openNew(storage, samplePayment(newId()));
        const task = recording(payment, 5);
        expect(await cutAt("deferred (payment", () => storage.defer(task))).to.equal(true);
        const { items } = await storage.tasks({ payment: payment.id, limit: 5 });
        expect(items).to.deep.equal([{ task, state: "waiting", attempts: 0 }]);
        expect(await storage.defer(task)).to.equal(false);
        expect(await storage.settle(await claimOne(storage, 10), { done: true })).to.equal(true);
      });

      it("does not take another's task of the same id for the one it was to defer", async () => {
        const payment = await openNew(storage, samplePayment(newId()));
        const theirs = recording(payment, 5, "THEIRS");
        expect(await storage.defer(theirs)).to.equal(true);
        expect(await cutAt("deferred (payment", () => storage.defer(recording(payment, 5, "OURS")))).to.equal(false);
        const claimed = await claimOne(storage, 10);
        expect(claimed).to.deep.include({ task: theirs, attempts: 1 });
        expect(await storage.settle(claimed, { done: true })).to.equal(true);
      });

      it("defers each of many that went together, but those of no payment and those there already", async () => {
        const ids = Array.from({ length: 12 }, newId);
        for (const id of ids.slice(1)) await openNew(storage, samplePayment(id));
        const taken = recording({ id: ids[7] ?? "" }, 5, "THEIRS");
        expect(await storage.defer(taken)).to.equal(true);
        const answers = await cutAt("deferred (payment", () =>
          Promise.all(ids.map((id) => storage.defer(recording({ id }, 5)))),
        );
        expect(answers).to.deep.equal(ids.map((_id, nth) => nth !== 0 && nth !== 7));
        const claimed = await claimAll(storage, 10);
        expect(claimed).to.have.lengthOf(11);
        for (const each of claimed) await storage.settle(each, { done: true });
      });

      for (const outcome of [{ done: true }, { again: NOW + 5, error: "x" }, { dead: "x" }] as const) {
        it(`settles a task once, as ${Object.keys(outcome).join()}, and its lease is lost to all others`, async () => {
          for (const make of [inquire, (of: Payment, dueAt: number) => deliver(of, 1, dueAt)]) {
            const payment = samplePayment(newId());
            await openNew(storage, payment, [make(payment, 5)]);
            const claimed = await claimOne(storage, 10);
            const text = claimed.task.kind === "deliver" ? "locked AS" : "gone AS";
            expect(await cutAt(text, () => storage.settle(claimed, outcome))).to.equal(true);
            expect(await storage.settle(claimed, outcome)).to.equal(false);
          }
        });
      }

      it("finds a lease that was lost before lost", async () => {
        const payment = samplePayment(newId());
        await openNew(storage, payment, [deliver(payment, 1, 5)]);
        const slow = await claimOne(storage, 10, 1);
        const quick = await claimOne(storage, 20);
        expect(await cutAt("locked AS", () => storage.settle(slow, { done: true }))).to.equal(false);
        expect(await storage.settle(quick, { done: true })).to.equal(true);
      });

      it("makes a dead task due again", async () => {
        const payment = samplePayment(newId());
        await openNew(storage, payment, [deliver(payment, 1, 5)]);
        await storage.settle(await claimOne(storage, 10), { dead: "x" });
        expect(await cutAt("locked AS", () => storage.redrive(`${payment.id}:1`, 11))).to.equal(true);
        expect((await claimOne(storage, 12)).attempts).to.equal(1);
      });

      it("claims a task no later than its lease would have ended", async () => {
        const payment = samplePayment(newId());
        await openNew(storage, payment, [inquire(payment, 5)]);
        const claimed = await cutAt("SKIP LOCKED", () => claimAll(storage, 10, 1000));
        const again = await claimAll(storage, 1010, 1000);
        expect([...claimed, ...again].map(({ task }) => task.id)).to.include(`inquire:${payment.id}`);
        for (const each of [...claimed, ...again]) await storage.settle(each, { done: true });
      });

      it("removes payments at rest, and counts them", async () => {
        const many = 5;
        for (let nth = 0; nth < many; nth++) {
          await openNew(storage, failed(newId(), { createdAt: 1, updatedAt: 1, expiresAt: 1 }));
        }
        const request = { unpaidBefore: 2, paidBefore: 0, limit: 10 };
        expect(await cutAt("going AS", () => storage.prune(request))).to.equal(many);
        expect(await storage.prune(request)).to.equal(0);
      });

      it("puts a card once, and erases it once", async () => {
        const card = sampleCard(newId());
        expect(await cutAt("INSERT INTO", () => storage.cards.put(card))).to.equal(true);
        expect(await cutAt("UPDATE", () => storage.cards.put({ ...card, version: 2 }))).to.equal(true);
        expect(await storage.cards.put({ ...card, version: 2 })).to.equal(false);
        expect(await cutAt("DELETE FROM", () => storage.cards.remove(card.id, card.buyer))).to.equal(true);
        expect(await storage.cards.get(card.id)).to.equal(undefined);
      });

      it("at the end of a hook's transaction leaves both the hook's work and the task done, or neither", async () => {
        const payment = samplePayment(newId());
        await openNew(storage, payment, [deliver(payment, 1, 5)]);
        const claimed = await claimOne(storage, 10);
        const work = async (client: unknown): Promise<void> => {
          await (client as Pool).query("INSERT INTO shipped VALUES ($1)", [payment.id]);
        };
        const settled = cutAt("COMMIT\0", async () => storage.settleWithin?.(claimed, work));
        if (when === "after") expect(await settled).to.equal(true);
        else expect((await rejection(settled)).code).to.equal("storage_unavailable");
        const { rows } = await direct.query("SELECT 1 FROM shipped WHERE id = $1", [payment.id]);
        const { items } = await storage.tasks({ payment: payment.id, limit: 5 });
        expect(rows).to.have.lengthOf(when === "after" ? 1 : 0);
        expect(items[0]?.state).to.equal(when === "after" ? "done" : "waiting");
        if (when === "before") expect(await storage.settle(claimed, { done: true })).to.equal(true);
      });
    });
  }
});
