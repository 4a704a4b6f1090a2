import { expect } from "chai";
import { declineOf } from "../../../lib/payment/meaning/decline.js";
import { DOCUMENTED_CODES } from "./documented-codes.js";

const HOUR = 3_600_000;

describe("declineOf", () => {
  for (const [code, told] of [
    ["INVALID_CARD_NUMBER", { reason: "card-details", actor: "buyer", sameCard: true, otherCard: true, later: false }],
    ["CARD_NOT_SUPPORTED", { reason: "card", actor: "buyer", sameCard: false, otherCard: true, later: false }],
    ["USER_BALANCE_NOT_ENOUGH", { reason: "funds", actor: "buyer", sameCard: false, otherCard: true, later: true }],
    ["DO_NOT_HONOR", { reason: "bank", actor: "buyer", sameCard: false, otherCard: true, later: true }],
    [
      "AUTHENTICATION_REQUIRED",
      { reason: "verification", actor: "shop", sameCard: true, otherCard: true, later: false },
    ],
    ["FRAUD_REJECT", { reason: "risk", actor: "buyer", sameCard: false, otherCard: true, later: false }],
    ["PAYMENT_PROHIBITED", { reason: "risk", actor: "nobody", sameCard: false, otherCard: false, later: false }],
    ["USER_AMOUNT_EXCEED_LIMIT", { reason: "limit", actor: "buyer", sameCard: false, otherCard: true, later: true }],
    ["ORDER_IS_CLOSED", { reason: "order", actor: "buyer", sameCard: true, otherCard: true, later: false }],
    ["KEY_NOT_FOUND", { reason: "shop", actor: "shop", sameCard: false, otherCard: false, later: true }],
    ["PROCESS_FAIL", { reason: "system", actor: "nobody", sameCard: false, otherCard: true, later: true }],
    ["SOMETHING_NEW", { reason: "unknown", actor: "buyer", sameCard: true, otherCard: true, later: true }],
  ] as const) {
    it(`explains ${code}`, () => {
      const { meaning, ...decline } = declineOf(code);
      expect(decline).to.deep.equal({ code, ...told });
      expect(meaning).to.be.a("string").and.not.equal("");
    });
  }

  it("explains a failure without a code by its being one", () => {
    const { code: _code, ...unknown } = declineOf("SOMETHING_NEW");
    expect(declineOf(undefined)).to.deep.equal(unknown);
  });

  describe("with the bank's own code", () => {
    it("takes its reason where Antom's says little", () => {
      for (const code of ["DO_NOT_HONOR", "ACCESS_DENIED", "PROCESS_FAIL", "SOMETHING_NEW", undefined]) {
        expect(declineOf(code, { refusalCodeRaw: "51" })).to.include({
          reason: "funds",
          sameCard: false,
          otherCard: true,
          later: true,
          rawCode: "51",
          rawMeaning: "Not sufficient funds.",
        });
      }
      expect(declineOf("DO_NOT_HONOR", { refusalCodeRaw: "54" })).to.include({
        reason: "card-details",
        sameCard: true,
      });
      expect(declineOf("DO_NOT_HONOR", { refusalCodeRaw: "1A" })).to.include({ reason: "verification", actor: "shop" });
    });

    it("leaves the reason where Antom's is plain", () => {
      expect(declineOf("RISK_REJECT", { refusalCodeRaw: "51" })).to.include({ reason: "risk", later: false });
      expect(declineOf("INVALID_CVV", { refusalCodeRaw: "05" })).to.include({ reason: "card-details", sameCard: true });
      expect(declineOf("KEY_NOT_FOUND", { refusalCodeRaw: "05" })).to.include({ reason: "shop" });
    });

    it("gives up a card that is lost, stolen or wanted back, whatever Antom's code says", () => {
      for (const refusalCodeRaw of ["04", "07", "41", "43", "46"]) {
        for (const code of ["DO_NOT_HONOR", "INVALID_CVV", "USER_BALANCE_NOT_ENOUGH"]) {
          const decline = declineOf(code, { refusalCodeRaw, merchantAdviceCode: "24" });
          expect(decline, `${code} ${refusalCodeRaw}`).to.include({ sameCard: false, otherCard: true, later: false });
          expect(decline).to.not.have.property("retryAfter");
        }
      }
    });

    it("passes an undocumented one through", () => {
      expect(declineOf("DO_NOT_HONOR", { refusalCodeRaw: "ZZ" })).to.deep.equal({
        ...declineOf("DO_NOT_HONOR"),
        rawCode: "ZZ",
        rawMeaning: "unknown code",
      });
    });

    it("does not take an approval's code for a reason", () => {
      expect(declineOf("DO_NOT_HONOR", { refusalCodeRaw: "11" })).to.include({
        reason: "bank",
        rawMeaning: "Approved, VIP.",
      });
    });
  });

  describe("with the scheme's advice", () => {
    it("stops at 03 and 21: the same card neither now nor later", () => {
      for (const merchantAdviceCode of ["03", "21", "3"]) {
        for (const code of DOCUMENTED_CODES) {
          expect(declineOf(code, { merchantAdviceCode }), code).to.include({ sameCard: false, later: false });
        }
      }
    });

    it("waits as long as it is told", () => {
      expect(declineOf("DO_NOT_HONOR", { merchantAdviceCode: "24" })).to.include({ later: true, retryAfter: HOUR });
      expect(declineOf("INVALID_CVV", { merchantAdviceCode: "30" })).to.include({
        sameCard: false,
        later: true,
        retryAfter: 240 * HOUR,
        adviceMeaning: "Try again after 10 days.",
      });
      expect(declineOf("CARD_NOT_SUPPORTED", { merchantAdviceCode: "02" })).to.include({ later: true });
      expect(declineOf("CARD_NOT_SUPPORTED", { merchantAdviceCode: "02" })).to.not.have.property("retryAfter");
    });

    it("does not let a card that is taken for fraud be tried later", () => {
      const decline = declineOf("FRAUD_REJECT", { merchantAdviceCode: "24" });
      expect(decline).to.include({ later: false, adviceCode: "24" }).and.to.not.have.property("retryAfter");
    });

    it("passes an undocumented one through, and one that says nothing of trying again", () => {
      for (const [merchantAdviceCode, adviceMeaning] of [
        ["99", "unknown code"],
        ["40", "The card is prepaid and cannot be topped up."],
      ] as const) {
        expect(declineOf("DO_NOT_HONOR", { merchantAdviceCode })).to.deep.equal({
          ...declineOf("DO_NOT_HONOR"),
          adviceCode: merchantAdviceCode,
          adviceMeaning,
        });
      }
    });
  });
});
