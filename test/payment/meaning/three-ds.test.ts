import { expect } from "chai";
import { exemption, threeDSCheck } from "../../../lib/payment/meaning/three-ds.js";

describe("threeDSCheck", () => {
  for (const [eci, authentication] of [
    ["02", "full"],
    ["05", "full"],
    ["01", "attempted"],
    ["06", "attempted"],
    ["00", "none"],
    ["07", "none"],
    ["04", "data-only"],
  ] as const) {
    it(`takes eci ${eci} for ${authentication}, also where its nought was lost`, () => {
      const { meaning, ...check } = threeDSCheck({ eci }) ?? { meaning: "" };
      expect(check).to.deep.equal({ eci, authentication });
      expect(meaning).to.match(/^[A-Z].*\.$/);
      expect(threeDSCheck({ eci: String(Number(eci)) })?.authentication).to.equal(authentication);
    });
  }

  it("promises nobody that a liability has shifted", () => {
    for (let eci = 0; eci < 10; eci++) {
      expect(threeDSCheck({ eci: `0${eci}` })?.meaning).to.not.match(/liab|shift|guarant|chargeback/i);
    }
  });

  it("passes other codes through, and says where none is told", () => {
    expect(threeDSCheck({ eci: "03" })).to.deep.equal({
      eci: "03",
      authentication: "unknown",
      meaning: "unknown code",
    });
    expect(threeDSCheck({ threeDSOffered: true })).to.deep.equal({
      authentication: "unknown",
      meaning: "Antom did not tell how the buyer was authenticated.",
      offered: true,
    });
    expect(threeDSCheck(undefined)).to.be.undefined;
  });

  it("tells how it went", () => {
    expect(
      threeDSCheck({
        threeDSVersion: "2.2.0",
        eci: "06",
        cavv: "secret of the schemes",
        challenged: true,
        threeDSOffered: true,
        exemptionType: "lowValue",
        challengeCancel: "01",
        threeDStransactionStatusReason: "11",
      }),
    ).to.deep.equal({
      version: "2.2.0",
      eci: "06",
      authentication: "attempted",
      meaning: "Authentication was attempted; the bank or the card did not complete it.",
      challenged: true,
      offered: true,
      exemption: { code: "lowValue", meaning: "The amount is low: below 30 EUR." },
      challengeCancelled: { code: "01", meaning: "The cardholder cancelled." },
      statusReason: "11",
    });
  });

  it("knows every reason for which a challenge ends early", () => {
    const meanings = ["01", "02", "03", "04", "05", "06", "07", "08"].map(
      (challengeCancel) => threeDSCheck({ challengeCancel })?.challengeCancelled?.meaning ?? "",
    );
    expect(new Set(meanings).size).to.equal(8);
    for (const meaning of meanings) expect(meaning).to.match(/^[A-Z].*\.$/);
    expect(threeDSCheck({ challengeCancel: "09" })?.challengeCancelled?.meaning).to.equal("unknown code");
  });

  it("knows every exemption", () => {
    for (const code of ["dataOnly", "lowValue", "transactionRiskAnalysis"]) {
      expect(exemption(code)).to.have.property("code", code);
      expect(exemption(code).meaning).to.match(/^[A-Z].*\.$/);
    }
    expect(exemption("toString")).to.deep.equal({ code: "toString", meaning: "unknown code" });
  });
});
