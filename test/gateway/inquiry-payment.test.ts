import { expect } from "chai";
import { inquiryAnswer, inquiryFacts } from "../../lib/gateway/inquiry-payment.js";
import { answered, SILENCE } from "./answered.js";
import { sample } from "./sample.js";

const facts = (body: unknown) => inquiryFacts(answered(inquiryAnswer, body));
const SUCCESS = { resultStatus: "S", resultCode: "SUCCESS" };

const CARD = { avsResultRaw: "A", cvvResultRaw: "Y", networkTransactionId: "sampleNetworkTransactionId123456" };

describe("inquiryFacts", () => {
  const authorized = {
    kind: "authorization",
    outcome: "succeeded",
    paymentId: "2019060811401080010018882020035XXXX",
    amount: { currency: "USD", value: "500" },
    authorizedAt: Date.UTC(2019, 5, 1, 3, 31, 1),
  };

  it("knows a payment that is missing or failed though amounts are null, and a success though a transaction's is", () => {
    const missing = { resultStatus: "F", resultCode: "ORDER_NOT_EXIST" };
    expect(facts({ result: missing, paymentAmount: null, transactions: null })).to.deep.equal([{ kind: "missing" }]);
    expect(facts({ result: SUCCESS, paymentStatus: "FAIL", paymentAmount: null })).to.deep.equal([
      { kind: "authorization", outcome: "failed" },
    ]);
    const capture = { transactionType: "CAPTURE", transactionStatus: "SUCCESS", transactionRequestId: "C1" };
    const body = { result: SUCCESS, paymentStatus: "SUCCESS", paymentAmount: { currency: "EUR", value: "1" } };
    expect(facts({ ...body, transactions: [{ ...capture, transactionAmount: null }] })).to.deep.equal([
      { kind: "authorization", outcome: "succeeded", amount: { currency: "EUR", value: "1" } },
      { kind: "capture", outcome: "succeeded", requestId: "C1" },
    ]);
    expect(() => facts({ ...body, paymentAmount: null })).to.throw("/paymentAmount");
  });

  it("reads the documents' 3-D Secure answer, its caav as cavv", () => {
    expect(facts(sample("inquiry-answer.3d"))).to.deep.equal([
      {
        ...authorized,
        resultInfo: {
          ...CARD,
          threeDSResult: {
            eci: "02",
            threeDSVersion: "2.2.0",
            cavv: "cavvSample",
            dsTransactionId: "sample_dsTranasctionId",
          },
        },
      },
    ]);
  });

  it("reads the documents' answer without 3-D Secure", () => {
    expect(facts(sample("inquiry-answer.non-3d"))).to.deep.equal([{ ...authorized, resultInfo: CARD }]);
  });

  it("reads the documents' Korean answer: its hold's end, and no empty texts", () => {
    expect(facts(sample("inquiry-answer.korean"))).to.deep.equal([
      {
        kind: "authorization",
        outcome: "succeeded",
        paymentId: "2020010123456789XXXX",
        amount: { currency: "KRW", value: "120" },
        code: "SUCCESS",
        resultInfo: { paymentMethodRegion: "KR" },
        authorizedAt: Date.UTC(2024, 2, 19, 2, 36, 54),
        authorizationExpiresAt: Date.UTC(2024, 2, 26, 2, 36, 54),
      },
    ]);
  });

  for (const [paymentStatus, outcome] of [
    ["SUCCESS", "succeeded"],
    ["FAIL", "failed"],
    ["PROCESSING", "action_required"],
    ["CANCELLED", "cancelled"],
    ["PENDING", "processing"],
  ] as const) {
    it(`takes the payment status ${paymentStatus} for ${outcome}`, () => {
      expect(facts({ result: SUCCESS, paymentStatus })).to.deep.equal([{ kind: "authorization", outcome }]);
    });
  }

  it("tells why a payment failed by the payment's own code", () => {
    expect(facts({ result: SUCCESS, paymentStatus: "FAIL", paymentResultCode: "ORDER_IS_CLOSED" })).to.deep.equal([
      { kind: "authorization", outcome: "failed", code: "ORDER_IS_CLOSED" },
    ]);
  });

  it("takes the time of a payment only where it succeeded", () => {
    const [fact] = facts({ result: SUCCESS, paymentStatus: "FAIL", paymentTime: "2024-03-18T19:36:54-07:00" });
    expect(fact).not.to.have.property("authorizedAt");
  });

  it("finds the link of a payment that waits for the buyer", () => {
    const normalUrl = "https://pay.example/card";
    expect(facts({ result: SUCCESS, paymentStatus: "PROCESSING", normalUrl })).to.deep.equal([
      { kind: "authorization", outcome: "action_required", action: { url: normalUrl, method: "GET" } },
    ]);
  });

  it("names the check that Antom wants of the buyer without saying where, while it waits for it", () => {
    const challengeActionForm = { challengeType: "SMS_OTP", challengeRenderValue: "+82 10-****-1234" };
    expect(facts({ result: SUCCESS, paymentStatus: "PROCESSING", challengeActionForm })).to.deep.equal([
      { kind: "authorization", outcome: "action_required", challenge: "SMS_OTP" },
    ]);
    expect(facts({ result: SUCCESS, paymentStatus: "SUCCESS", challengeActionForm })).to.deep.equal([
      { kind: "authorization", outcome: "succeeded" },
    ]);
  });

  it("takes the card's token of a payment that succeeded, and what was really paid", () => {
    const told = { paymentResultInfo: { cardToken: "TOKEN" }, actualPaymentAmount: { currency: "KRW", value: "120" } };
    const [paid] = facts({ result: SUCCESS, paymentStatus: "SUCCESS", ...told });
    expect(paid?.kind === "authorization" && paid.cardToken?.reveal()).to.equal("TOKEN");
    expect(paid).to.deep.include({ actualAmount: { currency: "KRW", value: "120" } });
    for (const paymentStatus of ["FAIL", "PROCESSING", "CANCELLED", "PENDING"]) {
      expect(facts({ result: SUCCESS, paymentStatus, ...told })[0]).to.not.have.any.keys("cardToken", "actualAmount");
    }
  });

  it("tells of the acquirer, from the transaction of the authorization where it stands only there", () => {
    const transactions = [
      { transactionType: "REFUND", acquirerInfo: { acquirerName: "of the refund" } },
      { transactionType: "AUTHORIZATION", acquirerInfo: { acquirerName: "First Bank", acquirerMerchantId: "M1" } },
    ];
    const told = { acquirerInfo: { acquirerName: "Second Bank" }, acquirerReferenceNo: "ARN-1" };
    const read = (more: object) => facts({ result: SUCCESS, paymentStatus: "SUCCESS", transactions, ...more })[0];
    expect(read({})).to.deep.include({ acquirerInfo: { acquirerName: "First Bank", acquirerMerchantId: "M1" } });
    expect(read(told)).to.deep.include({
      acquirerInfo: { acquirerName: "Second Bank", acquirerMerchantId: "M1" },
      acquirerReferenceNo: "ARN-1",
    });
  });

  it("says nothing where nothing was learnt", () => {
    expect(inquiryFacts(SILENCE)).to.deep.equal([]);
    expect(facts({ result: SUCCESS })).to.deep.equal([]);
    expect(facts({ result: SUCCESS, paymentStatus: "SOMETHING_NEW" })).to.deep.equal([]);
    expect(facts({ result: SUCCESS, paymentStatus: "constructor" })).to.deep.equal([]);
    for (const result of [
      { resultStatus: "U", resultCode: "UNKNOWN_EXCEPTION" },
      { resultStatus: "F", resultCode: "PROCESS_FAIL" },
    ]) {
      expect(facts({ result, paymentStatus: "SUCCESS" })).to.deep.equal([]);
    }
  });

  it("says that Antom does not know the payment", () => {
    expect(facts({ result: { resultStatus: "F", resultCode: "ORDER_NOT_EXIST" } })).to.deep.equal([
      { kind: "missing" },
    ]);
  });

  describe("of the transactions", () => {
    const amount = { currency: "EUR", value: "500" };
    const transaction = (more: Record<string, unknown>) => ({
      transactionType: "CAPTURE",
      transactionStatus: "SUCCESS",
      transactionId: "T1",
      transactionRequestId: "R1",
      transactionAmount: amount,
      transactionTime: "2024-03-18T19:36:56-07:00",
      transactionResult: { resultStatus: "S", resultCode: "SUCCESS" },
      ...more,
    });
    const operations = (...transactions: unknown[]) =>
      facts({ result: SUCCESS, paymentStatus: "SUCCESS", paymentId: "P1", transactions }).slice(1);
    const capture = {
      kind: "capture",
      outcome: "succeeded",
      paymentId: "P1",
      requestId: "R1",
      gatewayId: "T1",
      amount,
      code: "SUCCESS",
      settledAt: Date.UTC(2024, 2, 19, 2, 36, 56),
    };

    it("reads captures and refunds", () => {
      expect(operations(transaction({}), transaction({ transactionType: "REFUND" }))).to.deep.equal([
        capture,
        { ...capture, kind: "refund" },
      ]);
    });

    it("reads increases by the shop's request id alone: what else is there may be the payment's", () => {
      const { gatewayId: _gatewayId, ...increase } = capture;
      expect(
        operations(
          transaction({ transactionType: "INCREMENTAL" }),
          transaction({ transactionType: "INCREMENTAL", transactionStatus: "PROCESSING", transactionRequestId: "R2" }),
        ),
      ).to.deep.equal([
        { ...increase, kind: "increase" },
        { ...increase, kind: "increase", outcome: "pending", requestId: "R2" },
      ]);
    });

    describe("that undid the hold", () => {
      const standing = (paymentStatus: string, ...transactions: unknown[]) =>
        facts({ result: SUCCESS, paymentStatus, paymentId: "P1", paymentAmount: amount, transactions }).slice(1);
      const { amount: _amount, ...rest } = capture;

      for (const transactionType of ["VOID", "CANCEL"]) {
        it(`are read as voids: ${transactionType}`, () => {
          expect(standing("SUCCESS", transaction({ transactionType }))).to.deep.equal([{ ...rest, kind: "void" }]);
          expect(standing("SUCCESS", transaction({ transactionType, transactionAmount: undefined }))).to.have.length(1);
        });
      }

      it("tell nothing new of a payment that is cancelled already", () => {
        expect(standing("CANCELLED", transaction({ transactionType: "VOID" }))).to.deep.equal([]);
      });

      it("did not, where they are not through, or of another amount than the whole", () => {
        expect(
          standing(
            "SUCCESS",
            transaction({ transactionType: "VOID", transactionStatus: "PROCESSING" }),
            transaction({ transactionType: "VOID", transactionStatus: "FAIL" }),
            transaction({ transactionType: "VOID", transactionAmount: { currency: "EUR", value: "1" } }),
          ),
        ).to.deep.equal([]);
      });
    });

    it("tells of the acquirer of each", () => {
      const acquirerInfo = { acquirerName: "First Bank", acquirerCardToken: "T" };
      expect(operations(transaction({ acquirerInfo, acquirerReferenceNo: "ARN-1" }))).to.deep.equal([
        { ...capture, acquirerInfo: { acquirerName: "First Bank" }, acquirerReferenceNo: "ARN-1" },
      ]);
    });

    for (const [transactionStatus, outcome] of [
      ["FAIL", "failed"],
      ["PROCESSING", "pending"],
      ["PENDING", "pending"],
    ] as const) {
      it(`takes ${transactionStatus} for ${outcome}`, () => {
        expect(operations(transaction({ transactionStatus }))).to.deep.equal([{ ...capture, outcome }]);
      });
    }

    it("passes over kinds and statuses it does not know, and names that every object has", () => {
      expect(
        operations(
          transaction({ transactionType: "AUTHORIZATION" }),
          transaction({ transactionType: "constructor" }),
          transaction({ transactionType: undefined }),
          transaction({ transactionStatus: "CANCELLED" }),
          transaction({ transactionStatus: "toString" }),
          transaction({ transactionStatus: undefined }),
        ),
      ).to.deep.equal([]);
    });

    it("refuses to read a list without end", () => {
      const transactions = Array.from({ length: 501 }, () => transaction({}));
      expect(() => operations(...transactions)).to.throw("must NOT have more than 500 items");
    });
  });
});
