import { expect } from "chai";
import { CARD_BRANDS, GLOBAL_BRANDS, isKoreanBrand, KOREAN_BRANDS } from "../../lib/payment/card-brand.js";

describe("card brands", () => {
  it("are the 37 of Antom's CardBrand, each once", () => {
    expect(CARD_BRANDS).to.have.length(37);
    expect(new Set(CARD_BRANDS).size).to.equal(37);
    for (const brand of CARD_BRANDS) expect(brand).to.match(/^[A-Z][A-Z_]*$/);
  });

  it("are either Korean or not", () => {
    expect(KOREAN_BRANDS.every(isKoreanBrand)).to.equal(true);
    expect(GLOBAL_BRANDS.some(isKoreanBrand)).to.equal(false);
  });

  it("are Korean under their exact names only", () => {
    for (const name of ["samsung", "SAMSUNG ", "", "KOREA", "constructor", "__proto__"]) {
      expect(isKoreanBrand(name), name).to.equal(false);
    }
  });
});
