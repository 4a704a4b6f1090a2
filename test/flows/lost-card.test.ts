import { expect } from "chai";
import { RESULTS, startScriptedAntom, standing, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type TestShop } from "../support/shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";

/** A pay call with a card in it cannot be made again: the card is written nowhere. */
describe("a pay call with a card that goes unanswered", () => {
  let antom: ScriptedAntom;
  let shop: TestShop;

  beforeEach(async () => {
    antom = await startScriptedAntom();
    shop = await startShop({ gateway: antom.url, pciQualified: true, worker: false });
    shop.orders.set("order-1", anOrder("order-1"));
  });
  afterEach(async () => {
    await shop.stop();
    await antom.stop();
  });

  const payByCard = async () => {
    const response = await fetch(shop.urls.checkout, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ orderId: "order-1", method: "card", card: GOOD_CARD }),
    });
    return answerOf(response);
  };
  const payCalls = () => antom.calls.filter(({ operation }) => operation === "pay");

  it("is made once more at once where the connection broke, with the same id", async () => {
    antom.on("pay", (call, count) =>
      count === 1
        ? "hang up"
        : { result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"], paymentId: "A1" },
    );
    expect((await payByCard()).payment.status).to.equal("authorized");
    expect(new Set(payCalls().map(({ body }) => body["paymentRequestId"])).size).to.equal(1);
    expect(payCalls()).to.have.lengthOf(2);
  });

  it("is never made again after that: Antom is asked, and its answer counts", async () => {
    antom.on("pay", () => "http-500");
    antom.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
    const { payment } = await payByCard();
    expect(payment.status).to.equal("created");
    expect((await shop.antom.payments.inquire(payment.id)).status).to.equal("authorized");
    expect(payCalls()).to.have.lengthOf(1);
  });

  it("is closed where Antom has not heard of it, and the buyer pays anew", async () => {
    antom.on("pay", (call, count) =>
      count === 1
        ? "http-500"
        : { result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"], paymentId: "A2" },
    );
    antom.on("inquiryPayment", () => ({ result: RESULTS.missing }));
    antom.on("cancel", () => ({ result: RESULTS.missing }));
    const first = await payByCard();
    const second = await payByCard();
    expect(second.payment.status).to.equal("authorized");
    expect(second.payment.id).not.to.equal(first.payment.id);
    expect((await shop.antom.payments.get(first.payment.id)).status).to.equal("expired");
    expect(payCalls()).to.have.lengthOf(2);
  });

  it("keeps no later checkout from paying where it turns out that it was declined", async () => {
    antom.on("pay", (call, count) =>
      count === 1
        ? "http-500"
        : { result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"], paymentId: "A2" },
    );
    antom.on("inquiryPayment", (call) => standing(call, "FAIL"));
    const first = await payByCard();
    expect(first.payment.status).to.equal("created");
    const second = await payByCard();
    expect((await shop.antom.payments.get(first.payment.id)).status).to.equal("failed");
    expect(second.payment.status).to.equal("authorized");
    expect(second.payment.id).not.to.equal(first.payment.id);
  });

  it("stays open while Antom cannot be asked: nothing is paid twice", async () => {
    antom.on("pay", () => "http-500");
    antom.on("inquiryPayment", () => "http-500");
    const first = await payByCard();
    const second = await payByCard();
    expect(second.payment.id).to.equal(first.payment.id);
    expect(payCalls()).to.have.lengthOf(1);
  });

  it("leaves nothing of the card with the payment", async () => {
    antom.on("pay", () => "http-500");
    const { payment } = await payByCard();
    const stored = JSON.stringify([
      await shop.antom.payments.get(payment.id),
      await shop.antom.payments.journal(payment.id),
      shop.log,
    ]);
    expect(stored).not.to.include(GOOD_CARD.cardNo);
    expect(stored).not.to.include("billingAddress");
    expect(stored).not.to.include('"cvv"');
  });
});
