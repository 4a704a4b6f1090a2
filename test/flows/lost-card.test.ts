import { expect } from "chai";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { RESULTS, startScriptedAntom, standing, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, problemOf, startShop, type TestShop } from "../support/shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";

const SECOND = 1000;
const OTHER_CARD = { ...GOOD_CARD, cardNo: "4111111111111111" };

/** A pay call with a card in it cannot be made again: the card is written nowhere. */
describe("a pay call with a card that goes unanswered", () => {
  let antom: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;

  beforeEach(async () => {
    antom = await startScriptedAntom();
    clock = manualClock();
    shop = await startShop({ gateway: antom.url, pciQualified: true, worker: false, clock });
    shop.orders.set("order-1", anOrder("order-1"));
  });
  afterEach(async () => {
    await shop.stop();
    await antom.stop();
  });

  const checkoutWith = (card: object): Promise<Response> =>
    fetch(shop.urls.checkout, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ orderId: "order-1", method: "card", card }),
    });
  const payByCard = async () => answerOf(await checkoutWith(GOOD_CARD));
  const seconds = async (howMany: number): Promise<void> => {
    for (let second = 0; second < howMany; second++) {
      await clock.advance(SECOND);
      await shop.antom.runDue();
    }
  };
  const statusOf = async (id: string): Promise<string> => (await shop.antom.payments.get(id)).status;
  /** Nothing of the first pay call has arrived, and every later one succeeds. */
  const firstIsLost = (): void => {
    antom.on("pay", (call, count) =>
      count === 1
        ? "http-500"
        : { result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"], paymentId: "A2" },
    );
    antom.on("inquiryPayment", () => ({ result: RESULTS.missing }));
    antom.on("cancel", () => ({ result: RESULTS.missing }));
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

  it("is waited for half a minute where Antom has not heard of it: another click pays nothing meanwhile", async () => {
    firstIsLost();
    const first = await payByCard();
    for (let time = 0; time < 10; time++) {
      const { payment } = await payByCard();
      expect(payment).to.include({ id: first.payment.id, status: "created" });
      await seconds(3);
    }
    expect(payCalls()).to.have.lengthOf(1);
    expect(antom.calls.filter(({ operation }) => operation === "cancel")).to.be.empty;
  });

  it("is closed once Antom has not heard of it for half a minute, and the buyer pays anew", async () => {
    firstIsLost();
    const first = await payByCard();
    await seconds(31);
    expect(await statusOf(first.payment.id)).to.equal("created");
    await seconds(5);
    expect(await statusOf(first.payment.id)).to.equal("expired");
    const second = await payByCard();
    expect(second.payment.status).to.equal("authorized");
    expect(second.payment.id).not.to.equal(first.payment.id);
    expect(payCalls()).to.have.lengthOf(2);
  });

  it("is closed by the buyer's own clicks where no worker runs", async () => {
    firstIsLost();
    const first = await payByCard();
    for (let time = 0; time < 3; time++) {
      expect((await payByCard()).payment.id).to.equal(first.payment.id);
      await clock.advance(10 * SECOND);
    }
    expect((await payByCard()).payment).to.include({ status: "authorized" });
    expect(await statusOf(first.payment.id)).to.equal("expired");
  });

  it("is heard of after all, later than it was asked about: it counts, and the card is held once", async () => {
    firstIsLost();
    const first = await payByCard();
    await seconds(15);
    antom.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
    expect((await payByCard()).payment).to.include({ id: first.payment.id, status: "authorized" });
    expect(payCalls()).to.have.lengthOf(1);
    expect((await shop.antom.payments.get(first.payment.id)).conflicts).to.deep.equal([]);
  });

  it("makes no room for another card either, while the first may still be held", async () => {
    firstIsLost();
    const first = await payByCard();
    const refused = await checkoutWith(OTHER_CARD);
    expect([refused.status, (await problemOf(refused)).code]).to.deep.equal([409, "payment_closing"]);
    await seconds(35);
    expect(await statusOf(first.payment.id)).to.equal("expired");
    const second = await answerOf(await checkoutWith(OTHER_CARD));
    expect(second.payment.status).to.equal("authorized");
    expect(payCalls()).to.have.lengthOf(2);
  });

  it("is let go of where it is heard of after another card was to take its place", async () => {
    firstIsLost();
    const first = await payByCard();
    expect((await checkoutWith(OTHER_CARD)).status).to.equal(409);
    antom.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
    antom.on("cancel", (call) => ({ result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"] }));
    await shop.notify(paymentResult(first.payment));
    await seconds(25);
    expect(await statusOf(first.payment.id)).to.equal("voided");
    expect((await answerOf(await checkoutWith(OTHER_CARD))).payment.status).to.equal("authorized");
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
