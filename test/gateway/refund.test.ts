import { expect } from "chai";
import { refundAnswer, refundFacts, refundRequest } from "../../lib/gateway/refund.js";
import { anOperation } from "./an-operation.js";
import { answered, SILENCE } from "./answered.js";

const REFUND = anOperation("refund");
const EUR = (value: string) => ({ currency: "EUR", value });
const facts = (resultStatus: string, resultCode: string, more = {}, repeated = false) =>
  refundFacts(answered(refundAnswer, { result: { resultStatus, resultCode }, ...more }), REFUND, repeated);
const unanswered = (reason: string) => [{ kind: "unanswered", operation: "refund", reason }];

describe("refundRequest", () => {
  const request = (reason?: string) =>
    refundRequest({ operation: anOperation("refund", reason === undefined ? {} : { reason }), paymentId: "P1" });

  it("names the refund, the payment, the amount, why, and where the result is to be told", () => {
    const operation = anOperation("refund", { by: "staff", reason: "broken mug" });
    expect(refundRequest({ operation, paymentId: "P1", notifyUrl: "https://shop.example/notify" })).to.deep.equal({
      refundRequestId: REFUND.id,
      paymentId: "P1",
      refundAmount: EUR("1999"),
      refundReason: "broken mug",
      refundNotifyUrl: "https://shop.example/notify",
    });
  });

  it("names the capture it gives back of, where one was chosen", () => {
    const operation = anOperation("refund", { captureId: "CAPTURE-2" });
    expect(refundRequest({ operation, paymentId: "P1" })).to.include({ captureId: "CAPTURE-2" });
  });

  it("leaves out what there is not", () => {
    expect(request()).to.have.all.keys("refundRequestId", "paymentId", "refundAmount");
    expect(request("")).not.to.have.property("refundReason");
  });

  it("cuts a long reason to what Antom takes, and no character in half", () => {
    expect(request("x".repeat(256)).refundReason).to.equal("x".repeat(256));
    expect(request("x".repeat(257)).refundReason).to.equal("x".repeat(256));
    expect(request(`${"x".repeat(255)}\u{1F642}`).refundReason).to.equal("x".repeat(255));
    expect(request(`${"x".repeat(254)}\u{1F642}!`).refundReason).to.equal(`${"x".repeat(254)}\u{1F642}`);
  });

  it("is not made without an amount", () => {
    const { amount: _amount, ...operation } = REFUND;
    expect(() => refundRequest({ operation, paymentId: "P1" })).to.throw(TypeError, "has no amount");
  });
});

describe("refundFacts", () => {
  const answer = {
    refundRequestId: REFUND.id,
    refundId: "R1",
    paymentId: "P1",
    refundAmount: EUR("1999"),
    actualRefundAmount: { currency: "USD", value: 2100 },
    refundTime: "2024-03-18T19:36:54-07:00",
    acquirerReferenceNo: "ARN-1",
  };
  const told = {
    kind: "refund",
    requestId: REFUND.id,
    gatewayId: "R1",
    paymentId: "P1",
    amount: EUR("1999"),
    actualAmount: { currency: "USD", value: "2100" },
    settledAt: Date.UTC(2024, 2, 19, 2, 36, 54),
    acquirerReferenceNo: "ARN-1",
  };

  it("reads a refund that went through, with what the buyer was really given", () => {
    expect(facts("S", "SUCCESS", answer)).to.deep.equal([{ ...told, outcome: "succeeded", code: "SUCCESS" }]);
  });

  it("reads one that the bank is about to make as pending", () => {
    expect(facts("U", "REFUND_IN_PROCESS", answer)).to.deep.equal([{ ...told, outcome: "pending" }]);
  });

  it("reads one that was refused", () => {
    expect(facts("F", "REFUND_AMOUNT_EXCEED", { refundId: "", actualRefundAmount: "a lot" })).to.deep.equal([
      { kind: "refund", requestId: REFUND.id, outcome: "failed", code: "REFUND_AMOUNT_EXCEED" },
    ]);
    expect(facts("F", "ORDER_NOT_EXIST")[0]).to.include({ outcome: "failed" });
  });

  it("learns nothing from silence, and asks first where it may have happened: a failing system, a repeat refused for who asks", () => {
    const pending = [{ kind: "refund", outcome: "pending", requestId: REFUND.id }];
    expect(refundFacts(SILENCE, REFUND, true)).to.deep.equal(unanswered("timeout"));
    expect(facts("U", "UNKNOWN_EXCEPTION")).to.deep.equal(unanswered("UNKNOWN_EXCEPTION"));
    expect(facts("F", "SYSTEM_ERROR")).to.deep.equal([{ ...pending[0], doubtful: true }]);
    expect(facts("F", "ACCESS_DENIED", {}, true)).to.deep.equal(pending);
    expect(facts("F", "ACCESS_DENIED")[0]).to.include({ outcome: "failed" });
  });

  it("does not believe an answer about another refund, and hands on another amount", () => {
    expect(facts("S", "SUCCESS", { ...answer, refundRequestId: "R9" })).to.deep.equal(unanswered("other_operation"));
    expect(facts("F", "PROCESS_FAIL", { refundAmount: EUR("1") })).to.deep.equal(unanswered("other_operation"));
    expect(facts("U", "REFUND_IN_PROCESS", { refundAmount: EUR("1") })[0]).to.deep.include({ amount: EUR("1") });
  });
});
