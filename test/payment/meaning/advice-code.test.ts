import { expect } from "chai";
import { ADVICE_CODES, adviceOf } from "../../../lib/payment/meaning/advice-code.js";
import { DOCUMENTED_ADVICE } from "./documented-codes.js";

describe("the table of merchant advice codes", () => {
  it("has a row for each documented code, and none for another", () => {
    expect(ADVICE_CODES).to.have.members(DOCUMENTED_ADVICE);
    for (const code of DOCUMENTED_ADVICE) expect(adviceOf(code)?.meaning, code).to.match(/^[A-Z].*\.$/);
  });

  it("says how long to wait where the scheme does", () => {
    const hours = Object.fromEntries(
      DOCUMENTED_ADVICE.flatMap((code) => {
        const wait = adviceOf(code)?.retryAfter;
        return wait === undefined ? [] : [[code, wait / 3_600_000]];
      }),
    );
    expect(hours).to.deep.equal({ 24: 1, 25: 24, 26: 48, 27: 96, 28: 144, 29: 192, 30: 240 });
  });

  it("says never of 03 and 21, and of no other", () => {
    expect(DOCUMENTED_ADVICE.filter((code) => adviceOf(code)?.never === true)).to.deep.equal(["03", "21"]);
  });

  it("reads a number for its two digits, and knows nothing of other codes", () => {
    expect(adviceOf("3")).to.equal(adviceOf("03"));
    for (const code of ["", "05", "99", "constructor"]) expect(adviceOf(code)).to.be.undefined;
  });
});
