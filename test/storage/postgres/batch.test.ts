import { expect } from "chai";
import { times } from "../../../lib/storage/conformance/chance.js";
import {
  change,
  claimAll,
  deliver,
  inquire,
  opening,
  openNew,
  samplePayment,
} from "../../../lib/storage/conformance/samples.js";
import { postgresStorage, type PostgresQuery } from "../../../lib/storage/postgres.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { type PostgresDatabase, sharedPostgres } from "../../support/postgres.js";
import { rejection } from "./rejection.js";
import { watched } from "./watched.js";

describe("what is asked of postgresStorage at once", () => {
  let database: PostgresDatabase;
  let storage: Storage;
  let statements: PostgresQuery[] = [];

  before(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).database();
    storage = postgresStorage(watched(database.pool(), { before: (query) => void statements.push(query) }));
    await storage.start();
  });

  beforeEach(() => {
    statements = [];
  });

  after(async () => {
    await storage.stop();
    await database.drop();
  });

  it("goes to the server together, and each is answered for itself", async () => {
    const payments = times(60, (nth) => samplePayment(`a${nth}`));
    await Promise.all(payments.map((payment) => storage.open(opening(payment, [deliver(payment, 1)]))));
    const outcomes = await Promise.all(
      payments.map((payment, nth) => {
        const { expectedVersion, ...rest } = change(payment);
        return storage.commit({ ...rest, expectedVersion: expectedVersion + (nth % 7 === 0 ? 5 : 0) });
      }),
    );
    for (const [nth, outcome] of outcomes.entries()) expect(outcome).to.equal(nth % 7 === 0 ? "stale" : "committed");
    const read = await Promise.all(payments.map(({ id }) => storage.get(id)));
    for (const [nth, payment] of read.entries()) expect(payment?.version).to.equal(nth % 7 === 0 ? 1 : 2);
    const claimed = await claimAll(storage);
    expect(new Set(await Promise.all(claimed.map((each) => storage.settle(each, { done: true }))))).to.deep.equal(
      new Set([true]),
    );
    expect(statements.length).to.be.lessThan(12);
  });

  it("is made alone where one of them cannot be made", async () => {
    const other = await openNew(storage, samplePayment("other"), [inquire(samplePayment("other"))]);
    const payments = await Promise.all(times(12, (nth) => openNew(storage, samplePayment(`b${nth}`))));
    const answers = await Promise.all(
      payments.map((payment, nth) => {
        const taken = nth === 5 ? { ...inquire(payment), id: `inquire:${other.id}` } : inquire(payment);
        const commit = storage.commit(change(payment, {}, [taken]));
        return nth === 5 ? rejection(commit) : commit;
      }),
    );
    for (const [nth, answer] of answers.entries()) {
      if (nth === 5) expect(answer).to.have.property("code", "internal");
      else expect(answer).to.equal("committed");
    }
    expect((await storage.get("b5"))?.version).to.equal(1);
    expect((await storage.tasks({ payment: "other", limit: 5 })).items).to.have.lengthOf(1);
  });

  it("leaves one payment of an order live, and says of the others what kept them", async () => {
    const given = await Promise.all(
      times(6, async (nth) => {
        const payment = samplePayment(`c${nth}`, { orderId: "order" });
        const failed = change(payment, { status: "failed" });
        await storage.open({ ...opening(payment), isLive: false });
        return (await storage.commit(failed)) === "committed" ? failed.payment : payment;
      }),
    );
    const outcomes = await Promise.all(
      given.map((payment) => storage.commit(change(payment, { status: "authorized" }))),
    );
    expect(outcomes.toSorted()).to.deep.equal([
      "committed",
      "occupied",
      "occupied",
      "occupied",
      "occupied",
      "occupied",
    ]);
  });

  it("is not all made alone, one after the other, where the server is slow", async () => {
    const sent: PostgresQuery[] = [];
    const pool = watched(database.pool({ statement_timeout: 100 }), { before: (query) => void sent.push(query) });
    const slow = postgresStorage(pool, { timeout: 250 });
    await slow.start();
    sent.length = 0;
    const locker = await database.pool().connect();
    await locker.query("BEGIN; LOCK TABLE antom.payments IN ACCESS EXCLUSIVE MODE");
    const answers = await Promise.all(times(60, (nth) => rejection(slow.get(`a${nth}`))));
    await locker.query("ROLLBACK");
    locker.release();
    for (const { code } of answers) expect(code).to.equal("storage_unavailable");
    expect(answers.at(-1)?.message).to.include("too slow");
    expect(sent.length).to.be.lessThan(10);
    expect((await slow.get("a1"))?.id).to.equal("a1");
    await slow.stop();
  });

  it("is refused beyond what can be kept in mind", async () => {
    const many = times(10_050, () => storage.get("a1").catch((error: unknown) => error));
    const errors = (await Promise.all(many)).filter((answer) => answer instanceof Error);
    expect(errors.length).to.equal(50);
    for (const error of errors) expect(error).to.have.property("code", "storage_unavailable");
  });

  it("is not mixed up with ids that the server cannot keep", async () => {
    expect(
      await Promise.all([storage.get("a1\0"), storage.get("a1\ud800"), storage.get("a1")]),
    ).to.have.nested.property("[2].id", "a1");
    const outcomes = await Promise.all([
      storage.commit(change(samplePayment("a2\0"))),
      storage.commit(change(samplePayment("a2\ud800"))),
    ]);
    expect(outcomes).to.deep.equal(["stale", "stale"]);
    for (const id of ["a\0", "\udfff"]) {
      expect((await rejection(storage.open(opening(samplePayment(id))))).code).to.equal("request_invalid");
    }
    const [claimed] = await (async () => {
      await openNew(storage, samplePayment("e"), [inquire(samplePayment("e"), 5)]);
      return storage.claim({ now: 10, lease: 5, limit: 1 });
    })();
    if (claimed === undefined) return expect.fail("nothing was claimed");
    expect(await storage.settle(claimed, { dead: "a\0b\ud800c" })).to.equal(true);
    expect((await storage.tasks({ payment: "e", limit: 1 })).items[0]?.lastError).to.equal("a\ufffdb\ufffdc");
  });
});
