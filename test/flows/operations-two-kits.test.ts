import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isAntomError, type Antom, type PaymentView } from "../../lib/index.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { startShop, type TestShop } from "../support/shop.js";
import { donePer, expectAgreement, MINUTE, SECOND, startOperations, type OperationsShop } from "./operations-shop.js";

/** What came of a command: the payment, or the code of the refusal. */
const outcomeOf = async (command: Promise<PaymentView>): Promise<string> => {
  try {
    return (await command).status;
  } catch (error) {
    if (isAntomError(error)) return error.code;
    throw error;
  }
};

describe("two processes on one file", function () {
  this.timeout(30_000);

  let folder: string;
  let shop: OperationsShop;
  let other: TestShop;
  let kits: readonly Antom[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "express-antom-"));
    const options = { storage: sqliteStorage(join(folder, "payments.db")), contract: { multipleCaptures: true } };
    shop = await startOperations(options);
    other = await startShop({
      ...options,
      storage: sqliteStorage(join(folder, "payments.db")),
      gateway: shop.simulator.credentials.gateway,
      worker: false,
      clock: shop.clock,
    });
    kits = [shop.shop.antom, other.antom];
  });
  afterEach(async () => {
    await other.stop();
    await shop.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Everybody asks for the same at once, by turns in the one process and in the other. */
  const together = (count: number, ask: (antom: Antom, nth: number) => Promise<PaymentView>): Promise<string[]> =>
    Promise.all(
      Array.from({ length: count }, (_unused, nth) => nth).flatMap((nth) => {
        const antom = kits[nth % kits.length];
        return antom === undefined ? [] : [outcomeOf(ask(antom, nth))];
      }),
    );

  it("make one capture of twenty that are asked for at once", async () => {
    const { authorized, simulator, aDay, told } = shop;
    const id = await authorized();
    await together(20, ({ payments }) => payments.capture(id));
    expect(donePer(simulator, id)).to.deep.equal([`${id}C1 succeeded 10000`]);
    await aDay(other.antom);
    expectAgreement(simulator, await shop.payments.get(id));
    const heard = [...told(id), ...other.recorder.events.map(({ type }) => type)];
    expect(heard.filter((type) => type === "payment.captured")).to.have.lengthOf(1);
  });

  it("make one of each command under one Idempotency-Key, however many there is room for", async () => {
    const { authorized, simulator, aDay } = shop;
    const id = await authorized();
    await together(10, ({ payments }) => payments.capture(id, { amount: "1000", idempotencyKey: "morning" }));
    await together(10, ({ payments }) => payments.capture(id, { amount: "1000", idempotencyKey: "evening" }));
    await together(10, ({ payments }) => payments.refund(id, { amount: "10", idempotencyKey: "mug" }));
    await aDay(other.antom);
    expect(donePer(simulator, id)).to.deep.equal([
      `${id}C1 succeeded 1000`,
      `${id}C2 succeeded 1000`,
      `${id}R1 succeeded 10`,
    ]);
    expectAgreement(simulator, await shop.payments.get(id));
  });

  it("capture no more than is held, and give back no more than was captured, when all want a part at once", async () => {
    const { authorized, simulator, aDay } = shop;
    const id = await authorized();
    const captures = await together(20, ({ payments }, nth) => payments.capture(id, { amount: String(900 + nth) }));
    expect(captures).to.include("amount_refused");
    await aDay(other.antom);
    const { capturedAmount } = await shop.payments.get(id);
    expect(Number(capturedAmount)).to.be.within(9000, 10_000);
    const refunds = await together(20, ({ payments }, nth) => payments.refund(id, { amount: String(900 + nth) }));
    expect(refunds).to.include("amount_refused");
    await aDay(other.antom);
    const payment = await shop.payments.get(id);
    expect(Number(payment.refundedAmount)).to.be.within(8000, Number(capturedAmount));
    expectAgreement(simulator, payment);
  });

  it("let a capture that races a void end as Antom's ledger says", async () => {
    const { authorized, simulator, later } = shop;
    const ends = new Set<string>();
    for (let round = 0; round < 12; round++) {
      const id = await authorized();
      const [first, second] = round % 2 === 0 ? kits : [...kits].reverse();
      const outcomes = await Promise.all([
        outcomeOf(first!.payments.capture(id)),
        outcomeOf(second!.payments.void(id)),
      ]);
      await later(MINUTE, other.antom);
      const payment = await shop.payments.get(id);
      ends.add(payment.status);
      const { captures, cancels } = simulator.ledger(id);
      expect(captures.length + cancels.length, outcomes.join()).to.equal(1);
      expectAgreement(simulator, payment);
      expect(payment.conflicts).to.deep.equal([]);
      expect(outcomes).to.include.oneOf(["operation_pending", "operation_refused"]);
    }
    expect([...ends].every((status) => status === "captured" || status === "voided")).to.be.true;
  });

  it("carry on what the other one left behind, once", async () => {
    const { authorized, simulator, clock } = shop;
    const id = await authorized();
    simulator.addFault({ operation: "capture", fault: "http-500" });
    await shop.payments.capture(id, { amount: "4000" });
    simulator.addFault({ operation: "notify", fault: "drop", times: 10 });
    await clock.advance(25 * SECOND);
    await simulator.settled();
    await Promise.all(kits.map((antom) => antom.runDue()));
    expect(donePer(simulator, id)).to.deep.equal([`${id}C1 succeeded 4000`]);
    expectAgreement(simulator, await shop.payments.get(id));
  });
});
