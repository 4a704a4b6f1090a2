import { expect } from "chai";
import { factWords } from "../../lib/pages/operations/fact-words.js";
import { attentionOf } from "../../lib/payment/attention.js";
import { BUYER_TIME } from "../../lib/ledger/inquire.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type TestShop } from "../support/shop.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const refused = (resultCode: string) => () => ({ result: { resultStatus: "F", resultCode, resultMessage: "no" } });

describe("a payment that nobody paid in time and that Antom does not let the kit close", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;
  let storage: Storage;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    storage = memoryStorage();
    shop = await startShop({ gateway: gateway.url, worker: false, clock, storage });
    shop.orders.set("order-1", anOrder("order-1"));
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const count = (operation: string): number => gateway.calls.filter((call) => call.operation === operation).length;
  const after = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await shop.antom.runDue();
  };
  const halfAnHour = async (): Promise<void> => {
    for (let second = 0; second < 1800; second += 2) await after(2 * SECOND);
  };
  const overdue = async (): Promise<string> => {
    const { payment } = await answerOf(await shop.checkout("order-1"));
    await after(BUYER_TIME + 31 * SECOND);
    return payment.id;
  };
  const stored = async (id: string) => {
    const payment = await storage.get(id);
    if (payment === undefined) throw new Error(`there is no payment ${id}`);
    return payment;
  };

  for (const code of ["PROCESS_FAIL", "ACCESS_DENIED", "ORDER_STATUS_INVALID"]) {
    it(`is cancelled again less and less often, by one void, and shown to the staff (${code})`, async () => {
      gateway.on("cancel", refused(code));
      const id = await overdue();
      await halfAnHour();
      expect(count("cancel")).to.be.greaterThan(5).and.lessThan(25);
      expect(count("inquiryPayment")).to.be.lessThan(30);
      const payment = await stored(id);
      expect(payment.operations.map((operation) => [operation.id, operation.status, operation.closes])).to.deep.equal([
        [`${id}V1`, "pending", true],
      ]);
      expect(attentionOf(payment)).to.deep.equal(["unknown"]);
      expect((await shop.antom.payments.journal(id)).length).to.be.lessThan(35);
      const cancels = count("cancel");
      for (let hour = 0; hour < 24; hour++) await after(HOUR);
      expect(count("cancel") - cancels).to.be.lessThan(60);
      expect((await stored(id)).operations).to.have.length(1);
    }).timeout(20_000);
  }

  it("says so in its journal, with Antom's code, and not that there was no answer", async () => {
    gateway.on("cancel", refused("ACCESS_DENIED"));
    const facts = (await shop.antom.payments.journal(await overdue())).flatMap(({ observation }) => observation.facts);
    const [fact] = facts.filter(({ kind }) => kind === "unanswered");
    expect(fact).to.deep.equal({ kind: "unanswered", operation: "void", reason: "ACCESS_DENIED", refused: true });
    expect(fact === undefined ? undefined : factWords(fact)).to.include({
      title: "Antom refused the void, which is sent again",
      detail: "ACCESS_DENIED",
    });
  });

  it("is cancelled no more often where the cancel goes unanswered while Antom still waits for the buyer", async () => {
    gateway.on("cancel", () => "http-500");
    const id = await overdue();
    await halfAnHour();
    expect(count("cancel")).to.be.greaterThan(5).and.lessThan(25);
    expect(attentionOf(await stored(id))).to.deep.equal(["unknown"]);
  }).timeout(20_000);

  it("is closed by that void as soon as Antom lets it, and needs nobody any more", async () => {
    gateway.on("cancel", refused("PROCESS_FAIL"));
    const id = await overdue();
    await after(MINUTE);
    gateway.on("cancel", (call) => ({ result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"] }));
    for (let minute = 0; minute < 10; minute++) await after(MINUTE);
    const payment = await stored(id);
    expect(payment.status).to.equal("expired");
    expect(payment.operations).to.have.length(1);
    expect(attentionOf(payment)).to.deep.equal([]);
  });

  it("is told of as failed where Antom closes it by itself after refusing", async () => {
    gateway.on("cancel", refused("PROCESS_FAIL"));
    const id = await overdue();
    gateway.on("inquiryPayment", (call) => standing(call, "FAIL", { paymentResultCode: "ORDER_IS_CLOSED" }));
    for (let minute = 0; minute < 10; minute++) await after(MINUTE);
    const payment = await stored(id);
    expect(payment.status).to.equal("expired");
    expect(payment.operations.map(({ status }) => status)).to.deep.equal(["failed"]);
    expect(attentionOf(payment)).to.deep.equal([]);
  });

  it("is left alone where the cancel was refused because it is paid: it can be captured", async () => {
    shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
    gateway.on("cancel", (call) => {
      gateway.on("inquiryPayment", (asked) => standing(asked, "SUCCESS"));
      return { ...refused("ORDER_STATUS_INVALID")(), paymentRequestId: call.body["paymentRequestId"] };
    });
    const id = await overdue();
    await after(2 * SECOND);
    expect(await stored(id)).to.include({ status: "authorized" });
    expect((await stored(id)).operations.map(({ status, code }) => [status, code])).to.deep.equal([
      ["failed", undefined],
    ]);
    gateway.on("capture", (call) => ({ result: RESULTS.success, ...call.body, captureId: "CAPTURE-1" }));
    expect((await shop.antom.payments.capture(id)).status).to.equal("captured");
    expect(count("cancel")).to.equal(1);
  });
});
