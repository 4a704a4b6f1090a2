import { inspect } from "node:util";
import { expect } from "chai";
import { NotificationProblem, readNotification } from "../../lib/gateway/notification.js";
import { sample } from "./sample.js";

const ID = "PAY0123456789ABCDEFGHJKMNPQRS";
const AMOUNT = { currency: "EUR", value: "1999" };
const S = { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success" };
const F = { resultStatus: "F", resultCode: "DO_NOT_HONOR", resultMessage: "declined" };
const U = { resultStatus: "U", resultCode: "PAYMENT_IN_PROCESS", resultMessage: "" };
const TIME = "2024-03-18T19:36:54-07:00";
const AT = Date.UTC(2024, 2, 19, 2, 36, 54);

describe("the facts of a notification", () => {
  describe("of a payment", () => {
    const CARD = { avsResultRaw: "A", cvvResultRaw: "Y", networkTransactionId: "sampleNetworkTransactionId123456" };
    const about = { id: "2020010123456789XXXX", paymentId: "2020010123456789XXXX" };
    const authorized = {
      kind: "authorization",
      outcome: "succeeded",
      code: "SUCCESS",
      paymentId: about.paymentId,
      paymentRequestId: about.id,
      amount: { currency: "EUR", value: "8000" },
      authorizedAt: Date.UTC(2020, 0, 1, 3, 31, 1),
    };

    it("reads the documents' 3-D Secure notification, its caav as cavv", () => {
      expect(readNotification(sample("notify-payment.3d"))).to.deep.equal({
        type: "PAYMENT_RESULT",
        about,
        facts: [
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
        ],
      });
    });

    it("reads the documents' notification without 3-D Secure", () => {
      expect(readNotification(sample("notify-payment.non-3d")).facts).to.deep.equal([
        { ...authorized, resultInfo: CARD },
      ]);
    });

    it("reads the documents' Korean notification, without its empty texts", () => {
      expect(readNotification(sample("notify-payment.korean"))).to.deep.equal({
        type: "PAYMENT_RESULT",
        about,
        facts: [
          {
            ...authorized,
            amount: { currency: "KRW", value: "120" },
            actualAmount: { currency: "KRW", value: "120" },
            resultInfo: { paymentMethodRegion: "KR" },
            authorizedAt: AT,
          },
        ],
      });
    });

    it("reads a refusal, with its reason and without a time", () => {
      const body = { ...sample("notify-payment.non-3d"), result: F };
      const { authorizedAt: _time, ...refused } = authorized;
      expect(readNotification(body).facts).to.deep.equal([
        { ...refused, outcome: "failed", code: "DO_NOT_HONOR", resultInfo: CARD },
      ]);
    });

    it("takes a result that is not final for processing", () => {
      const [fact] = readNotification({ notifyType: "PAYMENT_RESULT", result: U, paymentRequestId: ID }).facts;
      expect(fact).to.include({ kind: "authorization", outcome: "processing" });
    });

    it("takes a pending payment for processing, whatever its result says", () => {
      for (const result of [S, F, U, undefined]) {
        const body = {
          notifyType: "PAYMENT_PENDING",
          paymentRequestId: ID,
          paymentAmount: AMOUNT,
          ...(result && { result }),
        };
        expect(readNotification(body).facts).to.deep.equal([
          { kind: "authorization", outcome: "processing", paymentRequestId: ID, amount: AMOUNT },
        ]);
      }
    });

    it("takes the hold's end where it is told", () => {
      const [fact] = readNotification({ ...sample("notify-payment.3d"), authExpiryTime: TIME }).facts;
      expect(fact).to.include({ authorizationExpiresAt: AT });
    });
  });

  describe("of a payment, beside its result", () => {
    const [TOKEN, ACQUIRER] = ["ALIPAYtoken==", { acquirerName: "First Bank", acquirerCardToken: "acquirer's token" }];
    const read = (more: Record<string, unknown>) =>
      readNotification({ ...sample("notify-payment.3d"), ...more }).facts[0];
    const tokenIn = (more: Record<string, unknown>) => {
      const fact = read(more);
      return fact?.kind === "authorization" ? fact.cardToken?.reveal() : undefined;
    };

    it("takes the card's token from either place, wrapped, and only of a card that was charged", () => {
      expect(tokenIn({ paymentResultInfo: { cardToken: TOKEN }, cardInfo: { cardToken: "older" } })).to.equal(TOKEN);
      expect(tokenIn({ cardInfo: { cardToken: TOKEN } })).to.equal(TOKEN);
      expect(tokenIn({ result: F, cardInfo: { cardToken: TOKEN } })).to.be.undefined;
      expect(tokenIn({ result: U, cardInfo: { cardToken: TOKEN } })).to.be.undefined;
    });

    it("shows neither token to who looks at the facts", () => {
      const fact = read({ cardInfo: { cardToken: TOKEN }, acquirerInfo: ACQUIRER });
      expect(JSON.stringify(fact)).to.contain("First Bank");
      for (const shown of [JSON.stringify(fact), inspect(fact, { depth: 9, showHidden: true })]) {
        expect(shown).to.not.contain(TOKEN).and.to.not.contain("acquirer's token");
      }
    });

    it("tells of the acquirer, and what was really paid", () => {
      expect(
        read({
          acquirerInfo: ACQUIRER,
          acquirerReferenceNo: "ARN-1",
          actualPaymentAmount: { currency: "USD", value: "8800" },
        }),
      ).to.deep.include({
        acquirerInfo: { acquirerName: "First Bank" },
        acquirerReferenceNo: "ARN-1",
        actualAmount: { currency: "USD", value: "8800" },
      });
    });

    it("knows the payment though all that is told for people is odd", () => {
      for (const odd of [
        null,
        7,
        true,
        "x".repeat(5000),
        [],
        ["A"],
        {},
        { cardToken: 7 },
        { value: {}, currency: 3 },
      ]) {
        const fact = read({
          paymentResultInfo: odd,
          cardInfo: odd,
          acquirerInfo: odd,
          acquirerReferenceNo: Array.isArray(odd) ? odd : { odd },
          actualPaymentAmount: odd,
        });
        expect(fact).to.deep.equal({ ...authorizedFact });
      }
    });

    const authorizedFact = {
      kind: "authorization",
      outcome: "succeeded",
      code: "SUCCESS",
      paymentId: "2020010123456789XXXX",
      paymentRequestId: "2020010123456789XXXX",
      amount: { currency: "EUR", value: "8000" },
      authorizedAt: Date.UTC(2020, 0, 1, 3, 31, 1),
    };

    it("tells of the card while it is pending too", () => {
      expect(
        readNotification({
          notifyType: "PAYMENT_PENDING",
          paymentRequestId: ID,
          paymentResultInfo: { cardBrand: "VISA" },
          acquirerInfo: ACQUIRER,
        }).facts,
      ).to.deep.equal([
        {
          kind: "authorization",
          outcome: "processing",
          paymentRequestId: ID,
          resultInfo: { cardBrand: "VISA" },
          acquirerInfo: { acquirerName: "First Bank" },
        },
      ]);
    });
  });

  describe("of a capture", () => {
    const body = {
      notifyType: "CAPTURE_RESULT",
      result: S,
      captureRequestId: `${ID}C1`,
      paymentId: "P1",
      captureId: "C-1",
      captureAmount: AMOUNT,
      captureTime: TIME,
    };
    const fact = {
      kind: "capture",
      outcome: "succeeded",
      code: "SUCCESS",
      paymentId: "P1",
      requestId: `${ID}C1`,
      gatewayId: "C-1",
      amount: AMOUNT,
      settledAt: AT,
    };

    it("tells of the acquirer and of the card", () => {
      const told = {
        acquirerInfo: { acquirerTransactionId: "A-1" },
        acquirerReferenceNo: "ARN-1",
        paymentResultInfo: { cardBrand: "VISA" },
      };
      expect(readNotification({ ...body, ...told }).facts).to.deep.equal([
        {
          ...fact,
          acquirerInfo: { acquirerTransactionId: "A-1" },
          acquirerReferenceNo: "ARN-1",
          resultInfo: { cardBrand: "VISA" },
        },
      ]);
    });

    it("finds the payment by our own request id", () => {
      expect(readNotification(body)).to.deep.equal({
        type: "CAPTURE_RESULT",
        about: { id: ID, paymentId: "P1" },
        facts: [fact],
      });
    });

    it("finds the payment by Antom's id where Antom captured by itself", () => {
      const { about, facts } = readNotification({ ...body, captureRequestId: "20240318AUTO" });
      expect(about).to.deep.equal({ paymentId: "P1" });
      expect(facts).to.deep.equal([{ ...fact, requestId: "20240318AUTO" }]);
    });

    for (const [result, outcome] of [
      [F, "failed"],
      [U, "pending"],
    ] as const) {
      it(`takes ${result.resultStatus} for ${outcome}`, () => {
        expect(readNotification({ ...body, result }).facts).to.deep.equal([
          { ...fact, outcome, code: result.resultCode },
        ]);
      });
    }
  });

  describe("of a refund", () => {
    const body = {
      notifyType: "REFUND_RESULT",
      result: S,
      refundStatus: "SUCCESS",
      refundRequestId: `${ID}R2`,
      refundId: "R-1",
      refundAmount: AMOUNT,
      refundTime: TIME,
    };

    it("finds the payment by our own request id, for it names nothing else", () => {
      expect(readNotification(body)).to.deep.equal({
        type: "REFUND_RESULT",
        about: { id: ID },
        facts: [
          {
            kind: "refund",
            outcome: "succeeded",
            requestId: `${ID}R2`,
            gatewayId: "R-1",
            amount: AMOUNT,
            code: "SUCCESS",
            settledAt: AT,
          },
        ],
      });
    });

    it("goes by the refund's status, not by the result of the message", () => {
      for (const [refundStatus, outcome] of [
        ["FAIL", "failed"],
        ["F", "failed"],
        ["S", "succeeded"],
        ["PROCESSING", "pending"],
      ] as const) {
        expect(readNotification({ ...body, refundStatus }).facts[0]).to.include({ outcome });
      }
    });

    it("tells of the acquirer, by either name of its reference, and what was really given back", () => {
      const told = {
        acquirerInfo: { acquirerName: "First Bank" },
        actualRefundAmount: { currency: "USD", value: "5" },
      };
      const expected = { acquirerInfo: { acquirerName: "First Bank" }, actualAmount: { currency: "USD", value: "5" } };
      for (const names of [{ arn: "ARN-1" }, { acquirerReferenceNo: "ARN-1", arn: "OTHER" }]) {
        const [refunded] = readNotification({ ...body, ...told, ...names }).facts;
        expect(refunded).to.deep.include({ ...expected, acquirerReferenceNo: "ARN-1" });
      }
    });

    it("refuses a refund that does not say how it stands", () => {
      const { refundStatus: _status, ...silent } = body;
      expect(() => readNotification(silent)).to.throw(NotificationProblem, "no refundStatus that is known");
      for (const refundStatus of ["", "CANCELLED", "constructor", "__proto__"]) {
        expect(() => readNotification({ ...body, refundStatus })).to.throw(NotificationProblem, "no refundStatus");
      }
    });

    it("refuses one that names no payment: a refund made by somebody else's hand has to name Antom's id", () => {
      const foreign = { ...body, refundRequestId: "DASHBOARD-1" };
      expect(() => readNotification(foreign)).to.throw(NotificationProblem, "a REFUND_RESULT names no payment");
      expect(readNotification({ ...foreign, paymentId: "P1" }).about).to.deep.equal({ paymentId: "P1" });
    });
  });

  it("reads an increase of the hold", () => {
    expect(
      readNotification({
        notifyType: "UPDATE_AMOUNT_RESULT",
        result: S,
        paymentRequestId: ID,
        paymentId: "P1",
        paymentAmount: { currency: "EUR", value: "2999" },
        updateRequestId: `${ID}U1`,
        authExpiryTime: TIME,
      }),
    ).to.deep.equal({
      type: "UPDATE_AMOUNT_RESULT",
      about: { id: ID, paymentId: "P1" },
      facts: [
        {
          kind: "increase",
          outcome: "succeeded",
          code: "SUCCESS",
          paymentId: "P1",
          paymentRequestId: ID,
          requestId: `${ID}U1`,
          amount: { currency: "EUR", value: "2999" },
          authorizationExpiresAt: AT,
        },
      ],
    });
  });

  it("reads a dispute, which has no notifyType", () => {
    const body = {
      paymentRequestId: ID,
      paymentId: "P1",
      disputeId: "D1",
      disputeNotificationType: "DISPUTE_CREATED",
      disputeReasonCode: "10.4",
      disputeReasonMsg: "fraud",
      disputeAmount: AMOUNT,
      disputeType: "CHARGEBACK",
      captureId: "C1",
      disputeJudgedResult: "",
      defenseDueTime: TIME,
    };
    const expected = {
      type: "DISPUTE",
      about: { id: ID, paymentId: "P1" },
      facts: [
        {
          kind: "dispute",
          disputeId: "D1",
          step: "DISPUTE_CREATED",
          paymentId: "P1",
          paymentRequestId: ID,
          type: "CHARGEBACK",
          disputedAmount: AMOUNT,
          captureId: "C1",
          reasonCode: "10.4",
          reasonMessage: "fraud",
          defenseDueAt: AT,
        },
      ],
    };
    expect(readNotification(body)).to.deep.equal(expected);
    expect(readNotification({ ...body, notifyType: "DISPUTE" })).to.deep.equal(expected);
  });

  it("reads a dispute by what it bears, whatever its notifyType says", () => {
    const body = {
      paymentRequestId: ID,
      disputeId: "D1",
      disputeNotificationType: "DISPUTE_JUDGED",
      disputeAmount: { currency: "EUR", value: "-1" },
      disputeJudgedResult: "ACCEPT_BY_MERCHANT",
      disputeJudgedAmount: AMOUNT,
    };
    for (const notifyType of ["", null, "DISPUTE_RESULT", "SOMETHING_NEW", "PAYMENT_RESULT"]) {
      expect(readNotification({ ...body, notifyType }), String(notifyType)).to.deep.equal({
        type: "DISPUTE",
        about: { id: ID },
        facts: [
          {
            kind: "dispute",
            disputeId: "D1",
            step: "DISPUTE_JUDGED",
            paymentRequestId: ID,
            judgedResult: "ACCEPT_BY_MERCHANT",
            judgedAmount: AMOUNT,
          },
        ],
      });
    }
    const { disputeNotificationType: _step, ...stepless } = body;
    for (const notifyType of ["", "SOMETHING_NEW"]) {
      expect(() => readNotification({ ...stepless, notifyType })).to.throw(NotificationProblem, "a dispute has no");
    }
  });

  it("refuses a dispute that does not say what happened", () => {
    const body = { paymentRequestId: ID, disputeId: "D1" };
    expect(() => readNotification(body)).to.throw(NotificationProblem, "no disputeNotificationType");
    expect(() =>
      readNotification({ ...body, disputeId: "", disputeNotificationType: "X", notifyType: "DISPUTE" }),
    ).to.throw(NotificationProblem, "no disputeId");
  });

  it("reads a reversal", () => {
    const body = { notifyType: "PAYMENT_REVERSAL", paymentRequestId: ID, paymentId: "P1" };
    expect(readNotification(body)).to.deep.equal({
      type: "PAYMENT_REVERSAL",
      about: { id: ID, paymentId: "P1" },
      facts: [{ kind: "reversal", paymentId: "P1", paymentRequestId: ID }],
    });
  });
});
