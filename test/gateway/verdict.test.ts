import { expect } from "chai";
import type { Outcome } from "../../lib/gateway/outcome.js";
import { OPERATIONS } from "../../lib/gateway/paths.js";
import { verdict, type PaymentOperation, type Verdict } from "../../lib/gateway/verdict.js";
import { SILENCE } from "./answered.js";

type Status = "S" | "F" | "U";
type Case = readonly [status: Status, code: string, state: Verdict["state"], next: Verdict["next"]];

const answer = (resultStatus: Status, resultCode: string): Outcome<unknown> => ({
  kind: "answered",
  result: { resultStatus, resultCode },
  body: {},
});

/** Antom does not say what became of it. */
const unsure = (next: Verdict["next"]): readonly Case[] =>
  ["UNKNOWN_EXCEPTION", "REQUEST_TRAFFIC_EXCEED_LIMIT", "SOMETHING_NEW", "constructor"].map((code) => [
    "U",
    code,
    "unknown",
    next,
  ]);

/** What is refused alike of all that moves money. */
const MONEY: readonly Case[] = [
  ["F", "REPEAT_REQ_INCONSISTENT", "unknown", "inquire"],
  ["F", "SYSTEM_ERROR", "unknown", "inquire"],
  ["F", "PROCESS_FAIL", "failed", "inquire"],
  ["F", "ORDER_NOT_EXIST", "failed", "inquire"],
  ["F", "ORDER_IS_CANCELED", "failed", "inquire"],
  ["F", "ORDER_IS_CANCELLED", "failed", "inquire"],
  ["F", "ORDER_STATUS_INVALID", "failed", "inquire"],
  ["F", "RISK_REJECT", "failed", "inquire"],
  ["F", "SOMETHING_NEW", "failed", "inquire"],
];

/** The same whether or not the call was made before. */
const TABLE: Readonly<Record<PaymentOperation, readonly Case[]>> = {
  pay: [
    ["S", "SUCCESS", "succeeded", "nothing"],
    ["S", "SOMETHING_NEW", "succeeded", "nothing"],
    ["U", "PAYMENT_IN_PROCESS", "pending", "redirect"],
    ["U", "UNKNOWN_EXCEPTION", "unknown", "repeat"],
    ["U", "REQUEST_TRAFFIC_EXCEED_LIMIT", "unknown", "repeat"],
    ["U", "SOMETHING_NEW", "unknown", "repeat"],
    ["F", "CARD_NOT_SUPPORTED", "failed", "nothing"],
    ["F", "DO_NOT_HONOR", "failed", "nothing"],
    ["F", "FRAUD_REJECT", "failed", "nothing"],
    ["F", "INVALID_AMOUNT", "failed", "nothing"],
    ["F", "INVALID_CARD_NUMBER", "failed", "nothing"],
    ["F", "ORDER_IS_CANCELED", "failed", "nothing"],
    ["F", "ORDER_IS_CLOSED", "failed", "nothing"],
    ["F", "ORDER_NOT_EXIST", "failed", "nothing"],
    ["F", "PROCESS_FAIL", "failed", "nothing"],
    ["F", "RISK_REJECT", "failed", "nothing"],
    ["F", "SOMETHING_NEW", "failed", "nothing"],
    ["F", "PAYMENT_IN_PROCESS", "failed", "nothing"],
    ["F", "REPEAT_REQ_INCONSISTENT", "unknown", "inquire"],
  ],
  inquiryPayment: [
    ["S", "SUCCESS", "succeeded", "nothing"],
    ["S", "SOMETHING_NEW", "succeeded", "nothing"],
    ["U", "UNKNOWN_EXCEPTION", "unknown", "inquire"],
    ["U", "REQUEST_TRAFFIC_EXCEED_LIMIT", "unknown", "inquire"],
    ["U", "SOMETHING_NEW", "unknown", "inquire"],
    ["F", "ORDER_NOT_EXIST", "missing", "repeat"],
    ["F", "ACCESS_DENIED", "unknown", "inquire"],
    ["F", "PARAM_ILLEGAL", "unknown", "inquire"],
    ["F", "INVALID_SIGNATURE", "unknown", "inquire"],
    ["F", "PROCESS_FAIL", "unknown", "inquire"],
    ["F", "SOMETHING_NEW", "unknown", "inquire"],
  ],
  cancel: [
    ["S", "SUCCESS", "succeeded", "nothing"],
    ["S", "SOMETHING_NEW", "succeeded", "nothing"],
    ["U", "UNKNOWN_EXCEPTION", "unknown", "repeat"],
    ["U", "REQUEST_TRAFFIC_EXCEED_LIMIT", "unknown", "repeat"],
    ["U", "SOMETHING_NEW", "unknown", "repeat"],
    ["F", "ORDER_NOT_EXIST", "missing", "repeat"],
    ["F", "CANCEL_WINDOW_EXCEED", "failed", "inquire"],
    ["F", "ORDER_STATUS_INVALID", "failed", "inquire"],
    ["F", "PROCESS_FAIL", "failed", "inquire"],
    ["F", "ACCESS_DENIED", "failed", "inquire"],
    ["F", "SOMETHING_NEW", "failed", "inquire"],
    ["F", "SYSTEM_ERROR", "failed", "inquire"],
    ["F", "CLIENT_INVALID", "unknown", "repeat"],
    ["F", "INVALID_SIGNATURE", "unknown", "repeat"],
    ["F", "PARAM_ILLEGAL", "unknown", "repeat"],
  ],
  capture: [
    ["S", "SUCCESS", "succeeded", "nothing"],
    ["U", "CAPTURE_IN_PROCESS", "pending", "inquire"],
    ["U", "REFUND_IN_PROCESS", "unknown", "repeat"],
    ["U", "PAYMENT_IN_PROCESS", "unknown", "repeat"],
    ...unsure("repeat"),
    ...MONEY,
    ["F", "AUTH_CANCELLED", "failed", "inquire"],
    ["F", "AUTH_EXPIRED", "failed", "inquire"],
    ["F", "AUTH_NOT_FOUND", "failed", "inquire"],
    ["F", "CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT", "failed", "inquire"],
    ["F", "MULTI_CAPTURE_NOT_SUPPORTED", "failed", "inquire"],
    ["F", "INVALID_CONTRACT", "failed", "inquire"],
    ["F", "USER_BALANCE_NOT_ENOUGH", "failed", "inquire"],
    ["F", "CAPTURE_IN_PROCESS", "failed", "inquire"],
  ],
  refund: [
    ["S", "SUCCESS", "succeeded", "nothing"],
    ["U", "REFUND_IN_PROCESS", "pending", "inquire"],
    ["U", "CAPTURE_IN_PROCESS", "unknown", "repeat"],
    ...unsure("repeat"),
    ...MONEY,
    ["F", "REFUND_AMOUNT_EXCEED", "failed", "inquire"],
    ["F", "REFUND_WINDOW_EXCEED", "failed", "inquire"],
    ["F", "MERCHANT_BALANCE_NOT_ENOUGH", "failed", "inquire"],
    ["F", "PARTIAL_REFUND_NOT_SUPPORTED", "failed", "inquire"],
  ],
  inquiryRefund: [
    ["S", "SUCCESS", "succeeded", "nothing"],
    ["U", "UNKNOWN_EXCEPTION", "unknown", "inquire"],
    ["U", "REFUND_IN_PROCESS", "unknown", "inquire"],
    ["F", "REFUND_NOT_EXIST", "missing", "repeat"],
    ["F", "ORDER_NOT_EXIST", "missing", "repeat"],
    ["F", "PARAM_ILLEGAL", "unknown", "inquire"],
    ["F", "ACCESS_DENIED", "unknown", "inquire"],
    ["F", "PROCESS_FAIL", "unknown", "inquire"],
    ["F", "SOMETHING_NEW", "unknown", "inquire"],
  ],
  updateAmount: [
    ["S", "SUCCESS", "pending", "inquire"],
    // "U -> inquiryPayment" (core.md 5.5; card-features.md 10)
    ...unsure("inquire"),
    ...MONEY,
    ["F", "INCREMENTAL_NOT_SUPPORT", "failed", "inquire"],
    ["F", "DO_NOT_HONOR", "failed", "inquire"],
  ],
};

/** Codes by which Antom refuses the call itself. */
const CALL_REFUSED = [
  "INVALID_SIGNATURE",
  "SIGNATURE_INVALID",
  "KEY_NOT_FOUND",
  "CLIENT_INVALID",
  "INVALID_CLIENT",
  "UNKNOWN_CLIENT",
  "INVALID_CLIENT_STATUS",
  "CLIENT_FORBIDDEN_ACCESS_API",
  "OAUTH_FAILED",
  "INVALID_API",
  "NO_INTERFACE_DEF",
  "METHOD_NOT_SUPPORTED",
  "MEDIA_TYPE_NOT_ACCEPTABLE",
  "PARAM_ILLEGAL",
];

const ALL = ["pay", "inquiryPayment", "cancel", "capture", "refund", "inquiryRefund", "updateAmount"] as const;

describe("verdict", () => {
  it("has a table here for each operation that is about a payment", () => {
    expect(Object.keys(TABLE)).to.have.members(OPERATIONS.filter((operation) => operation !== "consult"));
    expect(ALL).to.have.members(Object.keys(TABLE));
  });

  for (const operation of ALL) {
    for (const [status, code, state, next] of TABLE[operation]) {
      it(`takes ${status} ${code} of ${operation} for ${state}, and then: ${next}`, () => {
        expect(verdict(operation, answer(status, code), false)).to.deep.equal({ state, next });
        expect(verdict(operation, answer(status, code), true), "repeated").to.deep.equal({ state, next });
      });
    }

    it(`never takes the silence of ${operation} for a failure`, () => {
      const next = operation.startsWith("inquiry") ? "inquire" : "repeat";
      for (const repeated of [false, true]) {
        expect(verdict(operation, SILENCE, repeated)).to.deep.equal({ state: "unknown", next });
      }
    });
  }

  for (const code of [...CALL_REFUSED, "ACCESS_DENIED", "INVALID_MERCHANT_STATUS", "SYSTEM_ERROR"]) {
    it(`takes a first pay call refused with ${code} for failed, and a repeated one for unknown`, () => {
      expect(verdict("pay", answer("F", code), false)).to.deep.equal({ state: "failed", next: "nothing" });
      expect(verdict("pay", answer("F", code), true)).to.deep.equal({ state: "unknown", next: "inquire" });
    });
  }

  for (const operation of ["capture", "refund", "updateAmount"] as const) {
    for (const code of [...CALL_REFUSED, "ACCESS_DENIED", "INVALID_MERCHANT_STATUS"]) {
      it(`takes a first ${operation} refused with ${code} for failed, and a repeated one for unknown`, () => {
        expect(verdict(operation, answer("F", code), false)).to.deep.equal({ state: "failed", next: "inquire" });
        expect(verdict(operation, answer("F", code), true)).to.deep.equal({ state: "unknown", next: "inquire" });
      });
    }
  }

  for (const operation of ["capture", "refund", "updateAmount"] as const) {
    for (const code of ["SYSTEM_ERROR", "REPEAT_REQ_INCONSISTENT"]) {
      it(`takes ${code} of ${operation} for failed when it comes again and Antom has said since that nothing was done`, () => {
        const unknown = { state: "unknown", next: "inquire" };
        expect(verdict(operation, answer("F", code), false, true)).to.deep.equal({ state: "failed", next: "inquire" });
        expect(verdict(operation, answer("F", code), true, true), "repeated").to.deep.equal(unknown);
        expect(verdict(operation, answer("U", code), false, true).state).not.to.equal("failed");
      });
    }
  }

  it("never has a U followed by another id: unknown and pending are not failed", () => {
    for (const operation of ALL) {
      for (const code of [
        "PAYMENT_IN_PROCESS",
        "CAPTURE_IN_PROCESS",
        "REFUND_IN_PROCESS",
        "UNKNOWN_EXCEPTION",
        "ORDER_NOT_EXIST",
        ...CALL_REFUSED,
      ]) {
        for (const repeated of [false, true]) {
          expect(verdict(operation, answer("U", code), repeated).state).to.be.oneOf(["pending", "unknown"]);
        }
      }
    }
  });
});
