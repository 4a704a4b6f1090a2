import { expect } from "chai";
import { BUYER_TIME } from "../../lib/ledger/inquire.js";
import { timestamp } from "../../lib/simulator/timestamp.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { inProcess, RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, captureResult, paymentResult, startShop, type TestShop } from "../support/shop.js";
import { CARD_KEY } from "../support/simulated-shop.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** "Open one of the returned URLs; if none is returned, call pay with a new paymentRequestId." (Antom: pay, PAYMENT_IN_PROCESS) */
describe("a pay call that is answered with PAYMENT_IN_PROCESS and no page for the buyer", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    shop = await startShop({ gateway: gateway.url, worker: false, clock });
    shop.orders.set("order-1", anOrder("order-1"));
    gateway.on("pay", (call) => ({ ...inProcess(call), normalUrl: undefined }));
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const checkout = async () => (await answerOf(await shop.checkout("order-1"))).payment;
  const count = (operation: string): number => gateway.calls.filter((call) => call.operation === operation).length;
  const seconds = async (howMany: number): Promise<void> => {
    for (let second = 0; second < howMany; second += 5) {
      await clock.advance(5 * SECOND);
      await shop.antom.runDue();
    }
  };
  const now = (id: string) => shop.antom.payments.get(id);

  it("is made once more, with the same id; then the payment is closed, and the next click opens another", async () => {
    const first = await checkout();
    await seconds(30);
    expect((await now(first.id)).status).to.equal("voided");
    expect(count("pay")).to.equal(2);
    expect(count("cancel")).to.equal(1);
    gateway.on("pay", inProcess);
    const second = await checkout();
    expect(second.id).not.to.equal(first.id);
    expect(second.status).to.equal("requires_action");
  });

  it("is not closed where the repetition says where to go", async () => {
    const first = await checkout();
    gateway.on("pay", inProcess);
    await seconds(60);
    expect((await now(first.id)).status).to.equal("requires_action");
    expect(count("cancel")).to.equal(0);
  });

  it("is not closed while Antom does not answer the repetition", async () => {
    const first = await checkout();
    gateway.on("pay", () => "http-500");
    await seconds(60);
    expect((await now(first.id)).status).to.equal("created");
    expect(count("cancel")).to.equal(0);
  });

  it("does not get the buyer more time by being repeated, as Antom counts from the first one", async () => {
    const first = await checkout();
    const { expiresAt } = await now(first.id);
    gateway.on("pay", () => "http-500");
    await seconds(5 * 60);
    expect(count("pay")).to.be.greaterThan(2);
    expect((await now(first.id)).expiresAt).to.equal(expiresAt);
    await seconds((BUYER_TIME - 4 * MINUTE) / SECOND);
    expect((await now(first.id)).status).to.equal("expired");
  }).timeout(10_000);

  it("gets the buyer more time where Antom has never heard of the one before", async () => {
    gateway.on("pay", () => "http-500");
    gateway.on("inquiryPayment", () => ({ result: RESULTS.missing }));
    const first = await checkout();
    await seconds(5 * 60);
    gateway.on("pay", inProcess);
    await seconds(30);
    gateway.on("inquiryPayment", (call) => standing(call, "PROCESSING"));
    const { status, createdAt, expiresAt } = await now(first.id);
    expect(status).to.equal("requires_action");
    expect(expiresAt).to.be.greaterThan(createdAt + BUYER_TIME + 4 * MINUTE);
    expect(expiresAt).to.be.at.most(createdAt + 2 * BUYER_TIME);
  });
});

describe("a charge with nobody there that is answered with PAYMENT_IN_PROCESS and no page for the buyer", () => {
  const AMOUNT = { currency: "EUR", value: "1500" };
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;
  let cardId: string;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    gateway.responseTime = () => timestamp(clock.now());
    shop = await startShop({ gateway: gateway.url, worker: false, clock, cardKey: CARD_KEY, buyer: () => "buyer-1" });
    shop.orders.set("order-1", anOrder("order-1", { tokenizeMode: "ASKFORCONSENT" }));
    const { payment } = await answerOf(await shop.checkout("order-1"));
    const card = { cardToken: "ALIPAYtoken==", cardBrand: "VISA", paymentMethodRegion: "GLOBAL" };
    await shop.notify(
      paymentResult(payment, { cardInfo: card, paymentResultInfo: { networkTransactionId: "network-1" } }),
    );
    await shop.notify(captureResult(payment));
    await shop.antom.runDue();
    cardId = (await shop.antom.payments.get(payment.id)).storedCardId ?? "";
    gateway.on("pay", (call) => ({ ...inProcess(call), normalUrl: undefined }));
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const charge = () =>
    shop.antom.payments.charge({
      orderId: "charge-1",
      description: "Coffee for December",
      amount: AMOUNT,
      cardId,
      recurringType: "UNSCHEDULED",
    });
  const wait = async (minutes: number): Promise<void> => {
    for (let half = 0; half < 2 * minutes; half++) {
      await clock.advance(MINUTE / 2);
      await shop.antom.runDue();
    }
  };
  const told = (id: string) =>
    shop.recorder.events.flatMap(({ type, payment }) =>
      payment.id === id ? [`${type}, ${payment.buyerNeeded === true ? "buyer needed" : "as it is"}`] : [],
    );

  it("is voided once Antom has said no more than that again, and the shop is told that the buyer is needed", async () => {
    const payment = await charge();
    expect(payment.status).to.equal("created");
    expect(payment.buyerNeeded).to.equal(undefined);
    await wait(5);
    expect(await shop.antom.payments.get(payment.id)).to.include({ status: "voided", buyerNeeded: true });
    expect(told(payment.id)).to.deep.equal(["payment.voided, buyer needed"]);
  });

  it("is what an inquiry tells of it meanwhile", async () => {
    gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
    const payment = await charge();
    await wait(5);
    expect(told(payment.id)).to.deep.equal(["payment.authorized, as it is"]);
  });

  it("tells of the buyer also where it is closed for want of time", async () => {
    const payment = await charge();
    gateway.on("pay", () => "http-500");
    await wait(BUYER_TIME / MINUTE + 2);
    expect(told(payment.id)).to.deep.equal(["payment.expired, buyer needed"]);
  });

  it("does not tell so where Antom never heard of it", async () => {
    gateway.on("pay", () => "http-500");
    gateway.on("inquiryPayment", () => ({ result: RESULTS.missing }));
    gateway.on("cancel", () => ({ result: RESULTS.missing }));
    const payment = await charge();
    await wait(2 * (BUYER_TIME / MINUTE) + 2);
    expect(told(payment.id)).to.deep.equal(["payment.expired, as it is"]);
  });
});
