import { expect } from "chai";
import type { FaultRequest } from "../../lib/simulator.js";
import { commanded } from "./commanded.js";
import { donePer, expectAgreement, MINUTE, SECOND, startOperations, type OperationsShop } from "./operations-shop.js";
import { until } from "./until.js";

describe("notifications of what follows an authorization", function () {
  this.timeout(20_000);
  let shop: OperationsShop;
  beforeEach(async () => {
    shop = await startOperations();
  });
  afterEach(() => shop.stop());

  const COMMANDS = [
    { kind: "capture", call: "capture", request: {} },
    { kind: "refund", call: "refund", request: { amount: "4000" } },
    { kind: "increase", call: "updateAmount", request: { amount: "12500" } },
  ] as const;

  const ready = async (kind: (typeof COMMANDS)[number]["kind"]): Promise<string> => {
    const id = await shop.authorized();
    if (kind === "refund") {
      await shop.payments.capture(id);
      await shop.later(0);
    }
    return id;
  };

  for (const { kind, call, request } of COMMANDS) {
    it(`(${kind}) are taken in before the answer of the call, which then adds nothing`, async () => {
      const { payments, simulator, clock, later, told } = shop;
      const id = await ready(kind);
      const before = donePer(simulator, id).length;
      simulator.addFault({ operation: call, fault: "delay", delayMs: 10 * SECOND });
      const answered = commanded(payments, kind, id, request);
      await until(() => donePer(simulator, id).length > before);
      await clock.advance(3 * SECOND);
      await simulator.settled();
      const heard = await payments.get(id);
      expect(heard.operations.at(-1)).to.include({ kind, status: "succeeded" });
      await clock.advance(10 * SECOND);
      expect((await answered).version).to.equal(heard.version);
      await later(MINUTE);
      expectAgreement(simulator, await payments.get(id));
      expect(new Set(told(id)).size).to.equal(told(id).length);
    });

    for (const fault of ["duplicate", "delay", "drop", "reset-after"] as const satisfies FaultRequest["fault"][]) {
      it(`(${kind}) are taken in after the answer of the call, and have one effect (${fault})`, async () => {
        const { payments, simulator, aDay, told } = shop;
        const id = await ready(kind);
        simulator.addFault({ operation: "notify", fault, delayMs: 10 * MINUTE, times: 2 });
        await commanded(payments, kind, id, request);
        await aDay();
        const { version } = await payments.get(id);
        for (const { body, notifyType } of simulator.notifications()) {
          if (notifyType !== "PAYMENT_RESULT")
            await simulator.notify({ url: shop.shop.urls.notify, body: Object(body) as object });
        }
        const payment = await payments.get(id);
        expect(payment.version).to.equal(version);
        expectAgreement(simulator, payment);
        expect(new Set(told(id)).size, told(id).join()).to.equal(told(id).length);
      });
    }

    it(`(${kind}) finish it when the answer of the call never came`, async () => {
      const { payments, simulator, later } = shop;
      const id = await ready(kind);
      simulator.addFault({ operation: call, fault: "reset-after" });
      expect((await commanded(payments, kind, id, request)).operations.at(-1)).to.include({ status: "pending" });
      await later(3 * SECOND);
      expectAgreement(simulator, await payments.get(id));
      const calls = simulator.requests().filter(({ operation }) => operation === call);
      expect(calls.length).to.be.at.most(kind === "refund" ? 2 : 1);
    });
  }

  it("of a dispute open it and move it on, each step once, in whichever order they come", async () => {
    const { payments, simulator, later, told, shop: mounted } = shop;
    const id = await shop.authorized();
    await payments.capture(id);
    await later(0);
    simulator.dispute(id);
    await later(0);
    simulator.addFault({ operation: "notify", fault: "delay", delayMs: MINUTE });
    simulator.dispute(id, "DEFENSE_SUPPLIED");
    await later(0);
    simulator.dispute(id, { step: "DISPUTE_JUDGED", judgedResult: "ACCEPT_BY_MERCHANT" });
    await later(0);
    await later(2 * MINUTE);
    const [dispute] = (await payments.get(id)).disputes;
    expect(dispute?.steps).to.have.members(["DISPUTE_CREATED", "DEFENSE_SUPPLIED", "DISPUTE_JUDGED"]);
    expect(told(id).slice(2)).to.deep.equal(["dispute.opened", "dispute.updated", "dispute.updated"]);
    for (const { body } of simulator.notifications()) {
      expect((await mounted.notify(Object(body) as object)).status).to.equal(200);
    }
    await later(MINUTE);
    expect(told(id)).to.have.lengthOf(5);
    // Money that is disputed is not refunded twice by mistake: a refund stays the shop's own decision.
    expect((await payments.get(id)).refundedAmount).to.equal("0");
  });

  it("of a reversal leave a mark for a person", async () => {
    const { simulator, later, told, aDay } = shop;
    const { payment } = await shop.paid({ method: "hosted" }, { capture: "MANUAL" });
    await aDay();
    expect((await shop.payments.get(payment.id)).status).to.equal("expired");
    simulator.reversal(payment.id);
    await later(0);
    const { conflicts } = await shop.payments.get(payment.id);
    expect(conflicts.map(({ code }) => code)).to.include("reversed");
    expect(told(payment.id)).to.include("payment.conflict");
  });

  it("of a kind that nobody knows are acknowledged, and change nothing", async () => {
    const { payments, simulator, shop: mounted } = shop;
    const id = await shop.authorized();
    const { version, paymentId } = await payments.get(id);
    const body = {
      notifyType: "WEATHER_RESULT",
      paymentRequestId: id,
      paymentId,
      result: { resultStatus: "S", resultCode: "SUCCESS" },
    };
    const { acknowledged } = await simulator.notify({ url: mounted.urls.notify, body });
    expect(acknowledged).to.be.true;
    expect((await payments.get(id)).version).to.equal(version);
  });

  it("of a capture that somebody made on Antom's dashboard count, and leave less to capture", async () => {
    const { payments, simulator, later, shop: mounted } = shop;
    const id = await shop.authorized();
    const { paymentId } = await payments.get(id);
    const body = {
      notifyType: "CAPTURE_RESULT",
      result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
      captureRequestId: "DASHBOARD-1",
      captureId: "C-1",
      paymentId,
      captureAmount: { currency: "EUR", value: "10000" },
    };
    expect((await simulator.notify({ url: mounted.urls.notify, body })).acknowledged).to.be.true;
    const payment = await payments.get(id);
    expect(payment).to.include({ status: "captured", capturedAmount: "10000" });
    const more = payments.capture(id, { amount: "1" });
    expect(await more.catch((error: unknown) => error)).to.include({ code: "operation_refused" });
    expect(await payments.capture(id)).to.deep.equal(payment);
    await later(MINUTE);
    expect(simulator.requests().filter(({ operation }) => operation === "capture")).to.deep.equal([]);
  });
});
