import { expect } from "chai";
import type { PaymentView } from "../../lib/index.js";
import type { CommandRequest } from "../../lib/ledger/commands.js";
import { refusalOf } from "../flows/operations-shop.js";
import { RESULTS, standing } from "../support/scripted-antom.js";
import { captured, heldPayment, refunded, refused } from "./held-payment.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What Antom says afterwards of what it had refused. */
type Told = "SUCCESS" | "PROCESSING" | "FAIL";

describe("what Antom refused in doubt and has done after all, its notification lost", function () {
  this.timeout(30_000);
  const held = heldPayment();
  const { start, later, current, statuses, sent } = held;

  /** Until the back-off has reached its first minutes. */
  const aWhile = async (): Promise<void> => {
    for (const seconds of [20, 2, 5, 15, 60, 300]) await later(seconds * 1000);
  };

  const KINDS = {
    capture: {
      first: "C1",
      second: "C2",
      inquiry: "inquiryPayment",
      carriesOut: () => {
        held.gateway.on("capture", captured);
      },
      isTold: (transactionStatus: Told, more: object = {}) => {
        held.transactions = [
          {
            transactionType: "CAPTURE",
            transactionStatus,
            transactionId: "T1",
            transactionRequestId: `${held.payment.id}C1`,
            transactionAmount: { currency: "EUR", value: "500" },
            ...more,
          },
        ];
      },
      moved: ({ capturedAmount }: PaymentView) => capturedAmount,
    },
    refund: {
      first: "R1",
      second: "R2",
      inquiry: "inquiryRefund",
      carriesOut: () => {
        held.gateway.on("refund", refunded);
      },
      isTold: (refundStatus: Told, more: object = {}) => {
        held.gateway.on("inquiryRefund", ({ body }) => ({
          result: RESULTS.success,
          refundStatus,
          refundRequestId: body["refundRequestId"],
          refundId: "T1",
          refundAmount: { currency: "EUR", value: "500" },
          ...more,
        }));
      },
      moved: ({ refundedAmount }: PaymentView) => refundedAmount,
    },
  } as const;

  for (const kind of ["capture", "refund"] as const) {
    const { first, second, inquiry, carriesOut, isTold, moved } = KINDS[kind];

    const own = async (): Promise<string[]> =>
      (await statuses()).filter((status) => status.startsWith(first.slice(0, 1)));
    const command = (request: CommandRequest = {}): Promise<PaymentView> =>
      held.shop.antom.payments[kind](held.payment.id, request);
    /** Of EUR 19.99 Antom refuses a part of EUR 5.00. */
    const inDoubt = async (): Promise<void> => {
      await start({ contract: { multipleCaptures: true } });
      if (kind === "refund") await held.shop.antom.payments.capture(held.payment.id);
      held.gateway.on(kind, () => refused("SYSTEM_ERROR"));
      await command({ amount: "500" });
      await aWhile();
      expect(await own()).to.deep.equal([`${first} failed`]);
      carriesOut();
    };

    it(`(a ${kind}) is the answer to who asks for the same again`, async () => {
      await inDoubt();
      isTold("SUCCESS");
      const calls = sent(kind);
      expect(moved(await command({ amount: "500" }))).to.equal("500");
      expect(await own()).to.deep.equal([`${first} succeeded`]);
      expect(sent(kind)).to.equal(calls);
    });

    it(`(a ${kind}) is the answer to the key that asks for the same again, for good; another key gets another`, async () => {
      await inDoubt();
      isTold("SUCCESS");
      const calls = sent(kind);
      const again = { amount: "500", idempotencyKey: "again" };
      for (let time = 0; time < 3; time++) expect(moved(await command(again))).to.equal("500");
      expect(sent(kind)).to.equal(calls);
      expect(moved(await command({ ...again, idempotencyKey: "another" }))).to.equal("1000");
      expect(await own()).to.deep.equal([`${first} succeeded`, `${second} succeeded`]);
    });

    it(`(a ${kind}) leaves room for another amount, and for the rest`, async () => {
      await inDoubt();
      isTold("SUCCESS");
      expect(moved(await command({ amount: "700", idempotencyKey: "another" }))).to.equal("1200");
      expect(moved(await command())).to.equal("1999");
    });

    it(`(a ${kind}) is waited for while Antom is at it after all`, async () => {
      await inDoubt();
      isTold("PROCESSING");
      const calls = sent(kind);
      for (const request of [{ amount: "500" }, { amount: "500", idempotencyKey: "another" }]) {
        expect(await refusalOf(command(request))).to.include({ code: "operation_pending", remedy: "wait" });
      }
      expect(await refusalOf(command({ amount: "1500" })), "it takes up its room").to.include({
        code: "amount_refused",
      });
      expect(sent(kind)).to.equal(calls);
      isTold("FAIL");
      expect(moved(await command({ amount: "500" }))).to.equal("500");
      expect(await own()).to.deep.equal([`${first} failed`, `${second} succeeded`]);
    });

    it(`(a ${kind}) is waited for where what Antom tells of it cannot be true`, async () => {
      await inDoubt();
      const other = { currency: "EUR", value: "501" };
      isTold("SUCCESS", { transactionAmount: other, refundAmount: other });
      const calls = sent(kind);
      expect(await refusalOf(command({ amount: "500" }))).to.include({ code: "operation_pending" });
      expect(sent(kind)).to.equal(calls);
      expect((await current()).conflicts.map(({ code }) => code)).to.deep.equal(["amount_mismatch"]);
    });

    it(`(a ${kind}) is not done again while Antom does not say what came of it`, async () => {
      await inDoubt();
      const calls = sent(kind);
      held.gateway.on(inquiry, () => "http-500");
      for (const request of [{ amount: "500" }, { amount: "700" }, {}, { idempotencyKey: "another" }]) {
        const refusal = await refusalOf(command(request));
        expect(refusal).to.include({ code: "gateway_unanswered", status: 503, remedy: "wait" });
        expect(refusal.message).to.contain(`${kind} ${held.payment.id}${first}`);
      }
      expect(sent(kind)).to.equal(calls);
      expect(await own(), "nothing was written down").to.deep.equal([`${first} failed`]);
      held.gateway.on("inquiryPayment", (call) =>
        standing(call, "SUCCESS", { paymentAmount: held.payment.amount, transactions: held.transactions }),
      );
      isTold("SUCCESS");
      expect(moved(await command({ amount: "500" }))).to.equal("500");
      expect(sent(kind)).to.equal(calls);
    });
  }

  it("(a refund) is not done again while Antom does not say what came of an earlier one", async () => {
    await start();
    await held.shop.antom.payments.capture(held.payment.id);
    held.gateway.on("refund", () => refused("SYSTEM_ERROR"));
    for (const amount of ["500", "300"]) await held.shop.antom.payments.refund(held.payment.id, { amount });
    await aWhile();
    expect(await statuses()).to.deep.equal(["C1 succeeded", "R1 failed", "R2 failed"]);
    held.gateway.on("inquiryRefund", ({ body }) =>
      body["refundRequestId"] === `${held.payment.id}R2` ? "http-500" : refused("REFUND_NOT_EXIST"),
    );
    const again = held.shop.antom.payments.refund(held.payment.id, { amount: "500" });
    expect(await refusalOf(again)).to.include({ code: "gateway_unanswered" });
    expect(await statuses()).to.have.lengthOf(3);
  });

  it("(a refund) keeps nobody from another for good: not once another has followed it, nor after three days", async () => {
    const refund = (amount: string): Promise<PaymentView> =>
      held.shop.antom.payments.refund(held.payment.id, { amount });
    for (const isFollowed of [true, false]) {
      await start();
      await held.shop.antom.payments.capture(held.payment.id);
      held.gateway.on("refund", () => refused("SYSTEM_ERROR"));
      await refund("500");
      await aWhile();
      held.gateway.on("refund", refunded);
      if (isFollowed) await refund("300");
      held.gateway.on("inquiryRefund", () => refused("PARAM_ILLEGAL"));
      if (!isFollowed) {
        expect(await refusalOf(refund("200"))).to.include({ code: "gateway_unanswered" });
        for (let hour = 0; hour < 72; hour++) await later(HOUR);
      }
      expect((await refund("200")).refundedAmount).to.equal(isFollowed ? "500" : "200");
      if (isFollowed) await held.stop();
    }
  });

  it("(a refund) of the dashboard's is not the kit's to doubt", async () => {
    await start();
    await held.shop.antom.payments.capture(held.payment.id);
    await held.shop.notify({
      notifyType: "REFUND_RESULT",
      result: refused("SYSTEM_ERROR").result,
      refundStatus: "FAIL",
      paymentRequestId: held.payment.id,
      refundRequestId: "DASHBOARD-1",
      refundId: "D1",
      refundAmount: { currency: "EUR", value: "500" },
    });
    held.gateway.on("inquiryRefund", () => refused("PARAM_ILLEGAL"));
    const { refundedAmount } = await held.shop.antom.payments.refund(held.payment.id, { amount: "200" });
    expect(refundedAmount).to.equal("200");
    expect((await statuses())[1]).to.contain("failed");
  });

  it("(a capture) is known by its amount where Antom names it by an id of its own alone", async () => {
    const { isTold, carriesOut } = KINDS.capture;
    await start({ contract: { multipleCaptures: true } });
    held.gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await held.shop.antom.payments.capture(held.payment.id, { amount: "500" });
    await aWhile();
    carriesOut();
    isTold("SUCCESS", { transactionRequestId: undefined });
    const calls = sent("capture");
    expect(await held.shop.antom.payments.capture(held.payment.id, { amount: "500" })).to.include({
      capturedAmount: "500",
    });
    expect(sent("capture")).to.equal(calls);
  });

  it("(an increase) is the answer to who asks for the same total again", async () => {
    await start();
    held.gateway.on("updateAmount", () => refused("SYSTEM_ERROR"));
    await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
    await aWhile();
    expect(await statuses()).to.deep.equal(["U1 failed"]);
    held.gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", { paymentAmount: { currency: "EUR", value: "2999" } }),
    );
    const calls = sent("updateAmount");
    const payment = await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
    expect(payment).to.include({ authorizedAmount: "2999" });
    expect(sent("updateAmount")).to.equal(calls);
  });

  it("keeps nobody from voiding: a void that is sent twice lets go of nothing twice", async () => {
    await start();
    held.gateway.on("cancel", () => refused("SYSTEM_ERROR"));
    expect(await refusalOf(held.shop.antom.payments.void(held.payment.id))).to.include({ code: "gateway_refused" });
    held.gateway.on("cancel", ({ body }) => ({ result: RESULTS.success, paymentRequestId: body["paymentRequestId"] }));
    held.gateway.on("inquiryPayment", () => "http-500");
    expect(await held.shop.antom.payments.void(held.payment.id)).to.include({ status: "voided" });
  });

  it("does not cost the hold: its capture is asked for until Antom says what came of it", async () => {
    await start({ beforeHoldEnds: "capture" });
    held.gateway.on("capture", () => refused("SYSTEM_ERROR"));
    for (let day = 0; day < 6; day++) await later(DAY);
    await held.shop.antom.payments.capture(held.payment.id);
    for (let hour = 0; hour < 20; hour++) await later(HOUR);
    expect(await statuses()).to.deep.equal(["C1 failed"]);
    held.gateway.on("capture", captured);
    // Antom answers the watch over the hold, and then not the one who is to capture.
    let isSilent = true;
    let nth = 0;
    held.gateway.on("inquiryPayment", (call) =>
      isSilent && nth++ % 2 === 1 ? "http-500" : standing(call, "SUCCESS", { paymentAmount: held.payment.amount }),
    );
    for (let hour = 0; hour < 2; hour++) await later(HOUR);
    for (let minute = 0; minute < 70; minute++) await later(MINUTE);
    expect(nth, "both have asked").to.be.greaterThan(3);
    expect(await statuses()).to.deep.equal(["C1 failed"]);
    isSilent = false;
    for (let minute = 0; minute < 3; minute++) await later(MINUTE);
    expect(await statuses()).to.deep.equal(["C1 failed", "C2 succeeded"]);
    expect(await current()).to.include({ status: "captured", capturedAmount: "1999" });
    expect(held.shop.log.filter(({ fields }) => fields["event"] === "task.failed")).to.deep.equal([]);
  });
});
