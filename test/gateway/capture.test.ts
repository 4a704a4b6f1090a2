import { expect } from "chai";
import { captureAnswer, captureFacts, captureRequest } from "../../lib/gateway/capture.js";
import { anOperation } from "./an-operation.js";
import { answered, SILENCE } from "./answered.js";

const CAPTURE = anOperation("capture");
const EUR = (value: string) => ({ currency: "EUR", value });
const facts = (resultStatus: string, resultCode: string, more = {}, operation = CAPTURE, repeated = false) =>
  captureFacts(answered(captureAnswer, { result: { resultStatus, resultCode }, ...more }), operation, repeated);
const unanswered = (reason: string) => [{ kind: "unanswered", operation: "capture", reason }];

describe("captureRequest", () => {
  it("names the capture, the payment and the amount, and nothing else", () => {
    const operation = anOperation("capture", { by: "staff", reason: "shipped", key: "k" });
    expect(captureRequest({ operation, paymentId: "P1" })).to.deep.equal({
      captureRequestId: CAPTURE.id,
      paymentId: "P1",
      captureAmount: EUR("1999"),
    });
  });

  it("is not made without an amount", () => {
    const { amount: _amount, ...operation } = CAPTURE;
    expect(() => captureRequest({ operation, paymentId: "P1" })).to.throw(TypeError, `the capture ${CAPTURE.id}`);
  });
});

describe("captureFacts", () => {
  const answer = {
    captureRequestId: CAPTURE.id,
    captureId: "C1",
    paymentId: "P1",
    captureAmount: { currency: "EUR", value: 1999 },
    captureTime: "2024-03-18T19:36:54-07:00",
    acquirerReferenceNo: "ARN-1",
    acquirerInfo: { acquirerName: "First Bank", acquirerCardToken: "T" },
    somethingNew: [1],
  };
  const told = {
    kind: "capture",
    requestId: CAPTURE.id,
    gatewayId: "C1",
    paymentId: "P1",
    amount: EUR("1999"),
    settledAt: Date.UTC(2024, 2, 19, 2, 36, 54),
    acquirerReferenceNo: "ARN-1",
    acquirerInfo: { acquirerName: "First Bank" },
  };

  it("reads a capture that went through, with what the acquirer says", () => {
    expect(facts("S", "SUCCESS", answer)).to.deep.equal([{ ...told, outcome: "succeeded", code: "SUCCESS" }]);
  });

  it("knows the capture by what was sent, where the answer repeats nothing", () => {
    expect(facts("S", "SUCCESS", { captureRequestId: "", captureId: "", captureTime: "soon" })).to.deep.equal([
      { kind: "capture", requestId: CAPTURE.id, outcome: "succeeded", code: "SUCCESS" },
    ]);
  });

  it("reads one that Antom has taken as pending, without the code it will settle with", () => {
    expect(facts("U", "CAPTURE_IN_PROCESS", answer)).to.deep.equal([{ ...told, outcome: "pending" }]);
  });

  it("reads one that was refused", () => {
    expect(facts("F", "AUTH_EXPIRED", { paymentId: "P1" })).to.deep.equal([
      { kind: "capture", requestId: CAPTURE.id, outcome: "failed", code: "AUTH_EXPIRED", paymentId: "P1" },
    ]);
  });

  it("learns nothing from silence, and from what Antom does not know", () => {
    expect(captureFacts(SILENCE, CAPTURE, false)).to.deep.equal(unanswered("timeout"));
    for (const [status, code] of [
      ["U", "UNKNOWN_EXCEPTION"],
      ["U", "REQUEST_TRAFFIC_EXCEED_LIMIT"],
      ["U", "SOMETHING_NEW"],
    ] as const) {
      expect(facts(status, code)).to.deep.equal(unanswered(code));
    }
  });

  it("takes it for pending, to be asked about first, where it may have happened all the same", () => {
    const pending = [{ kind: "capture", outcome: "pending", requestId: CAPTURE.id }];
    for (const code of ["SYSTEM_ERROR", "REPEAT_REQ_INCONSISTENT"]) {
      expect(facts("F", code)).to.deep.equal([{ ...pending[0], doubtful: true }]);
    }
    expect(facts("F", "PARAM_ILLEGAL", {}, CAPTURE, true)).to.deep.equal(pending);
  });

  it("takes it for failed where it was refused like that before, and Antom has said since that it was not done", () => {
    const doubtful = anOperation("capture", { accepted: true, doubtful: true });
    for (const code of ["SYSTEM_ERROR", "REPEAT_REQ_INCONSISTENT"]) {
      expect(facts("F", code, {}, doubtful)).to.deep.equal([
        { kind: "capture", outcome: "failed", requestId: CAPTURE.id, code },
      ]);
      expect(facts("F", code, {}, doubtful, true)[0]).to.include({ outcome: "pending", doubtful: true });
    }
    expect(facts("S", "SUCCESS", answer, doubtful)[0]).to.include({ outcome: "succeeded" });
  });

  it("takes a refused first call for failed", () => {
    expect(facts("F", "PARAM_ILLEGAL")[0]).to.include({ kind: "capture", outcome: "failed" });
  });

  it("does not believe an answer about another capture", () => {
    const known = anOperation("capture", { gatewayId: "C1" });
    expect(facts("S", "SUCCESS", { captureRequestId: `${CAPTURE.id}0` })).to.deep.equal(unanswered("other_operation"));
    expect(facts("S", "SUCCESS", { captureId: "C2" }, known)).to.deep.equal(unanswered("other_operation"));
    expect(facts("S", "SUCCESS", { captureId: "C1" }, known)[0]).to.include({ outcome: "succeeded" });
    expect(facts("F", "PROCESS_FAIL", { captureAmount: EUR("5") })).to.deep.equal(unanswered("other_operation"));
  });

  it("hands on another amount that is said to have been captured, for the ledger to mark as a conflict", () => {
    for (const amount of [EUR("1998"), { currency: "USD", value: "1999" }]) {
      expect(facts("S", "SUCCESS", { captureAmount: amount })[0]).to.deep.include({ outcome: "succeeded", amount });
    }
  });
});
