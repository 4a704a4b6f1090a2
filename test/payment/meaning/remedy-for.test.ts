import { expect } from "chai";
import { remedyFor } from "../../../lib/payment/meaning/remedy-for.js";
import { REMEDY_CODES, remedyOf } from "../../../lib/payment/meaning/remedy.js";
import { judgementOf } from "../../../lib/payment/meaning/result-code.js";

const CODES = [...REMEDY_CODES.any, ...REMEDY_CODES.capture, undefined, "SOMETHING_NEW"];
const HELD = { captureMode: "MANUAL", capturedAmount: "0" } as const;
const AUTOMATIC = { ...HELD, captureMode: "AUTOMATIC" } as const;
const IN_PART = { ...HELD, capturedAmount: "4000" } as const;

describe("remedyFor", () => {
  it("is what helps in general, where the shop captures what is only held and for all that is no capture", () => {
    for (const code of CODES) {
      expect(remedyFor(HELD, "capture", code)).to.deep.equal(remedyOf("capture", code));
      for (const kind of ["void", "refund", "increase"] as const) {
        for (const state of [AUTOMATIC, IN_PART]) {
          expect(remedyFor(state, kind, code)).to.deep.equal(remedyOf(kind, code));
        }
      }
    }
  });

  it("never has a capture asked for again that Antom makes by itself", () => {
    for (const code of CODES) {
      const { action, sentence } = remedyFor(AUTOMATIC, "capture", code);
      expect(action, code).to.be.oneOf(["void_instead", "new_payment", "wait", "none"]);
      expect(sentence, code).not.to.match(/capture (again|less|what)|ask again/i);
    }
  });

  it("says why it was refused, where the code is known, and leaves a hold that is gone in peace", () => {
    const { sentence } = remedyFor(AUTOMATIC, "capture", "RISK_REJECT");
    expect(sentence)
      .to.match(new RegExp(`^${judgementOf("RISK_REJECT").meaning}`))
      .and.to.include("void it");
    expect(remedyFor(AUTOMATIC, "capture", "AUTH_EXPIRED")).to.deep.equal(remedyOf("capture", "AUTH_EXPIRED"));
  });

  it("has nothing voided of which a part is captured, nor the same order paid anew", () => {
    for (const state of [IN_PART, { ...AUTOMATIC, capturedAmount: "4000" }] as const) {
      for (const code of CODES) {
        const { action, sentence } = remedyFor(state, "capture", code);
        expect(action, code).not.to.equal("void_instead");
        if (action === "new_payment")
          expect(sentence, code).to.include("an order of its own").and.not.to.match(/void/i);
      }
    }
    expect(remedyFor(IN_PART, "capture", "USER_BALANCE_NOT_ENOUGH").sentence).to.match(
      new RegExp(`^${judgementOf("USER_BALANCE_NOT_ENOUGH").meaning} What is captured stays`),
    );
    expect(remedyFor(IN_PART, "capture", "PARAM_ILLEGAL")).to.deep.equal(remedyOf("capture", "PARAM_ILLEGAL"));
  });
});
