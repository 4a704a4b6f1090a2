import { expect } from "chai";
import { cancelAnswer, cancelFacts } from "../../lib/gateway/cancel.js";
import { answered, SILENCE } from "./answered.js";

const VOID = "PAY0123456789ABCDEFGHJKMNPQRSV1";
const facts = (resultStatus: string, resultCode: string, more = {}) =>
  cancelFacts(answered(cancelAnswer, { result: { resultStatus, resultCode }, ...more }), VOID);

describe("cancelFacts", () => {
  it("reads a cancel that went through", () => {
    expect(facts("S", "SUCCESS", { paymentId: "P1", cancelTime: "2024-03-18T19:36:54-07:00" })).to.deep.equal([
      {
        kind: "void",
        requestId: VOID,
        outcome: "succeeded",
        code: "SUCCESS",
        paymentId: "P1",
        settledAt: Date.UTC(2024, 2, 19, 2, 36, 54),
      },
    ]);
  });

  it("reads a cancel that was refused for good", () => {
    expect(facts("F", "CANCEL_WINDOW_EXCEED", { paymentId: "", cancelTime: "yesterday" })).to.deep.equal([
      { kind: "void", requestId: VOID, outcome: "failed", code: "CANCEL_WINDOW_EXCEED" },
    ]);
  });

  it("says that Antom does not know the payment", () => {
    expect(facts("F", "ORDER_NOT_EXIST")).to.deep.equal([{ kind: "missing" }]);
  });

  it("calls everything else unanswered, never failed", () => {
    expect(cancelFacts(SILENCE, VOID)).to.deep.equal([{ kind: "unanswered", operation: "void", reason: "timeout" }]);
    for (const [status, code] of [
      ["U", "UNKNOWN_EXCEPTION"],
      ["U", "PAYMENT_IN_PROCESS"],
      ["F", "PARAM_ILLEGAL"],
      ["F", "CLIENT_INVALID"],
    ] as const) {
      expect(facts(status, code)).to.deep.equal([{ kind: "unanswered", operation: "void", reason: code }]);
    }
  });
});
