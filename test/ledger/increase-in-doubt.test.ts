import { expect } from "chai";
import { isAntomError } from "../../lib/index.js";
import { RESULTS, standing, type ReceivedCall } from "../support/scripted-antom.js";
import { paymentResult } from "../support/shop.js";
import { heldPayment, refused } from "./held-payment.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("an increase that Antom never tells of", function () {
  this.timeout(30_000);
  const held = heldPayment();
  const { start, later, current, statuses, sent } = held;

  const accepted = ({ body }: ReceivedCall) => ({
    result: RESULTS.success,
    updateRequestId: body["updateRequestId"],
    paymentId: body["paymentId"],
    amount: body["amount"],
  });

  /** Antom tells, late, that it was carried out. */
  const raisedAfterAll = (more: object = {}): Promise<Response> =>
    held.shop.notify(
      paymentResult(held.payment, {
        notifyType: "UPDATE_AMOUNT_RESULT",
        updateRequestId: `${held.payment.id}U1`,
        paymentAmount: { currency: "EUR", value: "2999" },
        ...more,
      }),
    );

  it("is given up after some hours of inquiries that do not show it, though Antom has accepted it, and counts when it comes after all", async () => {
    await start();
    held.gateway.on("updateAmount", accepted);
    await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
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
    expect(await held.shop.antom.payments.capture(held.payment.id)).to.include({ capturedAmount: "2999" });
  });

  for (const [what, answer] of [
    ["answers with UNKNOWN_EXCEPTION", { result: RESULTS.unknown }],
    ["does not answer", "http-500"],
  ] as const) {
    it(`is given up likewise where Antom ${what}, keeps nobody from capturing, and counts when it comes after all`, async () => {
      await start();
      held.gateway.on("updateAmount", () => answer);
      await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
      await later(HOUR);
      expect(await statuses()).to.deep.equal(["U1 pending"]);
      for (let hour = 0; hour < 3; hour++) await later(HOUR);
      expect(await statuses()).to.deep.equal(["U1 failed"]);
      expect((await current()).operations[0]).not.to.have.property("code");
      const calls = sent("updateAmount");
      expect(await held.shop.antom.payments.capture(held.payment.id)).to.include({ capturedAmount: "1999" });
      for (let day = 0; day < 2; day++) await later(DAY);
      expect(sent("updateAmount")).to.equal(calls);
      await raisedAfterAll();
      const { authorizedAmount, capturedAmount, conflicts, operations } = await current();
      expect([authorizedAmount, capturedAmount, conflicts]).to.deep.equal(["2999", "1999", []]);
      expect(operations.map(({ status }) => status)).to.deep.equal(["succeeded", "succeeded"]);
    });

    it(`is not given up where Antom ${what} and an inquiry shows that more is held`, async () => {
      await start();
      held.gateway.on("updateAmount", () => answer);
      await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
      const paymentAmount = { currency: "EUR", value: "2999" };
      held.gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { paymentAmount }));
      for (let hour = 0; hour < 4; hour++) await later(HOUR);
      expect(await statuses()).to.deep.equal(["U1 succeeded"]);
      expect(await held.shop.antom.payments.capture(held.payment.id)).to.include({ capturedAmount: "2999" });
    });
  }

  it("is given up likewise where Antom tells of another total: the hold counts as it was, and a person is to look", async () => {
    await start();
    held.gateway.on("updateAmount", accepted);
    await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
    const other = { currency: "EUR", value: "2500" };
    await raisedAfterAll({ paymentAmount: other });
    const transaction = {
      transactionType: "INCREMENTAL",
      transactionStatus: "SUCCESS",
      transactionId: "T1",
      transactionRequestId: `${held.payment.id}U1`,
      transactionAmount: other,
      transactionResult: RESULTS.success,
    };
    held.gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", { paymentAmount: other, transactions: [transaction] }),
    );
    const marked = [["amount_mismatch", "2999", "2500"]];
    for (const [hours, statusOf] of [
      [1, "U1 pending"],
      [4, "U1 failed"],
    ] as const) {
      for (let hour = 0; hour < hours; hour++) await later(HOUR);
      const { authorizedAmount, conflicts } = await current();
      expect(await statuses()).to.deep.equal([statusOf]);
      expect(authorizedAmount).to.equal("1999");
      expect(conflicts.map(({ code, expected, seen }) => [code, expected, seen])).to.deep.equal(marked);
    }
    expect(await held.shop.antom.payments.capture(held.payment.id)).to.include({ capturedAmount: "1999" });
  });

  for (const [what, value, total] of [
    ["another total", "2500", "1999"],
    ["what is added", "1000", "2999"],
  ] as const) {
    it(`holds ${total} where Antom takes it and tells of ${what}`, async () => {
      await start();
      held.gateway.on("updateAmount", (call) => ({ ...accepted(call), amount: { currency: "EUR", value } }));
      await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
      await raisedAfterAll({ paymentAmount: { currency: "EUR", value } });
      const { authorizedAmount, conflicts } = await current();
      expect(authorizedAmount).to.equal(total);
      expect(conflicts.map(({ seen }) => seen)).to.deep.equal(total === "1999" ? ["2500"] : []);
    });
  }

  it("is sent a few times before it is given up, where nobody could send it for hours", async () => {
    await start();
    held.gateway.on("updateAmount", () => "http-500");
    await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
    held.gateway.on("updateAmount", accepted);
    await later(6 * HOUR);
    expect(await statuses()).to.deep.equal(["U1 pending"]);
    expect((await current()).operations[0]).to.include({ accepted: true });
    expect(sent("updateAmount")).to.equal(2);
  });

  it("is not given up while Antom does not answer", async () => {
    await start();
    held.gateway.on("updateAmount", accepted);
    await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
    held.gateway.on("inquiryPayment", () => "http-500");
    for (let hour = 0; hour < 12; hour++) await later(HOUR);
    expect(await statuses()).to.deep.equal(["U1 pending"]);
  });

  it("is asked for in vain under its key once it is given up, in words that do not call it refused", async () => {
    await start();
    held.gateway.on("updateAmount", accepted);
    const request = { amount: "2999", idempotencyKey: "tip" };
    await held.shop.antom.payments.increase(held.payment.id, request);
    for (let hour = 0; hour < 5; hour++) await later(HOUR);
    const error = await held.shop.antom.payments.increase(held.payment.id, request).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.include({ code: "gateway_unanswered", status: 409, remedy: "new_payment" });
    expect(error).to.have.property("message").that.includes("waited for no longer").and.not.includes("refused");
    await held.shop.antom.payments.increase(held.payment.id, { amount: "2999", idempotencyKey: "tip again" });
    expect(await statuses()).to.deep.equal(["U1 failed", "U2 pending"]);
  });

  describe("when the hold ends", () => {
    const NEW_END = "2026-01-15T12:00:00+08:00";
    /** Ten minutes before the end an increase is asked for; then the end passes. */
    const asked = async (): Promise<void> => {
      await start();
      held.gateway.on("updateAmount", accepted);
      for (let day = 0; day < 6; day++) await later(DAY);
      await later(23 * HOUR);
      await later(50 * MINUTE);
      await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
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
        expect(await codeOf(held.shop.antom.payments[command](held.payment.id)), command).to.equal("operation_pending");
      }
      await raisedAfterAll({ authExpiryTime: NEW_END });
      for (let hour = 0; hour < 4; hour++) await later(HOUR);
      expect(await current()).to.include({
        status: "authorized",
        authorizedAmount: "2999",
        authorizationExpiresAt: Date.parse(NEW_END),
      });
      expect(await held.shop.antom.payments.capture(held.payment.id)).to.include({ capturedAmount: "2999" });
    });

    it("leaves the hold to end once it is given up", async () => {
      await asked();
      for (let hour = 0; hour < 4; hour++) await later(HOUR);
      expect(await current()).to.deep.include({ status: "expired", conflicts: [] });
      for (const [command, code] of [
        ["capture", "authorization_expired"],
        ["void", "void_too_late"],
      ] as const) {
        expect(await codeOf(held.shop.antom.payments[command](held.payment.id)), command).to.equal(code);
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
      expect(await codeOf(held.shop.antom.payments.capture(held.payment.id))).to.equal("authorization_expired");
      held.gateway.on("cancel", () => refused("CANCEL_WINDOW_EXCEED"));
      expect(await codeOf(held.shop.antom.payments.void(held.payment.id))).to.equal("void_too_late");
      expect((await current()).status).to.equal("expired");
      held.gateway.on("cancel", ({ body }) => ({
        result: RESULTS.success,
        paymentRequestId: body["paymentRequestId"],
      }));
      expect(await held.shop.antom.payments.void(held.payment.id)).to.include({ status: "voided" });
      expect(sent("cancel")).to.equal(2);
    });
  });

  for (const beforeHoldEnds of ["capture", "void"] as const) {
    it(`does not cost the hold that it was asked for just before the end (${beforeHoldEnds})`, async () => {
      await start({ beforeHoldEnds });
      held.gateway.on("updateAmount", accepted);
      for (let day = 0; day < 6; day++) await later(DAY);
      await later(23 * HOUR - 10 * MINUTE);
      await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
      for (let minute = 0; minute < 35; minute++) await later(MINUTE);
      expect((await current()).status).to.equal("authorized");
      for (let minute = 0; minute < 20; minute++) await later(MINUTE);
      expect((await current()).status).to.equal(beforeHoldEnds === "capture" ? "captured" : "voided");
    });
  }

  it("that was made elsewhere stays refused where its refusal, and each inquiry, tells what is held as before", async () => {
    await start();
    const refusal = { result: RESULTS.declined, updateRequestId: "DASHBOARD-1" };
    const told = paymentResult(held.payment, { notifyType: "UPDATE_AMOUNT_RESULT", ...refusal });
    expect((await held.shop.notify(told)).status).to.equal(200);
    expect((await current()).operations).to.have.length(1);
    const paymentAmount = held.payment.amount;
    held.gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { paymentAmount }));
    await held.shop.antom.payments.inquire(held.payment.id);
    const { authorizedAmount, conflicts, operations } = await current();
    expect([authorizedAmount, conflicts]).to.deep.equal([held.payment.amount.value, []]);
    expect(operations.map(({ status }) => status)).to.deep.equal(["failed"]);
  });
});
