import { expect } from "chai";
import { isAntomError } from "../../lib/index.js";
import { manualClock } from "../../lib/testing.js";
import { RESULTS, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop, type TestShop } from "../support/shop.js";

const IDR = (value: string) => ({ currency: "IDR", value });

describe("rupiah", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    shop = await startShop({ gateway: gateway.url, worker: false, clock: manualClock() });
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const order = (value: string) => anOrder("order-1", { capture: "MANUAL", amount: IDR(value) });

  it("that are not whole open no payment", async () => {
    shop.orders.set("order-1", order("12345"));
    const response = await shop.checkout("order-1");
    expect(response.status).to.equal(500);
    expect(await response.json()).to.include({ code: "order_invalid" });
    expect(gateway.calls).to.deep.equal([]);
  });

  it("that are not whole are not given back, and nothing is sent", async () => {
    shop.orders.set("order-1", order("1500000"));
    const { payment } = await answerOf(await shop.checkout("order-1"));
    await shop.notify(paymentResult(payment, { paymentAmount: IDR("1500000") }));
    gateway.on("capture", ({ body }) => ({
      result: RESULTS.success,
      captureRequestId: body["captureRequestId"],
      captureId: "CAPTURE-1",
      captureAmount: body["captureAmount"],
    }));
    await shop.antom.payments.capture(payment.id);
    const asked = shop.antom.payments.refund(payment.id, { amount: "150" });
    const refusal: unknown = await asked.catch((error: unknown) => error);
    expect(isAntomError(refusal) && refusal.code).to.equal("amount_refused");
    expect(gateway.calls.map(({ operation }) => operation)).not.to.include("refund");
    expect((await shop.antom.payments.get(payment.id)).operations).to.have.lengthOf(1);
  });
});
