import { expect } from "chai";
import { RAW_CODES, rawJudgementOf } from "../../../lib/payment/meaning/raw-code.js";
import { DOCUMENTED_RAW_CODES } from "./documented-codes.js";

describe("the table of the bank's own codes", () => {
  it("has a row for each documented code, and none for another", () => {
    expect(RAW_CODES).to.have.members(DOCUMENTED_RAW_CODES);
    for (const code of DOCUMENTED_RAW_CODES) expect(rawJudgementOf(code)?.meaning, code).to.match(/^[A-Z].*\.$/);
  });

  it("reads a number for its two digits, and a small letter for a capital one", () => {
    expect(rawJudgementOf("5")).to.deep.equal(rawJudgementOf("05"));
    expect(rawJudgementOf("1a")).to.deep.equal(rawJudgementOf("1A"));
  });

  it("calls final what the schemes do not want to see again", () => {
    const final = DOCUMENTED_RAW_CODES.filter((code) => rawJudgementOf(code)?.isFinal === true);
    expect(final).to.deep.equal(["04", "07", "41", "43", "46"]);
    for (const code of final)
      expect(rawJudgementOf(code)).to.include({ sameCard: false, otherCard: true, later: false });
  });

  it("knows nothing of other codes", () => {
    for (const code of ["", "00", "99", "constructor"]) expect(rawJudgementOf(code)).to.be.undefined;
  });
});
