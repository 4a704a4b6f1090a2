import { expect } from "chai";
import { cvvCheck } from "../../../lib/payment/meaning/cvv.js";

describe("cvvCheck", () => {
  for (const [code, result, says] of [
    ["Y", "match", /match/],
    ["D", "mismatch", /do not match/],
    ["P", "unchecked", /were checked; the outcome is not told/],
    ["N", "unchecked", /should have .* was told that it has none/],
    ["U", "unchecked", /bank does not check/],
    ["X", "unchecked", /Nothing is known/],
  ] as const) {
    it(`takes ${code} for ${result}`, () => {
      const { meaning, ...check } = cvvCheck(code);
      expect(check).to.deep.equal({ code, result });
      expect(meaning)
        .to.match(says)
        .and.to.match(/^[A-Z].*\.$/);
    });
  }

  it("knows no other", () => {
    const known = Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(
      (code) => cvvCheck(code).meaning !== "unknown code",
    );
    expect(known).to.have.members(Array.from("YDPNUX"));
  });

  it("passes other codes through: M too, by which card schemes mean a match", () => {
    for (const code of ["M", "S", "", "constructor"]) {
      expect(cvvCheck(code)).to.deep.equal({ code, meaning: "unknown code", result: "unchecked" });
    }
  });
});
