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
    ["an amount without a currency", { ...whole, paymentAmount: { value: "1" } }],
    ["an amount of nothing", { ...whole, paymentAmount: { currency: "EUR", value: "" } }],
    ["an amount with a fraction", { ...whole, paymentAmount: { currency: "EUR", value: "19.99" } }],
    ["an amount below nought", { ...whole, paymentAmount: { currency: "EUR", value: "-1" } }],
    ["an amount in other digits", { ...whole, paymentAmount: { currency: "EUR", value: "٣" } }],
    ["a currency in lower case", { ...whole, paymentAmount: { currency: "eur", value: "1" } }],
    ["an amount that is null", { ...whole, paymentAmount: null }],
    ["more fields than any notification has", Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`f${i}`, 1]))],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(() => readNotification(body)).to.throw(NotificationProblem);
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
