import { expect } from "chai";
import { BUYER_TIME } from "../../lib/ledger/inquire.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { inProcess, RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type TestShop } from "../support/shop.js";

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
