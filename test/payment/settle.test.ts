import { expect } from "chai";
import { after, DAY, eventsOf, EUR, ID, MINUTE, newPayment, opened, step, T0 } from "./a-payment.js";
import { ACTION, CANCELLED, requested, SUCCESS, told } from "./facts.js";

describe("a payment's money", () => {
  describe("when money moves", () => {
    const authorized = after(newPayment(), ACTION, SUCCESS);

    it("is captured as a whole", () => {
      const fact = told("capture", "10000");
      expect(after(authorized, fact)).to.include({ status: "captured", capturedAmount: "10000" });
      expect(eventsOf(authorized, fact)).to.deep.equal(["payment.captured"]);
    });

    it("is captured in parts, each told", () => {
      const parts = [told("capture", "3000"), told("capture", "7000", { nth: 2 })];
      expect(after(authorized, ...parts)).to.include({ status: "captured", capturedAmount: "10000" });
      expect(eventsOf(authorized, ...parts)).to.deep.equal(["payment.captured", "payment.captured"]);
    });

    it("is authorized by a capture that is heard of first, and the shop hears of both in order", () => {
      const fact = told("capture", "10000");
      expect(after(newPayment(), fact)).to.include({ status: "captured", authorizedAmount: "10000" });
      expect(eventsOf(newPayment(), fact, SUCCESS)).to.deep.equal(["payment.authorized", "payment.captured"]);
    });

    it("counts a capture whose amount is not told for all of it", () => {
      expect(after(authorized, told("capture"))).to.include({ capturedAmount: "10000" });
    });

    it("remembers what was asked for where the outcome does not name the amount", () => {
      const captured = after(authorized, requested("capture", "3000"), told("capture"));
      expect(captured).to.deep.include({ capturedAmount: "3000", conflicts: [] });
      expect(after(captured, told("capture", "3000", { code: "SUCCESS" })).capturedAmount).to.equal("3000");
    });

    it("counts a refund once the capture it gives back is known", () => {
      const [capture, refund] = [told("capture", "10000"), told("refund", "2500")];
      const ahead = after(authorized, refund);
      expect(ahead).to.include({ status: "authorized", capturedAmount: "0", refundedAmount: "0" });
      expect(after(ahead, capture)).to.include({ status: "captured", capturedAmount: "10000", refundedAmount: "2500" });
      expect(after(authorized, capture, refund)).to.include({ capturedAmount: "10000", refundedAmount: "2500" });
    });

    it("stays captured when all of it is given back", () => {
      expect(after(authorized, told("capture", "10000"), told("refund", "10000"))).to.include({
        status: "captured",
        refundedAmount: "10000",
      });
    });

    it("adds up amounts no float could hold", () => {
      const huge = opened({ value: "9999999999999999" }).payment;
      const captured = after(huge, told("capture", "9999999999999998"), told("capture", "1", { nth: 2 }));
      expect(captured.capturedAmount).to.equal("9999999999999999");
    });

    it("tells of a capture and a refund that were refused, and stands as it stood", () => {
      const facts = [told("capture", "10000", { outcome: "failed" }), told("refund", "1", { outcome: "failed" })];
      expect(after(authorized, ...facts)).to.include({ status: "authorized", capturedAmount: "0" });
      expect(eventsOf(authorized, ...facts)).to.deep.equal(["payment.capture_failed", "payment.refund_failed"]);
    });

    it("holds more after an increase that went through, and the same after one that did not", () => {
      const asked = after(authorized, requested("increase", "15000"));
      expect(after(asked, told("increase", "15000")).authorizedAmount).to.equal("15000");
      expect(after(asked, told("increase", "10000", { outcome: "failed" })).authorizedAmount).to.equal("10000");
      expect(after(asked).authorizedAmount).to.equal("10000");
    });

    it("keeps what Antom tells of an operation, and when it was asked for", () => {
      const asked = after(authorized, requested("capture", "3000"));
      const [operation] = after(asked, told("capture", "3000", { code: "SUCCESS", settledAt: T0 + DAY })).operations;
      expect(operation).to.deep.equal({
        id: `${ID}C1`,
        kind: "capture",
        status: "succeeded",
        amount: EUR("3000"),
        gatewayId: "C-1",
        code: "SUCCESS",
        requestedAt: T0 + MINUTE,
        settledAt: T0 + DAY,
      });
    });

    it("knows an operation again by Antom's id when the request's is not told", () => {
      const { requestId: _requestId, ...anonymous } = told("capture", "10000");
      const captured = after(authorized, told("capture", "10000"), anonymous);
      expect(captured.operations).to.have.length(1);
      expect(captured.capturedAmount).to.equal("10000");
    });

    it("has no use for an operation that bears no id at all", () => {
      const { requestId: _requestId, gatewayId: _gatewayId, ...nameless } = told("capture", "10000");
      expect(step(authorized, nameless)).to.be.undefined;
    });
  });

  it("lets what is captured stand although it is said to be cancelled, and marks it", () => {
    for (const facts of [
      [told("capture", "10000"), CANCELLED],
      [CANCELLED, told("capture", "10000")],
    ]) {
      const payment = after(newPayment(), SUCCESS, ...facts);
      expect(payment.status).to.equal("captured");
      expect(payment.conflicts.map(({ code }) => code)).to.deep.equal(["captured_after_void"]);
      expect(eventsOf(newPayment(), SUCCESS, ...facts).filter((type) => type === "payment.authorized")).to.have.length(
        1,
      );
    }
  });

  it("marks an operation said to have failed and to have succeeded, in either order", () => {
    const [yes, no] = [told("capture", "10000"), told("capture", "10000", { outcome: "failed" })];
    for (const facts of [
      [yes, no],
      [no, yes],
    ]) {
      const payment = after(newPayment(), SUCCESS, ...facts);
      expect(payment).to.include({ status: "captured", capturedAmount: "10000" });
      expect(payment.conflicts.map(({ code, seen }) => [code, seen])).to.deep.equal([
        ["contradictory_result", `capture ${ID}C1`],
      ]);
    }
  });

  it("takes a void for made that found nothing at Antom and then something, in either order", () => {
    const [yes, no] = [told("void"), told("void", undefined, { outcome: "failed", code: "ORDER_NOT_EXIST" })];
    for (const facts of [
      [yes, no],
      [no, yes],
    ]) {
      const payment = after(newPayment(), requested("void"), ...facts);
      expect(payment).to.include({ status: "voided" });
      expect(payment.operations.map(({ status }) => status)).to.deep.equal(["succeeded"]);
      expect(payment.conflicts).to.deep.equal([]);
    }
    const refused = told("void", undefined, { outcome: "failed", code: "USER_NOT_EXIST" });
    expect(after(newPayment(), requested("void"), refused, yes).conflicts).to.have.length(1);
  });
});
