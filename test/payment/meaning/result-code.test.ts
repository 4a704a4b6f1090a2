import { expect } from "chai";
import { DECLINE_REASONS } from "../../../lib/payment/meaning/decline-reason.js";
import { judgementOf, RESULT_CODES, UNDOCUMENTED } from "../../../lib/payment/meaning/result-code.js";
import { DOCUMENTED_CODES } from "./documented-codes.js";

describe("the table of result codes", () => {
  it("has a row for each documented code, and none for another", () => {
    expect(RESULT_CODES).to.have.members(DOCUMENTED_CODES);
  });

  it("says of each why, in one sentence for the shop's staff", () => {
    for (const code of DOCUMENTED_CODES) {
      const { reason, meaning } = judgementOf(code);
      expect(DECLINE_REASONS, code).to.include(reason);
      expect(reason, code).to.not.equal("unknown");
      expect(meaning, code).to.match(/^[A-Z].{5,110}\.$/);
    }
  });

  it("has codes for every reason but the unknown", () => {
    const reasons = new Set(DOCUMENTED_CODES.map((code) => judgementOf(code).reason));
    expect([...reasons, "unknown"]).to.have.members(DECLINE_REASONS);
  });

  it("leaves a way on wherever the buyer must act", () => {
    for (const code of DOCUMENTED_CODES) {
      const { actor, sameCard, otherCard, later } = judgementOf(code);
      if (actor === "buyer") expect(sameCard || otherCard || later, code).to.equal(true);
    }
  });

  it("knows nothing of other codes, whatever every object has", () => {
    for (const code of [undefined, "", "SUCCESS", "SOMETHING_NEW", "do_not_honor", "constructor", "__proto__"]) {
      expect(judgementOf(code)).to.equal(UNDOCUMENTED);
    }
  });
});
