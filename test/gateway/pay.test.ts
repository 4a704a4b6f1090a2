import { expect } from "chai";
import { payAnswer, payFacts } from "../../lib/gateway/pay.js";
import { answered, SILENCE } from "./answered.js";
import { sample } from "./sample.js";

const facts = (body: unknown, repeated = false) => payFacts(answered(payAnswer, body), repeated);
const result = (resultStatus: string, resultCode: string) => ({ resultStatus, resultCode });

describe("payFacts", () => {
  it("reads the documents' authorized answer", () => {
    expect(facts(sample("pay-answer.succeeded"))).to.deep.equal([
      {
        kind: "authorization",
        outcome: "succeeded",
        paymentId: "20211112194010800100188570271832381",
        amount: { currency: "EUR", value: "1314" },
        code: "SUCCESS",
        resultInfo: { avsResultRaw: "A", cvvResultRaw: "Y", networkTransactionId: "sampleNetworkTransactionId123456" },
      },
    ]);
  });

  it("knows a refusal though its amount is null, and no success whose amount is", () => {
    const body = (resultStatus: string, code: string) => ({ result: result(resultStatus, code), paymentAmount: null });
    expect(facts(body("F", "DO_NOT_HONOR"))).to.deep.equal([
      { kind: "authorization", outcome: "failed", code: "DO_NOT_HONOR" },
    ]);
    expect(facts(body("U", "PAYMENT_IN_PROCESS"))).to.deep.include({
      kind: "authorization",
      outcome: "action_required",
      code: "PAYMENT_IN_PROCESS",
    });
    expect(() => facts(body("S", "SUCCESS"))).to.throw("/paymentAmount");
  });

  it("reads the documents' refused answer", () => {
    expect(facts(sample("pay-answer.failed"))).to.deep.equal([
      {
        kind: "authorization",
        outcome: "failed",
        paymentId: "20211112194010800100188570271832381",
        amount: { currency: "EUR", value: "1314" },
        code: "ACCESS_DENIED",
        resultInfo: { avsResultRaw: "A", cvvResultRaw: "Y", networkTransactionId: "sampleNetworkTransactionId123456" },
      },
    ]);
  });

  it("reads the documents' answer that waits for the buyer: the empty texts dropped, the first of three links taken", () => {
    const body = sample("pay-answer.in-process");
    expect(facts(body)).to.deep.equal([
      {
        kind: "authorization",
        outcome: "action_required",
        paymentId: "2020010123456789XXXX",
        amount: { currency: "KRW", value: "30000" },
        code: "PAYMENT_IN_PROCESS",
        action: { url: body["normalUrl"], method: "GET" },
      },
    ]);
  });

  it("takes the hold's end and the time where they are told", () => {
    const [fact] = facts({
      ...sample("pay-answer.succeeded"),
      paymentTime: "2024-03-18T19:36:54-07:00",
      authExpiryTime: "2024-03-25T19:36:54-07:00",
    });
    expect(fact).to.include({
      authorizedAt: Date.UTC(2024, 2, 19, 2, 36, 54),
      authorizationExpiresAt: Date.UTC(2024, 2, 26, 2, 36, 54),
    });
  });

  it("waits without a link where none is usable", () => {
    expect(facts({ result: result("U", "PAYMENT_IN_PROCESS"), normalUrl: "javascript:alert(1)" })).to.deep.equal([
      { kind: "authorization", outcome: "action_required", code: "PAYMENT_IN_PROCESS" },
    ]);
  });

  it("names the check that Antom wants of the buyer without saying where, and only then", () => {
    const waiting = { result: result("U", "PAYMENT_IN_PROCESS"), challengeActionForm: { challengeType: "SMS_OTP" } };
    const expected = { kind: "authorization", outcome: "action_required", code: "PAYMENT_IN_PROCESS" };
    expect(facts(waiting)).to.deep.equal([{ ...expected, challenge: "SMS_OTP" }]);
    expect(facts({ ...waiting, normalUrl: "https://pay.example/card" })).to.deep.equal([
      { ...expected, action: { url: "https://pay.example/card", method: "GET" } },
    ]);
    for (const odd of [null, "", {}, [], 7]) {
      expect(facts({ ...waiting, challengeActionForm: odd })).to.deep.equal([expected]);
    }
  });

  it("takes a card token that comes before its time, and tells of the acquirer", () => {
    const [fact] = facts({
      ...sample("pay-answer.succeeded"),
      cardInfo: { cardToken: "TOKEN", cardBrand: "VISA" },
      acquirerInfo: { acquirerName: "First Bank", acquirerCardToken: "T" },
      actualPaymentAmount: { currency: "EUR", value: 1315 },
    });
    expect(fact).to.deep.include({
      acquirerInfo: { acquirerName: "First Bank" },
      actualAmount: { currency: "EUR", value: "1315" },
    });
    expect(fact?.kind === "authorization" && fact.cardToken?.reveal()).to.equal("TOKEN");
    expect(fact?.kind === "authorization" && fact.resultInfo).to.include({ cardBrand: "VISA" });
    const [refused] = facts({ ...sample("pay-answer.failed"), cardInfo: { cardToken: "TOKEN" } });
    expect(refused).to.not.have.property("cardToken");
  });

  it("calls what is unknown unanswered, with its reason", () => {
    expect(payFacts(SILENCE, false)).to.deep.equal([{ kind: "unanswered", operation: "pay", reason: "timeout" }]);
    for (const [status, code] of [
      ["U", "UNKNOWN_EXCEPTION"],
      ["U", "REQUEST_TRAFFIC_EXCEED_LIMIT"],
      ["F", "REPEAT_REQ_INCONSISTENT"],
    ] as const) {
      expect(facts({ result: result(status, code) })).to.deep.equal([
        { kind: "unanswered", operation: "pay", reason: code },
      ]);
    }
  });

  it("takes a call that is refused because the payment was cancelled in between for a cancellation, not a decline", () => {
    for (const code of ["ORDER_IS_CANCELED", "ORDER_IS_CANCELLED"]) {
      const body = { result: result("F", code) };
      expect(facts(body, true)).to.deep.equal([{ kind: "authorization", outcome: "cancelled", code }]);
    }
  });

  it("believes a refused first call, and not a refused repeat", () => {
    const body = { result: result("F", "INVALID_SIGNATURE") };
    expect(facts(body)).to.deep.equal([{ kind: "authorization", outcome: "failed", code: "INVALID_SIGNATURE" }]);
    expect(facts(body, true)).to.deep.equal([{ kind: "unanswered", operation: "pay", reason: "INVALID_SIGNATURE" }]);
  });
});
