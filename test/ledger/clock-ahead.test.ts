import { expect } from "chai";
import type { PaymentView } from "../../lib/index.js";
import { timestamp } from "../../lib/simulator/timestamp.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  paymentResult,
  startShop,
  type ShopOptions,
  type TestShop,
} from "../support/shop.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("a hold that has not ended at Antom, by whose clock this machine's is ahead", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  /** What time it is, and Antom's time. */
  let time: ManualClock;
  let ahead: number;
  let ends: number;
  let payment: { readonly id: string; readonly amount: object };

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    time = manualClock();
    ahead = 0;
    gateway.responseTime = () => timestamp(time.now());
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const start = async (options: ShopOptions = {}, capture: "MANUAL" | "AUTOMATIC" = "MANUAL"): Promise<void> => {
    const clock = { now: () => time.now() + ahead, after: time.after.bind(time) };
    shop = await startShop({ gateway: gateway.url, worker: false, clock, ...options });
    shop.orders.set("order-1", anOrder("order-1", { capture }));
    ({ payment } = await answerOf(await shop.checkout("order-1")));
    ends = time.now() + 7 * DAY;
    gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", { paymentAmount: payment.amount, authExpiryTime: timestamp(ends) }),
    );
    gateway.on("capture", (call) => ({ result: RESULTS.success, ...call.body, captureId: "CAPTURE-1" }));
    await shop.notify(paymentResult(payment, { authExpiryTime: timestamp(ends), paymentTime: timestamp(time.now()) }));
    await shop.antom.runDue();
  };
  const after = async (ms: number): Promise<void> => {
    await time.advance(ms);
    await shop.antom.runDue();
  };
  /** The clock jumps ahead for one look of the worker's. */
  const jump = async (ms: number): Promise<void> => {
    ahead = ms;
    await shop.antom.runDue();
    await shop.antom.runDue();
    ahead = 0;
  };
  const now = (): Promise<PaymentView> => shop.antom.payments.get(payment.id);
  const count = (operation: string): number => gateway.calls.filter((call) => call.operation === operation).length;
  const told = (): string[] => shop.recorder.events.map(({ type }) => type);
  const logged = (name: string) => shop.log.filter(({ fields }) => fields["event"] === name);

  it("stands when the clock is right again, and can be captured", async () => {
    await start();
    await jump(10 * DAY);
    expect((await now()).status).to.equal("authorized");
    expect((await answerOf(await shop.checkout("order-1"))).payment.id).to.equal(payment.id);
    expect((await shop.antom.payments.capture(payment.id)).status).to.equal("captured");
    expect(count("inquiryPayment")).to.equal(1);
    const [line] = logged("clock.ahead");
    expect(line).to.deep.include({ level: "warn" });
    expect(line?.fields).to.include({ payment: payment.id, ahead: 10 * DAY });
  });

  it("stands when the clock is right again, and can be voided", async () => {
    await start();
    await jump(10 * DAY);
    expect((await shop.antom.payments.void(payment.id)).status).to.equal("voided");
  });

  it("is watched on by the clock that is right again: the shop is warned, and told of its end", async () => {
    await start();
    await jump(10 * DAY);
    for (let hour = 0; hour < 6 * 24 - 1; hour++) await after(HOUR);
    expect(told()).to.not.include("payment.expiring");
    await after(HOUR);
    expect(told().at(-1)).to.equal("payment.expiring");
    for (let hour = 0; hour < 24; hour++) await after(HOUR);
    expect(told().at(-1)).to.equal("payment.expired");
    expect(logged("clock.ahead")).to.have.lengthOf(1);
  });

  it("is watched on also where Antom could not be asked while the clock was ahead", async () => {
    await start({ beforeHoldEnds: "capture" });
    const answer = gateway.calls.length;
    gateway.on("inquiryPayment", () => "http-500");
    await jump(10 * DAY);
    expect(gateway.calls.length).to.be.above(answer);
    gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", { paymentAmount: payment.amount, authExpiryTime: timestamp(ends) }),
    );
    for (let hour = 0; hour < 7 * 24; hour++) await after(HOUR);
    expect((await now()).status).to.equal("captured");
  });

  it("ends by Antom's clock while this one stays ahead, and Antom is asked once an hour meanwhile", async () => {
    await start();
    ahead = 10 * DAY;
    for (let minute = 0; minute < 2 * 60; minute++) await after(MINUTE);
    expect(count("inquiryPayment")).to.be.within(2, 3);
    for (let hour = 0; hour < 7 * 24 - 3; hour++) await after(HOUR);
    expect((await now()).status).to.equal("authorized");
    for (let hour = 0; hour < 2; hour++) await after(HOUR);
    expect((await now()).status).to.equal("expired");
    expect(told().slice(-2)).to.deep.equal(["payment.expiring", "payment.expired"]);
  });

  it("ends some seconds later where the clock is some seconds ahead, and the log has nothing of it", async () => {
    await start();
    ahead = 4 * SECOND;
    await after(6 * DAY);
    await after(DAY - 4 * SECOND);
    expect((await now()).status).to.equal("authorized");
    await after(4 * SECOND);
    await after(SECOND);
    expect((await now()).status).to.equal("expired");
    expect(count("inquiryPayment")).to.be.at.most(3);
    expect(logged("clock.ahead")).to.deep.equal([]);
  });

  it("stands though Antom captures it by itself, and it is asked about for that", async () => {
    await start({}, "AUTOMATIC");
    await after(MINUTE);
    await jump(10 * DAY);
    expect((await now()).status).to.equal("authorized");
    expect(logged("clock.ahead")).to.have.lengthOf(1);
    await shop.notify(captureResult(payment));
    expect((await now()).status).to.equal("captured");
    expect((await now()).conflicts).to.deep.equal([]);
  });

  it("ends by this machine's clock alone where Antom's answer bears no time that can be read", async () => {
    for (const unreadable of ["", "tomorrow", "2026-01-08", "Thu, 08 Jan 2026 00:00:00 GMT", "1767830400"]) {
      gateway.responseTime = () => unreadable;
      await start();
      await after(7 * DAY + SECOND);
      await after(SECOND);
      expect((await now()).status, unreadable).to.equal("expired");
      expect(logged("clock.unchecked"), unreadable).to.have.lengthOf(1);
      if (unreadable !== "1767830400") await shop.stop();
      time = manualClock();
    }
  });

  for (const beforeHoldEnds of ["capture", "void"] as const) {
    const [call, status] = beforeHoldEnds === "capture" ? ["capture", "captured"] : ["cancel", "voided"];

    it(`is not ${status} by itself before its last hour`, async () => {
      await start({ beforeHoldEnds });
      for (const jumped of [7 * DAY - 30 * MINUTE, 10 * DAY]) await jump(jumped);
      expect(count(call)).to.equal(0);
      for (let hour = 0; hour < 7 * 24 - 2; hour++) await after(HOUR);
      expect(count(call)).to.equal(0);
      await after(HOUR);
      await after(0);
      expect((await now()).status).to.equal(status);
      expect(logged("hold.unattended")).to.deep.equal([]);
    });

    it(`is ${status} by itself in its last hour by Antom's clock, though it is over by this one`, async () => {
      await start({ beforeHoldEnds });
      ahead = 5 * HOUR;
      for (let hour = 0; hour < 7 * 24 - 2; hour++) await after(HOUR);
      expect(count(call)).to.equal(0);
      for (let minute = 0; minute < 62; minute++) await after(MINUTE);
      expect((await now()).status).to.equal(status);
      expect(count(call)).to.equal(1);
      expect(logged("hold.unattended")).to.deep.equal([]);
    });

    it(`is not ${status} by itself until Antom says what time it is, and then at once`, async () => {
      await start({ beforeHoldEnds });
      gateway.on("inquiryPayment", () => "http-500");
      await after(6 * DAY);
      await after(DAY - HOUR);
      for (let minute = 0; minute < 10; minute++) await after(MINUTE);
      expect(count(call)).to.equal(0);
      expect(count("inquiryPayment")).to.be.within(10, 12);
      gateway.on("inquiryPayment", (received) => standing(received, "SUCCESS", { paymentAmount: payment.amount }));
      await after(MINUTE);
      await after(0);
      expect((await now()).status).to.equal(status);
    });
  }

  it("is asked about until its end where it stands beside the order's other payment", async () => {
    await start({}, "AUTOMATIC");
    shop.orders.set("order-2", anOrder("order-2"));
    const { payment: first } = await answerOf(await shop.checkout("order-2"));
    await shop.notify(paymentResult(first, { result: RESULTS.declined, paymentTime: undefined }));
    await shop.checkout("order-2");
    gateway.on("cancel", () => ({ result: { ...RESULTS.declined, resultCode: "PROCESS_FAIL" } }));
    gateway.on("refund", (call) => ({ result: RESULTS.success, ...call.body, refundId: "REFUND-1" }));
    await shop.notify(paymentResult(first, { authExpiryTime: timestamp(ends), paymentTime: timestamp(time.now()) }));
    await after(0);
    await jump(10 * DAY);
    const waits = await shop.antom.payments.get(first.id);
    expect(waits.conflicts.map(({ code }) => code)).to.deep.equal(["contradictory_result"]);
    ahead = 10 * DAY;
    gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", {
        transactions: [
          {
            transactionType: "CAPTURE",
            transactionStatus: "SUCCESS",
            transactionId: "C1",
            transactionRequestId: "AUTO-1",
            transactionAmount: first.amount,
          },
        ],
      }),
    );
    for (let hour = 0; hour < 24; hour++) await after(HOUR);
    expect(await shop.antom.payments.get(first.id)).to.include({ capturedAmount: "1999", refundedAmount: "1999" });
  });
});
