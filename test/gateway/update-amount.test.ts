import { expect } from "chai";
import { updateAmountAnswer, updateAmountFacts, updateAmountRequest } from "../../lib/gateway/update-amount.js";
import { anOperation } from "./an-operation.js";
import { answered, SILENCE } from "./answered.js";

const INCREASE = anOperation("increase");
const EUR = (value: string) => ({ currency: "EUR", value });
const facts = (resultStatus: string, resultCode: string, more = {}, repeated = false) =>
  updateAmountFacts(
    answered(updateAmountAnswer, { result: { resultStatus, resultCode }, ...more }),
    INCREASE,
    repeated,
  );
const unanswered = (reason: string) => [{ kind: "unanswered", operation: "increase", reason }];

describe("updateAmountRequest", () => {
  it("names the increase, the payment and the new total", () => {
    expect(updateAmountRequest({ operation: INCREASE, paymentId: "P1" })).to.deep.equal({
      updateRequestId: INCREASE.id,
      paymentId: "P1",
      amount: EUR("1999"),
    });
  });

  it("is not made without a total", () => {
    const { amount: _amount, ...operation } = INCREASE;
    expect(() => updateAmountRequest({ operation, paymentId: "P1" })).to.throw(TypeError, "has no amount");
  });
});

describe("updateAmountFacts", () => {
  it("reads a success as taken, and no more: the result comes later", () => {
    expect(
      facts("S", "SUCCESS", {
        updateRequestId: INCREASE.id,
        paymentId: "P1",
        amount: { currency: "EUR", value: 1999 },
      }),
    ).to.deep.equal([
      { kind: "increase", requestId: INCREASE.id, outcome: "pending", paymentId: "P1", amount: EUR("1999") },
    ]);
    expect(facts("S", "SUCCESS")).to.deep.equal([{ kind: "increase", requestId: INCREASE.id, outcome: "pending" }]);
  });

  it("reads a refusal, after which the old amount is held", () => {
    expect(facts("F", "INCREMENTAL_NOT_SUPPORT", { paymentId: "P1" })).to.deep.equal([
      { kind: "increase", requestId: INCREASE.id, outcome: "failed", code: "INCREMENTAL_NOT_SUPPORT", paymentId: "P1" },
    ]);
  });

  it("learns nothing from silence, and asks first where it may have happened: no word of it, an id used before, a refused repeat", () => {
    const pending = [{ kind: "increase", outcome: "pending", requestId: INCREASE.id }];
    expect(updateAmountFacts(SILENCE, INCREASE, false)).to.deep.equal(unanswered("timeout"));
    expect(facts("U", "UNKNOWN_EXCEPTION")).to.deep.equal(pending);
    expect(facts("F", "REPEAT_REQ_INCONSISTENT")).to.deep.equal([{ ...pending[0], doubtful: true }]);
    expect(facts("F", "CLIENT_INVALID", {}, true)).to.deep.equal(pending);
    expect(facts("F", "CLIENT_INVALID")[0]).to.include({ outcome: "failed" });
  });

  it("does not believe an answer about another increase", () => {
    expect(facts("S", "SUCCESS", { updateRequestId: "U9" })).to.deep.equal(unanswered("other_operation"));
  });

  it("lets another total through, to be compared with what is stored, where a difference is told to the shop", () => {
    for (const amount of [EUR("2000"), { currency: "USD", value: "1999" }]) {
      const pending = { kind: "increase", requestId: INCREASE.id, outcome: "pending", amount };
      expect(facts("S", "SUCCESS", { amount })).to.deep.equal([pending]);
    }
  });

  it("believes a refusal that tells what is held as before", () => {
    const [fact] = facts("F", "INCREMENTAL_NOT_SUPPORT", { amount: EUR("1000") });
    expect(fact).to.deep.include({ outcome: "failed", requestId: INCREASE.id });
  });
});
