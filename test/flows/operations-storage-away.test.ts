import { expect } from "chai";
import { createTransport } from "../../lib/gateway/transport.js";
import { AntomError } from "../../lib/index.js";
import { failingStorage, type FailingStorage } from "../support/failing-storage.js";
import { answerOf } from "../support/shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";
import { commanded } from "./commanded.js";
import { donePer, expectAgreement, MINUTE, startOperations, type OperationsShop } from "./operations-shop.js";

const COMMANDS = {
  capture: { path: "/capture", isCaptured: false, request: {}, done: ["C1 succeeded 10000"] },
  void: { path: "/cancel", isCaptured: false, request: {}, done: [] },
  refund: {
    path: "/refund",
    isCaptured: true,
    request: { amount: "4000" },
    done: ["C1 succeeded 10000", "R1 succeeded 4000"],
  },
  increase: { path: "/updateAmount", isCaptured: false, request: { amount: "12500" }, done: ["U1 succeeded 12500"] },
} as const;
const KINDS = ["capture", "void", "refund", "increase"] as const;

describe("a storage that goes away as Antom answers", function () {
  this.timeout(20_000);
  const own = createTransport();
  const away = new AntomError("storage_unavailable", "the server is away");
  let shop: OperationsShop;
  let failing: FailingStorage;

  beforeEach(async () => {
    failing = failingStorage();
    const { storage } = failing;
    const transport = failing.heard((request) => own({ ...request, timeout: 10_000 }));
    shop = await startOperations({ storage, transport });
  });
  afterEach(async () => {
    failing.mend();
    await shop.stop();
  });
  after(() => {
    own.close();
  });

  for (const kind of KINDS) {
    const { path, isCaptured, request, done } = COMMANDS[kind];

    it(`leaves it pending (${kind}) for all who asked for it, and it is done once when the storage is back`, async () => {
      const { payments, simulator, aDay } = shop;
      const id = await shop.authorized();
      if (isCaptured) await payments.capture(id);
      failing.failAt(path, away);
      const keyed = { ...request, idempotencyKey: "once" };
      const answers = await Promise.all([commanded(payments, kind, id, keyed), commanded(payments, kind, id, keyed)]);
      for (const { operations } of answers) expect(operations.at(-1)).to.include({ kind, status: "pending" });
      const told = shop.shop.log.filter(({ fields }) => fields["event"] === "operation.unsettled");
      expect(told).to.have.lengthOf(2);
      expect(told[0]?.fields).to.include({ payment: id, operation: answers[0].operations.at(-1)?.id, kind });
      failing.mend();
      await aDay();
      expect(donePer(simulator, id)).to.deep.equal(done.map((entry) => id + entry));
      expectAgreement(simulator, await payments.get(id));
    });
  }

  it("refuses a command that is not written down yet, and nothing is sent", async () => {
    const { payments, simulator } = shop;
    const id = await shop.authorized();
    failing.fail(away);
    const refused = await payments.capture(id).then(
      () => expect.fail("it was taken"),
      (error: unknown) => error,
    );
    expect(refused).to.equal(away);
    expect(simulator.ledger(id).captures).to.deep.equal([]);
  });

  it("hides no mistake in a program behind an operation that is pending", async () => {
    const { payments } = shop;
    const id = await shop.authorized();
    const mistake = new TypeError("a mistake");
    failing.failAt("/capture", mistake);
    const thrown = await payments.capture(id).then(
      () => expect.fail("it was taken"),
      (error: unknown) => error,
    );
    expect(thrown).to.equal(mistake);
  });

  it("never has an order paid twice: the checkout is refused, and its repeat finds the payment", async () => {
    const { payments, simulator, later } = shop;
    const order = { orderId: "order-once", capture: "MANUAL", amount: { currency: "EUR", value: "10000" } } as const;
    for (const fields of [{ method: "card", card: GOOD_CARD }, {}]) {
      const orderId = `${order.orderId}-${Object.keys(fields).length}`;
      failing.failAt("/pay", away);
      expect((await shop.pay(fields, { ...order, orderId })).status).to.equal(503);
      failing.mend();
      await later(MINUTE);
      const { payment } = await answerOf(await shop.pay(fields, { ...order, orderId }));
      expect((await payments.findByOrder(orderId)).map(({ id }) => id)).to.deep.equal([payment.id]);
      if ("card" in fields) expect(simulator.ledger(payment.id).authorizations).to.have.lengthOf(1);
    }
  });
});
