import { expect } from "chai";
import { isAntomError, type AntomError, type PaymentView } from "../../lib/index.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import {
  RESULTS,
  standing,
  startScriptedAntom,
  type ReceivedCall,
  type ScriptedAntom,
} from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  paymentResult,
  startShop,
  type ShopOptions,
  type TestShop,
} from "../support/shop.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const refused = (resultCode: string) => ({ result: { resultStatus: "F", resultCode, resultMessage: "" } });

/** What Antom refuses for good and replays under the same id, as its documents have it ("Idempotency"; core.md 0 and 7). */
const CODES = ["SYSTEM_ERROR", "REPEAT_REQ_INCONSISTENT"] as const;

describe("an operation that Antom refuses for good in a way that leaves open what was done", function () {
  this.timeout(30_000);
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;
  let payment: { readonly id: string; readonly amount: { readonly currency: string; readonly value: string } };
  /** What inquiries list. */
  let transactions: object[];

  const start = async (options: ShopOptions = {}): Promise<void> => {
    gateway = await startScriptedAntom();
    clock = manualClock(Date.parse("2026-01-01T12:01:01+08:00"));
    shop = await startShop({ gateway: gateway.url, worker: false, clock, ...options });
    shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
    const answer = await answerOf(await shop.checkout("order-1"));
    payment = { id: answer.payment.id, amount: { currency: "EUR", value: "1999" } };
    transactions = [];
    gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", {
        paymentAmount: payment.amount,
        ...(transactions.length > 0 ? { transactions } : {}),
      }),
    );
    gateway.on("inquiryRefund", () => refused("REFUND_NOT_EXIST"));
    gateway.on("capture", captured);
    gateway.on("refund", refunded);
    const paymentResultInfo = { incrementalAuthorizationAvailable: true };
    await shop.notify(paymentResult(answer.payment, { paymentResultInfo }));
    await later(0);
  };
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const captured = ({ body }: ReceivedCall) => ({
    result: RESULTS.success,
    captureRequestId: body["captureRequestId"],
    captureId: `CAPTURE-${String(body["captureRequestId"])}`,
    paymentId: body["paymentId"],
    captureAmount: body["captureAmount"],
  });
  const refunded = ({ body }: ReceivedCall) => ({
    result: RESULTS.success,
    refundRequestId: body["refundRequestId"],
    refundId: `REFUND-${String(body["refundRequestId"])}`,
    paymentId: body["paymentId"],
    refundAmount: body["refundAmount"],
  });
  const later = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await shop.antom.runDue();
  };
  /** Until the back-off has reached its first minutes. */
  const aWhile = async (): Promise<void> => {
    for (const seconds of [20, 2, 5, 15, 60, 300]) await later(seconds * 1000);
  };
  const current = (): Promise<PaymentView> => shop.antom.payments.get(payment.id);
  const statuses = async (): Promise<string[]> =>
    (await current()).operations.map(({ id, status }) => `${id.slice(payment.id.length)} ${status}`);
  const told = (): string[] => shop.recorder.events.map(({ type }) => type);
  const sent = (operation: string): number => gateway.calls.filter((call) => call.operation === operation).length;
  const refusal = async (asked: Promise<unknown>): Promise<AntomError> => {
    const error: unknown = await asked.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!isAntomError(error)) throw new Error("nothing was refused");
    return error;
  };

  for (const code of CODES) {
    it(`(a capture, ${code}) has failed once Antom has said that it is not done, and refused it again`, async () => {
      await start();
      gateway.on("capture", () => refused(code));
      await shop.antom.payments.capture(payment.id);
      expect(await statuses()).to.deep.equal(["C1 pending"]);
      expect((await current()).operations[0]).to.include({ doubtful: true });
      await aWhile();
      expect((await current()).operations[0]).to.include({ status: "failed", code });
      expect(told()).to.include("payment.capture_failed");
      for (let day = 0; day < 3; day++) await later(DAY);
      expect(sent("capture"), "not sent for ever").to.equal(2);
    });

    it(`(a refund, ${code}) has failed once Antom has said that there is none, and refused it again`, async () => {
      await start();
      await shop.antom.payments.capture(payment.id);
      gateway.on("refund", () => refused(code));
      await shop.antom.payments.refund(payment.id, { amount: "500" });
      await later(20_000);
      expect(await statuses(), "Antom is given some time").to.deep.equal(["C1 succeeded", "R1 pending"]);
      await aWhile();
      expect((await current()).operations[1]).to.include({ status: "failed", code });
      expect(told()).to.include("payment.refund_failed");
      for (let day = 0; day < 3; day++) await later(DAY);
      expect(sent("refund")).to.equal(2);
      gateway.on("refund", refunded);
      expect((await shop.antom.payments.refund(payment.id, { amount: "500" })).refundedAmount).to.equal("500");
    });

    it(`(an increase, ${code}) has failed, and keeps nobody from capturing or voiding`, async () => {
      await start();
      gateway.on("updateAmount", () => refused(code));
      await shop.antom.payments.increase(payment.id, { amount: "2999" });
      expect(await refusal(shop.antom.payments.capture(payment.id))).to.include({ code: "operation_pending" });
      await aWhile();
      expect((await current()).operations[0]).to.include({ status: "failed", code });
      expect(await shop.antom.payments.capture(payment.id)).to.include({ capturedAmount: "1999" });
    });
  }

  it("is captured before the hold ends where the shop wants that, an increase having been refused for good", async () => {
    await start({ beforeHoldEnds: "capture" });
    gateway.on("updateAmount", () => refused("SYSTEM_ERROR"));
    await shop.antom.payments.increase(payment.id, { amount: "2999" });
    for (let hour = 0; hour < 24 * 8; hour++) await later(HOUR);
    expect(await current()).to.include({ status: "captured", capturedAmount: "1999" });
  });

  it("is not failed while an inquiry lists it, or does not answer", async () => {
    await start();
    gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await shop.antom.payments.capture(payment.id);
    gateway.on("inquiryPayment", () => "http-500");
    for (let hour = 0; hour < 12; hour++) await later(HOUR);
    expect(await statuses()).to.deep.equal(["C1 pending"]);
    gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", {
        paymentAmount: payment.amount,
        transactions: [
          {
            transactionType: "CAPTURE",
            transactionStatus: "PROCESSING",
            transactionId: "T1",
            transactionRequestId: `${payment.id}C1`,
            transactionAmount: payment.amount,
          },
        ],
      }),
    );
    for (let hour = 0; hour < 12; hour++) await later(HOUR);
    expect(await statuses()).to.deep.equal(["C1 pending"]);
    await shop.notify(captureResult(payment, { captureRequestId: `${payment.id}C1`, captureId: "T1" }));
    expect(await current()).to.include({ status: "captured", capturedAmount: "1999" });
    expect(told()).not.to.include("payment.capture_failed");
  });

  it("is not failed by one refusal that comes after Antom had called it in process", async () => {
    await start();
    gateway.on("capture", (_call, nth) =>
      nth === 1
        ? { result: { resultStatus: "U", resultCode: "CAPTURE_IN_PROCESS", resultMessage: "" } }
        : refused("SYSTEM_ERROR"),
    );
    await shop.antom.payments.capture(payment.id);
    for (const seconds of [20, 2, 5, 15]) await later(seconds * 1000);
    expect(sent("capture")).to.equal(2);
    expect(await statuses()).to.deep.equal(["C1 pending"]);
    await later(MINUTE);
    expect(await statuses()).to.deep.equal(["C1 failed"]);
  });

  it("is outranked by a success that comes late, of which the shop is told", async () => {
    await start();
    gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await shop.antom.payments.capture(payment.id);
    await aWhile();
    await shop.notify(captureResult(payment, { captureRequestId: `${payment.id}C1`, captureId: "T1" }));
    await later(0);
    expect(await current()).to.include({ status: "captured", capturedAmount: "1999" });
    expect(told().slice(-3)).to.have.members(["payment.capture_failed", "payment.captured", "payment.conflict"]);
  });

  it("is asked about once more before another takes its place: what is done after all is not done twice", async () => {
    await start({ contract: { multipleCaptures: true } });
    gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await shop.antom.payments.capture(payment.id, { amount: "999" });
    await aWhile();
    expect(await statuses()).to.deep.equal(["C1 failed"]);
    // It was carried out in the meantime, and the notification was lost.
    transactions = [
      {
        transactionType: "CAPTURE",
        transactionStatus: "SUCCESS",
        transactionId: "T1",
        transactionRequestId: `${payment.id}C1`,
        transactionAmount: { currency: "EUR", value: "999" },
      },
    ];
    gateway.on("capture", captured);
    expect(await refusal(shop.antom.payments.capture(payment.id, { amount: "1999" }))).to.include({
      code: "amount_refused",
    });
    expect(await shop.antom.payments.capture(payment.id)).to.include({ capturedAmount: "1999" });
    expect(await statuses()).to.deep.equal(["C1 succeeded", "C2 succeeded"]);
    expect((await current()).operations[1]?.amount?.value).to.equal("1000");
  });

  it("gives way to a new one, and never lets more be captured than is held", async () => {
    await start();
    gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await shop.antom.payments.capture(payment.id);
    await aWhile();
    gateway.on("capture", captured);
    expect(await shop.antom.payments.capture(payment.id)).to.include({ capturedAmount: "1999" });
    await shop.notify(captureResult(payment, { captureRequestId: `${payment.id}C1`, captureId: "T1" }));
    const { capturedAmount, conflicts } = await current();
    expect(capturedAmount).to.equal("1999");
    expect(conflicts.map(({ code }) => code)).to.deep.equal(["captured_too_much"]);
  });

  describe("(an increase that Antom never tells of)", () => {
    const accepted = ({ body }: ReceivedCall) => ({
      result: RESULTS.success,
      updateRequestId: body["updateRequestId"],
      paymentId: body["paymentId"],
      amount: body["amount"],
    });

    /** Antom tells, late, that it was carried out. */
    const raisedAfterAll = (more: object = {}): Promise<Response> =>
      shop.notify(
        paymentResult(payment, {
          notifyType: "UPDATE_AMOUNT_RESULT",
          updateRequestId: `${payment.id}U1`,
          paymentAmount: { currency: "EUR", value: "2999" },
          ...more,
        }),
      );

    it("is given up after some hours of inquiries that do not show it, though Antom has accepted it, and counts when it comes after all", async () => {
      await start();
      gateway.on("updateAmount", accepted);
      await shop.antom.payments.increase(payment.id, { amount: "2999" });
      await later(HOUR);
      await later(10 * MINUTE);
      expect(await statuses()).to.deep.equal(["U1 pending"]);
      for (let hour = 0; hour < 4; hour++) await later(HOUR);
      expect(await statuses()).to.deep.equal(["U1 failed"]);
      const calls = sent("updateAmount");
      for (let day = 0; day < 2; day++) await later(DAY);
      expect(sent("updateAmount")).to.equal(calls);
      await raisedAfterAll();
      const { authorizedAmount, conflicts } = await current();
      expect(authorizedAmount).to.equal("2999");
      expect(conflicts).to.deep.equal([]);
      expect(await shop.antom.payments.capture(payment.id)).to.include({ capturedAmount: "2999" });
    });

    for (const [what, answer] of [
      ["answers with UNKNOWN_EXCEPTION", { result: RESULTS.unknown }],
      ["does not answer", "http-500"],
    ] as const) {
      it(`is given up likewise where Antom ${what}, keeps nobody from capturing, and counts when it comes after all`, async () => {
        await start();
        gateway.on("updateAmount", () => answer);
        await shop.antom.payments.increase(payment.id, { amount: "2999" });
        await later(HOUR);
        expect(await statuses()).to.deep.equal(["U1 pending"]);
        for (let hour = 0; hour < 3; hour++) await later(HOUR);
        expect(await statuses()).to.deep.equal(["U1 failed"]);
        expect((await current()).operations[0]).not.to.have.property("code");
        const calls = sent("updateAmount");
        expect(await shop.antom.payments.capture(payment.id)).to.include({ capturedAmount: "1999" });
        for (let day = 0; day < 2; day++) await later(DAY);
        expect(sent("updateAmount")).to.equal(calls);
        await raisedAfterAll();
        const { authorizedAmount, capturedAmount, conflicts, operations } = await current();
        expect([authorizedAmount, capturedAmount, conflicts]).to.deep.equal(["2999", "1999", []]);
        expect(operations.map(({ status }) => status)).to.deep.equal(["succeeded", "succeeded"]);
      });

      it(`is not given up where Antom ${what} and an inquiry shows that more is held`, async () => {
        await start();
        gateway.on("updateAmount", () => answer);
        await shop.antom.payments.increase(payment.id, { amount: "2999" });
        const paymentAmount = { currency: "EUR", value: "2999" };
        gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { paymentAmount }));
        for (let hour = 0; hour < 4; hour++) await later(HOUR);
        expect(await statuses()).to.deep.equal(["U1 succeeded"]);
        expect(await shop.antom.payments.capture(payment.id)).to.include({ capturedAmount: "2999" });
      });
    }

    it("is sent a few times before it is given up, where nobody could send it for hours", async () => {
      await start();
      gateway.on("updateAmount", () => "http-500");
      await shop.antom.payments.increase(payment.id, { amount: "2999" });
      gateway.on("updateAmount", accepted);
      await later(6 * HOUR);
      expect(await statuses()).to.deep.equal(["U1 pending"]);
      expect((await current()).operations[0]).to.include({ accepted: true });
      expect(sent("updateAmount")).to.equal(2);
    });

    it("is not given up while Antom does not answer", async () => {
      await start();
      gateway.on("updateAmount", accepted);
      await shop.antom.payments.increase(payment.id, { amount: "2999" });
      gateway.on("inquiryPayment", () => "http-500");
      for (let hour = 0; hour < 12; hour++) await later(HOUR);
      expect(await statuses()).to.deep.equal(["U1 pending"]);
    });

    it("is asked for in vain under its key once it is given up, in words that do not call it refused", async () => {
      await start();
      gateway.on("updateAmount", accepted);
      const request = { amount: "2999", idempotencyKey: "tip" };
      await shop.antom.payments.increase(payment.id, request);
      for (let hour = 0; hour < 5; hour++) await later(HOUR);
      const error = await shop.antom.payments.increase(payment.id, request).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.include({ code: "gateway_unanswered", status: 409, remedy: "new_payment" });
      expect(error).to.have.property("message").that.includes("waited for no longer").and.not.includes("refused");
      await shop.antom.payments.increase(payment.id, { amount: "2999", idempotencyKey: "tip again" });
      expect(await statuses()).to.deep.equal(["U1 failed", "U2 pending"]);
    });

    describe("when the hold ends", () => {
      const NEW_END = "2026-01-15T12:00:00+08:00";
      /** Ten minutes before the end an increase is asked for; then the end passes. */
      const asked = async (): Promise<void> => {
        await start();
        gateway.on("updateAmount", accepted);
        for (let day = 0; day < 6; day++) await later(DAY);
        await later(23 * HOUR);
        await later(50 * MINUTE);
        await shop.antom.payments.increase(payment.id, { amount: "2999" });
        for (let minute = 0; minute < 30; minute++) await later(MINUTE);
      };
      const codeOf = (command: Promise<unknown>): Promise<unknown> =>
        command.then(
          () => "done",
          (error: unknown) => (isAntomError(error) ? error.code : error),
        );

      it("is waited for: it may have put the end off, and then what is held is captured", async () => {
        await asked();
        expect((await current()).status).to.equal("authorized");
        for (const command of ["capture", "void"] as const) {
          expect(await codeOf(shop.antom.payments[command](payment.id)), command).to.equal("operation_pending");
        }
        await raisedAfterAll({ authExpiryTime: NEW_END });
        for (let hour = 0; hour < 4; hour++) await later(HOUR);
        expect(await current()).to.include({
          status: "authorized",
          authorizedAmount: "2999",
          authorizationExpiresAt: Date.parse(NEW_END),
        });
        expect(await shop.antom.payments.capture(payment.id)).to.include({ capturedAmount: "2999" });
      });

      it("leaves the hold to end once it is given up", async () => {
        await asked();
        for (let hour = 0; hour < 4; hour++) await later(HOUR);
        expect(await current()).to.deep.include({ status: "expired", conflicts: [] });
        for (const [command, code] of [
          ["capture", "authorization_expired"],
          ["void", "void_too_late"],
        ] as const) {
          expect(await codeOf(shop.antom.payments[command](payment.id)), command).to.equal(code);
        }
      });

      it("is told of where it comes after all once the hold was called over, and what is held can be voided", async () => {
        await asked();
        for (let hour = 0; hour < 4; hour++) await later(HOUR);
        await raisedAfterAll({ authExpiryTime: NEW_END });
        await raisedAfterAll({ authExpiryTime: NEW_END });
        const { status, conflicts } = await current();
        expect(status).to.equal("expired");
        expect(conflicts.map(({ code, seen }) => [code, seen])).to.deep.equal([
          ["late_success", "held until 2026-01-15T04:00:00.000Z"],
        ]);
        expect(await codeOf(shop.antom.payments.capture(payment.id))).to.equal("authorization_expired");
        gateway.on("cancel", () => refused("CANCEL_WINDOW_EXCEED"));
        expect(await codeOf(shop.antom.payments.void(payment.id))).to.equal("void_too_late");
        expect((await current()).status).to.equal("expired");
        gateway.on("cancel", ({ body }) => ({ result: RESULTS.success, paymentRequestId: body["paymentRequestId"] }));
        expect(await shop.antom.payments.void(payment.id)).to.include({ status: "voided" });
        expect(sent("cancel")).to.equal(2);
      });
    });

    for (const beforeHoldEnds of ["capture", "void"] as const) {
      it(`does not cost the hold that it was asked for just before the end (${beforeHoldEnds})`, async () => {
        await start({ beforeHoldEnds });
        gateway.on("updateAmount", accepted);
        for (let day = 0; day < 6; day++) await later(DAY);
        await later(23 * HOUR - 10 * MINUTE);
        await shop.antom.payments.increase(payment.id, { amount: "2999" });
        for (let minute = 0; minute < 35; minute++) await later(MINUTE);
        expect((await current()).status).to.equal("authorized");
        for (let minute = 0; minute < 20; minute++) await later(MINUTE);
        expect((await current()).status).to.equal(beforeHoldEnds === "capture" ? "captured" : "voided");
      });
    }
  });
});
