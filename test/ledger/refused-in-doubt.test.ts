import { expect } from "chai";
import { isAntomError, type AntomError } from "../../lib/index.js";
import { standing } from "../support/scripted-antom.js";
import { captureResult } from "../support/shop.js";
import { captured, heldPayment, refunded, refused } from "./held-payment.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What Antom refuses for good and replays under the same id, as its documents have it ("Idempotency"; core.md 0 and 7). */
const CODES = ["SYSTEM_ERROR", "REPEAT_REQ_INCONSISTENT"] as const;

describe("an operation that Antom refuses for good in a way that leaves open what was done", function () {
  this.timeout(30_000);
  const held = heldPayment();
  const { start, later, current, statuses, sent } = held;

  /** Until the back-off has reached its first minutes. */
  const aWhile = async (): Promise<void> => {
    for (const seconds of [20, 2, 5, 15, 60, 300]) await later(seconds * 1000);
  };
  const told = (): string[] => held.shop.recorder.events.map(({ type }) => type);
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
      held.gateway.on("capture", () => refused(code));
      await held.shop.antom.payments.capture(held.payment.id);
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
      await held.shop.antom.payments.capture(held.payment.id);
      held.gateway.on("refund", () => refused(code));
      await held.shop.antom.payments.refund(held.payment.id, { amount: "500" });
      await later(20_000);
      expect(await statuses(), "Antom is given some time").to.deep.equal(["C1 succeeded", "R1 pending"]);
      await aWhile();
      expect((await current()).operations[1]).to.include({ status: "failed", code });
      expect(told()).to.include("payment.refund_failed");
      for (let day = 0; day < 3; day++) await later(DAY);
      expect(sent("refund")).to.equal(2);
      held.gateway.on("refund", refunded);
      expect((await held.shop.antom.payments.refund(held.payment.id, { amount: "500" })).refundedAmount).to.equal(
        "500",
      );
    });

    it(`(an increase, ${code}) has failed, and keeps nobody from capturing or voiding`, async () => {
      await start();
      held.gateway.on("updateAmount", () => refused(code));
      await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
      expect(await refusal(held.shop.antom.payments.capture(held.payment.id))).to.include({
        code: "operation_pending",
      });
      await aWhile();
      expect((await current()).operations[0]).to.include({ status: "failed", code });
      expect(await held.shop.antom.payments.capture(held.payment.id)).to.include({ capturedAmount: "1999" });
    });
  }

  it("is captured before the hold ends where the shop wants that, an increase having been refused for good", async () => {
    await start({ beforeHoldEnds: "capture" });
    held.gateway.on("updateAmount", () => refused("SYSTEM_ERROR"));
    await held.shop.antom.payments.increase(held.payment.id, { amount: "2999" });
    for (let hour = 0; hour < 24 * 8; hour++) await later(HOUR);
    expect(await current()).to.include({ status: "captured", capturedAmount: "1999" });
  });

  it("is not failed while an inquiry lists it, or does not answer", async () => {
    await start();
    held.gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await held.shop.antom.payments.capture(held.payment.id);
    held.gateway.on("inquiryPayment", () => "http-500");
    for (let hour = 0; hour < 12; hour++) await later(HOUR);
    expect(await statuses()).to.deep.equal(["C1 pending"]);
    held.gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", {
        paymentAmount: held.payment.amount,
        transactions: [
          {
            transactionType: "CAPTURE",
            transactionStatus: "PROCESSING",
            transactionId: "T1",
            transactionRequestId: `${held.payment.id}C1`,
            transactionAmount: held.payment.amount,
          },
        ],
      }),
    );
    for (let hour = 0; hour < 12; hour++) await later(HOUR);
    expect(await statuses()).to.deep.equal(["C1 pending"]);
    await held.shop.notify(captureResult(held.payment, { captureRequestId: `${held.payment.id}C1`, captureId: "T1" }));
    expect(await current()).to.include({ status: "captured", capturedAmount: "1999" });
    expect(told()).not.to.include("payment.capture_failed");
  });

  it("is not failed by one refusal that comes after Antom had called it in process", async () => {
    await start();
    held.gateway.on("capture", (_call, nth) =>
      nth === 1
        ? { result: { resultStatus: "U", resultCode: "CAPTURE_IN_PROCESS", resultMessage: "" } }
        : refused("SYSTEM_ERROR"),
    );
    await held.shop.antom.payments.capture(held.payment.id);
    for (const seconds of [20, 2, 5, 15]) await later(seconds * 1000);
    expect(sent("capture")).to.equal(2);
    expect(await statuses()).to.deep.equal(["C1 pending"]);
    await later(MINUTE);
    expect(await statuses()).to.deep.equal(["C1 failed"]);
  });

  it("is outranked by a success that comes late, of which the shop is told", async () => {
    await start();
    held.gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await held.shop.antom.payments.capture(held.payment.id);
    await aWhile();
    await held.shop.notify(captureResult(held.payment, { captureRequestId: `${held.payment.id}C1`, captureId: "T1" }));
    await later(0);
    expect(await current()).to.include({ status: "captured", capturedAmount: "1999" });
    expect(told().slice(-3)).to.have.members(["payment.capture_failed", "payment.captured", "payment.conflict"]);
  });

  it("is asked about once more before another takes its place: what is done after all is not done twice", async () => {
    await start({ contract: { multipleCaptures: true } });
    held.gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await held.shop.antom.payments.capture(held.payment.id, { amount: "999" });
    await aWhile();
    expect(await statuses()).to.deep.equal(["C1 failed"]);
    // It was carried out in the meantime, and the notification was lost.
    held.transactions = [
      {
        transactionType: "CAPTURE",
        transactionStatus: "SUCCESS",
        transactionId: "T1",
        transactionRequestId: `${held.payment.id}C1`,
        transactionAmount: { currency: "EUR", value: "999" },
      },
    ];
    held.gateway.on("capture", captured);
    expect(await refusal(held.shop.antom.payments.capture(held.payment.id, { amount: "1999" }))).to.include({
      code: "amount_refused",
    });
    expect(await held.shop.antom.payments.capture(held.payment.id)).to.include({ capturedAmount: "1999" });
    expect(await statuses()).to.deep.equal(["C1 succeeded", "C2 succeeded"]);
    expect((await current()).operations[1]?.amount?.value).to.equal("1000");
  });

  it("gives way to a new one, and never lets more be captured than is held", async () => {
    await start();
    held.gateway.on("capture", () => refused("SYSTEM_ERROR"));
    await held.shop.antom.payments.capture(held.payment.id);
    await aWhile();
    held.gateway.on("capture", captured);
    expect(await held.shop.antom.payments.capture(held.payment.id)).to.include({ capturedAmount: "1999" });
    await held.shop.notify(captureResult(held.payment, { captureRequestId: `${held.payment.id}C1`, captureId: "T1" }));
    const { capturedAmount, conflicts } = await current();
    expect(capturedAmount).to.equal("1999");
    expect(conflicts.map(({ code }) => code)).to.deep.equal(["captured_too_much"]);
  });
});
