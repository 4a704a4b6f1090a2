import { expect } from "chai";
import { checksOf } from "../../../lib/payment/meaning/checks.js";

describe("checksOf", () => {
  it("says nothing where Antom told of no check", () => {
    expect(checksOf(undefined)).to.be.undefined;
    expect(checksOf({})).to.be.undefined;
    expect(checksOf({ cardBrand: "VISA", paymentMethodRegion: "KR" })).to.be.undefined;
  });

  it("says of each check what it was told, and nothing of the others", () => {
    expect(checksOf({ avsResultRaw: "Y" })).to.have.all.keys("avs");
    expect(checksOf({ cvvResultRaw: "Y" })).to.have.all.keys("cvv");
    expect(checksOf({ threeDSResult: { eci: "05" } })).to.have.all.keys("threeDS");
    expect(checksOf({ exemptionRequested: "lowValue" })).to.deep.equal({
      exemptionRequested: { code: "lowValue", meaning: "The amount is low: below 30 EUR." },
    });
    expect(checksOf({ avsResultRaw: "0", cvvResultRaw: "P", threeDSResult: {} })).to.have.all.keys(
      "avs",
      "cvv",
      "threeDS",
    );
  });
});
