import { expect } from "chai";
import type { Outcome } from "../../lib/gateway/outcome.js";
import { verdict, type PaymentOperation, type Verdict } from "../../lib/gateway/verdict.js";
import { SILENCE } from "./answered.js";

type Status = "S" | "F" | "U";
type Case = readonly [status: Status, code: string, state: Verdict["state"], next: Verdict["next"]];

const answer = (resultStatus: Status, resultCode: string): Outcome<unknown> => ({
  kind: "answered",
  result: { resultStatus, resultCode },
  body: {},
});

/** The same whether or not the call was made before. */
const TABLE: Readonly<Record<PaymentOperation, readonly Case[]>> = {
  pay: [
    ["S", "SUCCESS", "succeeded", "nothing"],
    ["S", "SOMETHING_NEW", "succeeded", "nothing"],
    ["U", "PAYMENT_IN_PROCESS", "pending", "redirect"],
    ["U", "UNKNOWN_EXCEPTION", "unknown", "repeat"],
    ["U", "REQUEST_TRAFFIC_EXCEED_LIMIT", "unknown", "repeat"],
    ["U", "SOMETHING_NEW", "unknown", "repeat"],
    ["F", "ACCESS_DENIED", "failed", "nothing"],
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
    ["F", "SYSTEM_ERROR", "failed", "nothing"],
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
    ["F", "CLIENT_INVALID", "unknown", "repeat"],
    ["F", "INVALID_SIGNATURE", "unknown", "repeat"],
    ["F", "PARAM_ILLEGAL", "unknown", "repeat"],
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

describe("verdict", () => {
  for (const operation of ["pay", "inquiryPayment", "cancel"] as const) {
    for (const [status, code, state, next] of TABLE[operation]) {
      it(`takes ${status} ${code} of ${operation} for ${state}, and then: ${next}`, () => {
        expect(verdict(operation, answer(status, code), false)).to.deep.equal({ state, next });
        expect(verdict(operation, answer(status, code), true), "repeated").to.deep.equal({ state, next });
      });
    }

    it(`never takes the silence of ${operation} for a failure`, () => {
      const next = operation === "inquiryPayment" ? "inquire" : "repeat";
      for (const repeated of [false, true]) {
        expect(verdict(operation, SILENCE, repeated)).to.deep.equal({ state: "unknown", next });
      }
    });
  }

  for (const code of CALL_REFUSED) {
    it(`takes a first pay call refused with ${code} for failed, and a repeated one for unknown`, () => {
      expect(verdict("pay", answer("F", code), false)).to.deep.equal({ state: "failed", next: "nothing" });
      expect(verdict("pay", answer("F", code), true)).to.deep.equal({ state: "unknown", next: "inquire" });
    });
  }

  it("never has a U followed by another id: unknown and pending are not failed", () => {
    for (const operation of ["pay", "inquiryPayment", "cancel"] as const) {
      for (const code of ["PAYMENT_IN_PROCESS", "UNKNOWN_EXCEPTION", "ORDER_NOT_EXIST", ...CALL_REFUSED]) {
        for (const repeated of [false, true]) {
          expect(verdict(operation, answer("U", code), repeated).state).to.be.oneOf(["pending", "unknown"]);
        }
      }
    }
  });
});
