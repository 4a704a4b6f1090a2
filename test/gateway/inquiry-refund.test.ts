import { expect } from "chai";
import { inquiryRefundAnswer, inquiryRefundFacts, inquiryRefundRequest } from "../../lib/gateway/inquiry-refund.js";
import { anOperation } from "./an-operation.js";
import { accepts } from "../../lib/gateway/wire.js";
import { answered, SILENCE } from "./answered.js";

const REFUND = anOperation("refund");
const EUR = (value: string) => ({ currency: "EUR", value });
const SUCCESS = { resultStatus: "S", resultCode: "SUCCESS" };
const facts = (body: object, operation = REFUND) =>
  inquiryRefundFacts(answered(inquiryRefundAnswer, { result: SUCCESS, ...body }), operation);
const refused = (resultStatus: string, resultCode: string) => facts({ result: { resultStatus, resultCode } });
const unanswered = (reason: string) => [{ kind: "unanswered", operation: "refund", reason }];

describe("inquiryRefundRequest", () => {
  it("names the refund", () => {
    expect(inquiryRefundRequest(REFUND.id)).to.deep.equal({ refundRequestId: REFUND.id });
  });
});

describe("inquiryRefundFacts", () => {
  it("reads a refund that went through; the code is the inquiry's, and not the refund's", () => {
    expect(
      facts({
        refundStatus: "SUCCESS",
        refundId: "R1",
        refundRequestId: REFUND.id,
        refundAmount: EUR("1999"),
        actualRefundAmount: EUR("1990"),
        refundTime: "2024-03-18T19:36:54-07:00",
        arn: "ARN-1",
        acquirerInfo: { acquirerName: "First Bank" },
      }),
    ).to.deep.equal([
      {
        kind: "refund",
        outcome: "succeeded",
        requestId: REFUND.id,
        gatewayId: "R1",
        amount: EUR("1999"),
        actualAmount: EUR("1990"),
        settledAt: Date.UTC(2024, 2, 19, 2, 36, 54),
        acquirerReferenceNo: "ARN-1",
        acquirerInfo: { acquirerName: "First Bank" },
      },
    ]);
  });

  for (const [refundStatus, outcome] of [
    ["SUCCESS", "succeeded"],
    ["S", "succeeded"],
    ["FAIL", "failed"],
    ["F", "failed"],
    ["PROCESSING", "pending"],
  ] as const) {
    it(`takes the refund status ${refundStatus} for ${outcome}`, () => {
      expect(facts({ refundStatus })).to.deep.equal([{ kind: "refund", requestId: REFUND.id, outcome }]);
    });
  }

  it("says that Antom does not know the refund, by either code and by an answer without a refund", () => {
    for (const code of ["REFUND_NOT_EXIST", "ORDER_NOT_EXIST"]) {
      expect(refused("F", code)).to.deep.equal([{ kind: "missing" }]);
    }
    expect(facts({ refundId: "", refundRequestId: "" })).to.deep.equal([{ kind: "missing" }]);
  });

  it("takes an answer whose members are null, also the amount, for one of a refund that Antom does not know", () => {
    const nothing = { refundId: null, refundRequestId: null, refundAmount: null, refundStatus: null };
    for (const [resultStatus, resultCode] of [
      ["F", "REFUND_NOT_EXIST"],
      ["S", "SUCCESS"],
    ]) {
      const body = { result: { resultStatus, resultCode }, ...nothing };
      const isUnderstood = accepts(inquiryRefundAnswer, body);
      // Of a question that was answered the amount may be null; of one that was not, null is not told.
      const kept = resultStatus === "S" ? { refundAmount: null } : {};
      expect([isUnderstood, body]).to.deep.equal([true, { result: body.result, ...kept }]);
      expect(facts(body)).to.deep.equal([{ kind: "missing" }]);
    }
  });

  it("learns nothing from silence, from a refused question, and from a status that is not known", () => {
    expect(inquiryRefundFacts(SILENCE, REFUND)).to.deep.equal(unanswered("timeout"));
    for (const [status, code] of [
      ["U", "UNKNOWN_EXCEPTION"],
      ["F", "ACCESS_DENIED"],
      ["F", "PARAM_ILLEGAL"],
      ["F", "PROCESS_FAIL"],
    ] as const) {
      expect(refused(status, code)).to.deep.equal(unanswered(code));
    }
    for (const refundStatus of ["CANCELLED", "constructor"]) {
      expect(facts({ refundStatus })).to.deep.equal(unanswered("not_understood"));
    }
    expect(facts({ refundId: "R1" })).to.deep.equal(unanswered("not_understood"));
  });

  it("does not believe an answer about another refund", () => {
    const known = anOperation("refund", { gatewayId: "R1" });
    for (const body of [{ refundRequestId: "R9" }, { refundId: "R2" }]) {
      expect(facts({ refundStatus: "SUCCESS", ...body }, known)).to.deep.equal(unanswered("other_operation"));
    }
    expect(facts({ refundStatus: "FAIL", refundAmount: EUR("1") })).to.deep.equal(unanswered("other_operation"));
  });

  it("hands on another amount that is said to be refunded, for the ledger to mark as a conflict", () => {
    expect(facts({ refundStatus: "SUCCESS", refundAmount: EUR("1") })[0]).to.deep.include({ amount: EUR("1") });
  });
});
