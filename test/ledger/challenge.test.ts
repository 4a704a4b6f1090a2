import { expect } from "chai";
import type { PaymentEvent } from "../../lib/index.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type TestShop } from "../support/shop.js";

const MINUTE = 60_000;
const SHOWN_TO_THE_BUYER = "+82 10-****-1234";
const challengeActionForm = {
  challengeType: "SMS_OTP",
  challengeRenderValue: SHOWN_TO_THE_BUYER,
  triggerSource: "CHANNEL",
};

describe("a check of the buyer for which Antom names no page", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;
  const conflicts: PaymentEvent<"payment.conflict">[] = [];

  beforeEach(async () => {
    conflicts.length = 0;
    gateway = await startScriptedAntom();
    clock = manualClock();
    const hooks = { "payment.conflict": (event: PaymentEvent<"payment.conflict">) => conflicts.push(event) };
    shop = await startShop({ gateway: gateway.url, worker: false, clock, hooks });
    shop.orders.set("order-1", anOrder("order-1"));
    gateway.on("pay", (call) => ({
      result: RESULTS.inProcess,
      paymentRequestId: call.body["paymentRequestId"],
      challengeActionForm,
    }));
    gateway.on("inquiryPayment", (call) => standing(call, "PROCESSING", { challengeActionForm }));
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const checkout = async () => (await answerOf(await shop.checkout("order-1"))).payment;

  it("is told to the shop at once, and does not fail the payment", async () => {
    const { id, status } = await checkout();
    await shop.antom.runDue();
    expect(status).to.equal("created");
    expect(conflicts.map(({ payment, conflict }) => [payment.id, conflict.code, conflict.seen])).to.deep.equal([
      [id, "challenge_unsupported", "SMS_OTP"],
    ]);
  });

  it("is over when the buyer's time is: the order is closed, and nothing is held", async () => {
    const { id } = await checkout();
    for (let minute = 0; minute < 30; minute++) {
      await clock.advance(MINUTE);
      await shop.antom.runDue();
    }
    expect((await shop.antom.payments.get(id)).status).to.equal("expired");
    expect(gateway.calls.filter(({ operation }) => operation === "cancel")).to.have.length(1);
    // The same check would be asked for again.
    expect(gateway.calls.filter(({ operation }) => operation === "pay")).to.have.length(1);
    expect(conflicts).to.have.length(1);
  });

  it("may be passed elsewhere: what Antom says then counts", async () => {
    const { id } = await checkout();
    gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
    expect((await shop.antom.payments.inquire(id)).status).to.equal("authorized");
  });

  it("leaves nothing of what it shows the buyer", async () => {
    const { id } = await checkout();
    await shop.antom.payments.inquire(id);
    const kept = JSON.stringify([await shop.antom.payments.get(id), await shop.antom.payments.journal(id), shop.log]);
    expect(kept).to.contain("SMS_OTP").and.to.not.contain(SHOWN_TO_THE_BUYER);
  });
});
