import { expect } from "chai";
import { remedyFor } from "../../../lib/payment/meaning/remedy-for.js";
import { REMEDY_CODES, remedyOf } from "../../../lib/payment/meaning/remedy.js";
import { judgementOf } from "../../../lib/payment/meaning/result-code.js";

const CODES = [...REMEDY_CODES.any, ...REMEDY_CODES.capture, undefined, "SOMETHING_NEW"];

describe("remedyFor", () => {
  it("is what helps in general, where the shop captures and for all that is no capture", () => {
    for (const code of CODES) {
      expect(remedyFor("MANUAL", "capture", code)).to.deep.equal(remedyOf("capture", code));
      for (const kind of ["void", "refund", "increase"] as const) {
        expect(remedyFor("AUTOMATIC", kind, code)).to.deep.equal(remedyOf(kind, code));
      }
    }
  });

  it("never has a capture asked for again that Antom makes by itself", () => {
    for (const code of CODES) {
      const { action, sentence } = remedyFor("AUTOMATIC", "capture", code);
      expect(action, code).to.be.oneOf(["void_instead", "new_payment", "wait", "none"]);
      expect(sentence, code).not.to.match(/capture (again|less|what)|ask again/i);
    }
  });

  it("says why it was refused, where the code is known, and leaves a hold that is gone in peace", () => {
    const { sentence } = remedyFor("AUTOMATIC", "capture", "RISK_REJECT");
    expect(sentence)
      .to.match(new RegExp(`^${judgementOf("RISK_REJECT").meaning}`))
      .and.to.include("void it");
    expect(remedyFor("AUTOMATIC", "capture", "AUTH_EXPIRED")).to.deep.equal(remedyOf("capture", "AUTH_EXPIRED"));
  });
});
