import { expect } from "chai";
import fc from "fast-check";
import { NotificationProblem, readNotification } from "../../lib/gateway/notification.js";

const ID = "PAY0123456789ABCDEFGHJKMNPQRS";
const AMOUNT = { currency: "EUR", value: "1999" };
const S = { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success" };

describe("readNotification", () => {
  it("has nothing to say of kinds nobody knows, so that they can be acknowledged", () => {
    for (const notifyType of ["VAULTING_RESULT", "SOMETHING_NEW", "constructor", "", undefined]) {
      const { facts } = readNotification({ paymentRequestId: ID, ...(notifyType === undefined ? {} : { notifyType }) });
      expect(facts).to.deep.equal([]);
    }
    expect(readNotification({}).type).to.equal("(none)");
  });

  for (const notifyType of ["PAYMENT_RESULT", "CAPTURE_RESULT", "UPDATE_AMOUNT_RESULT"]) {
    it(`refuses a ${notifyType} without a result`, () => {
      expect(() => readNotification({ notifyType, paymentRequestId: ID })).to.throw(
        NotificationProblem,
        `a ${notifyType} has no result`,
      );
    });
  }

  for (const notifyType of [
    "PAYMENT_RESULT",
    "PAYMENT_PENDING",
    "UPDATE_AMOUNT_RESULT",
    "CAPTURE_RESULT",
    "PAYMENT_REVERSAL",
    "DISPUTE",
  ]) {
    it(`refuses a ${notifyType} that names no payment, or an empty one`, () => {
      const body = { notifyType, result: S, disputeId: "D1", disputeNotificationType: "DISPUTE_CREATED" };
      expect(() => readNotification(body)).to.throw(NotificationProblem, "names no payment");
      expect(() => readNotification({ ...body, paymentRequestId: "", paymentId: "" })).to.throw(
        NotificationProblem,
        "names no payment",
      );
    });
  }

  const whole = { notifyType: "PAYMENT_RESULT", result: S, paymentRequestId: ID, paymentAmount: AMOUNT };
  for (const [what, body] of [
    ["text", "{}"],
    ["nothing", undefined],
    ["null", null],
    ["a list", [whole]],
    ["an id that is a number", { ...whole, paymentRequestId: 1 }],
    ["an id that is an object", { ...whole, paymentId: { $ne: "" } }],
    ["an id of 65 characters", { ...whole, paymentRequestId: "x".repeat(65) }],
    ["a result that is a text", { ...whole, result: "S" }],
    ["a result status nobody knows", { ...whole, result: { ...S, resultStatus: "A" } }],
    ["a result that is null", { ...whole, result: null }],
    ["more fields than any notification has", Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`f${i}`, 1]))],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(() => readNotification(body)).to.throw(NotificationProblem);
    });
  }

  for (const nothing of [null, undefined]) {
    it(`refuses a success whose amount is ${nothing}, and takes a failure's`, () => {
      expect(() => readNotification({ ...whole, paymentAmount: nothing })).to.throw(
        NotificationProblem,
        "a PAYMENT_RESULT of a success has no paymentAmount",
      );
      const failed = { ...whole, result: { resultStatus: "F", resultCode: "DO_NOT_HONOR" }, paymentAmount: nothing };
      expect(readNotification(failed).facts).to.deep.equal([
        { kind: "authorization", outcome: "failed", paymentRequestId: ID, code: "DO_NOT_HONOR" },
      ]);
    });
  }

  for (const [what, paymentAmount, seen] of [
    ["an amount without a currency", { value: "1" }, "(none) 1"],
    ["an amount of nothing", { currency: "EUR", value: "" }, ""],
    ["an amount with a fraction", { currency: "EUR", value: "19.99" }, "19.99"],
    ["an amount with an exponent", { currency: "EUR", value: "1e3" }, "1e3"],
    ["an amount below nought", { currency: "EUR", value: "-1" }, "-1"],
    ["an amount after a blank", { currency: "EUR", value: " 100" }, " 100"],
    ["an amount after a nought", { currency: "EUR", value: "0100" }, "0100"],
    ["an amount in other digits", { currency: "EUR", value: "\u0663" }, "?"],
    ["an amount of too many digits", { currency: "EUR", value: "1".repeat(50) }, "1".repeat(32)],
    ["an amount beyond what a number can tell", { currency: "EUR", value: 2 ** 53 + 2 }, "9007199254740994"],
    ["an amount that is a list", { currency: "EUR", value: ["1"] }, "(none)"],
    ["a currency in lower case", { currency: "eur", value: "1" }, "eur 1"],
    ["a text for an amount", "1999", "(none) (none)"],
  ] as const) {
    it(`reads ${what} as one that is compared with nothing, so that it marks the payment`, () => {
      for (const [body, kind] of [
        [{ ...whole, paymentAmount }, "authorization"],
        [{ ...whole, notifyType: "CAPTURE_RESULT", captureAmount: paymentAmount }, "capture"],
        [{ ...whole, notifyType: "REFUND_RESULT", refundStatus: "SUCCESS", refundAmount: paymentAmount }, "refund"],
        [{ ...whole, notifyType: "UPDATE_AMOUNT_RESULT", paymentAmount }, "increase"],
        [{ ...whole, notifyType: "PAYMENT_PENDING", paymentAmount }, "authorization"],
      ] as const) {
        const [fact] = readNotification(body).facts;
        expect(fact).to.include({ kind, malformedAmount: seen });
        expect(fact).not.to.have.property("amount");
      }
    });
  }

  it("either reads what JSON can hold or says what is wrong with it, and throws nothing else", () => {
    const names = [
      "notifyType",
      "result",
      "paymentRequestId",
      "paymentId",
      "paymentAmount",
      "refundStatus",
      "disputeId",
    ];
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom("PAYMENT_RESULT", "REFUND_RESULT", S, AMOUNT),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (body) => {
        try {
          expect(readNotification(body).facts).to.be.an("array");
        } catch (error) {
          expect(error).to.be.instanceOf(NotificationProblem);
        }
      }),
      { numRuns: 300 },
    );
  });
});
