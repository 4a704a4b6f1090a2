import { expect } from "chai";
import { readResultInfo } from "../../lib/gateway/result-info.js";

describe("readResultInfo", () => {
  it("reads caav as cavv, and prefers the right spelling", () => {
    expect(readResultInfo({ threeDSResult: { caav: "A" } })).to.deep.equal({ threeDSResult: { cavv: "A" } });
    expect(readResultInfo({ threeDSResult: { caav: "A", cavv: "B" } })).to.deep.equal({ threeDSResult: { cavv: "B" } });
    expect(readResultInfo({ threeDSResult: { caav: "A", cavv: "" } })).to.deep.equal({ threeDSResult: { cavv: "A" } });
  });

  it("drops empty texts, and what is left empty by that", () => {
    expect(readResultInfo({ avsResultRaw: "", cvvResultRaw: "", threeDSResult: { eci: "", cavv: "" } })).to.be
      .undefined;
    expect(readResultInfo({})).to.be.undefined;
    expect(readResultInfo(undefined)).to.be.undefined;
  });

  it("fills the gaps of paymentResultInfo from cardInfo, where the same things used to stand", () => {
    expect(
      readResultInfo({ cardBrand: "VISA", avsResultRaw: "" }, { cardBrand: "OLD", avsResultRaw: "A" }),
    ).to.deep.equal({ cardBrand: "VISA", avsResultRaw: "A" });
    expect(readResultInfo(undefined, { cardBrand: "OLD" })).to.deep.equal({ cardBrand: "OLD" });
    expect(readResultInfo({ cardBrand: "VISA" }, {})).to.deep.equal({ cardBrand: "VISA" });
  });

  it("fills the gaps of the 3-D Secure result one by one", () => {
    expect(readResultInfo({ threeDSResult: { eci: "05" } }, { threeDSResult: { eci: "00", cavv: "A" } })).to.deep.equal(
      { threeDSResult: { eci: "05", cavv: "A" } },
    );
  });

  it("reads flags written as booleans and as texts", () => {
    const read = (flag: boolean | string) => readResultInfo({ threeDSResult: { challenged: flag } });
    expect(read(true)).to.deep.equal({ threeDSResult: { challenged: true } });
    expect(read("true")).to.deep.equal({ threeDSResult: { challenged: true } });
    expect(read(false)).to.deep.equal({ threeDSResult: { challenged: false } });
    expect(read("false")).to.deep.equal({ threeDSResult: { challenged: false } });
    expect(read("")).to.be.undefined;
  });

  it("keeps a masked number as it is", () => {
    expect(readResultInfo({ cardNo: "411734******6383" })).to.deep.equal({ cardNo: "411734******6383" });
    expect(readResultInfo({ cardNo: "************6383" })).to.deep.equal({ cardNo: "************6383" });
  });

  for (const whole of [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111.1111.1111.1111",
    "4111\u00a01111\u00a01111\u00a01111",
    "no. 4111111111111111",
    "41111111111111111",
  ]) {
    it(`keeps no more than six and four digits of ${JSON.stringify(whole)}`, () => {
      expect(readResultInfo({ cardNo: whole })).to.deep.equal({ cardNo: "411111******1111" });
    });
  }

  for (const [told, kept] of [
    ["639147058270", "********8270"],
    ["6391 4705 8270", "********8270"],
    ["4639147058276", "*********8276"],
    ["30569309025904", "**********5904"],
    ["no. 639147058270", "********8270"],
    ["639147**8270", "********8270"],
    ["6391 47** 8270", "********8270"],
    ["463914XXX8276", "*********8276"],
    ["********8270", "********8270"],
  ] as const) {
    it(`keeps the last four alone of the short number ${JSON.stringify(told)}, and no bin beside them`, () => {
      const more = { cardBin: "639147", lastFour: kept.slice(-4) };
      const expected = { cardNo: kept, lastFour: kept.slice(-4) };
      expect(readResultInfo({ cardNo: told, ...more })).to.deep.equal(expected);
      expect(readResultInfo(more, { cardNo: told })).to.deep.equal(expected);
      expect(readResultInfo({ cardNo: told }, more)).to.deep.equal(expected);
    });
  }

  it("keeps the bin beside a number of 15 digits or more, and beside a mask that tells nothing of its length", () => {
    for (const cardNo of ["411734******6383", "378282*****0005", "****6383", "ending in 6383"]) {
      expect(readResultInfo({ cardNo, cardBin: "411734" })).to.deep.equal({ cardNo, cardBin: "411734" });
    }
  });

  it("keeps six digits of a longer cardBin", () => {
    expect(readResultInfo({ cardBin: "41117347" })).to.deep.equal({ cardBin: "411173" });
  });

  it("leaves the card token where it was", () => {
    const wire = { cardBrand: "VISA", cardToken: "TOKEN" };
    expect(readResultInfo(wire)).to.deep.equal({ cardBrand: "VISA" });
  });
});

describe("readResultInfo, of all that Antom names,", () => {
  it("keeps what is not personal, as it is told", () => {
    const told = {
      exemptionRequested: "lowValue",
      credentialTypeUsed: "NETWORK_TOKEN",
      rrn: "012345678901",
      refusalCodeRaw: "51",
      refusalReasonRaw: "Not sufficient funds",
      merchantAdviceCode: "24",
      cardCategory: "CONSUMER",
      userAuthorizationStatus: "GRANTED",
      incrementalAuthorizationAvailable: true,
      extendedAuthorizationAvailable: false,
      refundOnAuthorizationAvailable: "true",
    };
    const personal = { cardholderName: "Kim Min", accountNo: "110-123", cardToken: "TOKEN", cvv: "123" };
    expect(readResultInfo({ ...told, ...personal })).to.deep.equal({ ...told, refundOnAuthorizationAvailable: true });
  });

  it("reads the card's end of life in two digits each", () => {
    for (const [expiryMonth, expiryYear] of [
      ["09", "29"],
      ["9", "2029"],
      [9, 29],
      [9, 2029],
    ]) {
      expect(readResultInfo({ expiryMonth, expiryYear })).to.deep.equal({ expiryMonth: "09", expiryYear: "29" });
    }
    expect(readResultInfo({ expiryMonth: "13", expiryYear: "229" })).to.be.undefined;
    expect(readResultInfo({ expiryMonth: "00", expiryYear: "soon" })).to.be.undefined;
  });

  it("reads the instalment plan, its numbers as numbers or texts", () => {
    const plan = {
      installmentNum: 3,
      interval: "MONTH",
      interestRate: 0.1,
      creditPayFeeType: "PERCENTAGE",
      feePercentage: 50,
    };
    expect(readResultInfo({ creditPayPlan: plan })).to.deep.equal({ creditPayPlan: plan });
    const texts = { ...plan, installmentNum: "3", interestRate: "0.1", feePercentage: "50" };
    expect(readResultInfo({ creditPayPlan: texts })).to.deep.equal({ creditPayPlan: plan });
    for (const odd of [{}, "3 months", null, { installmentNum: "3.5", interestRate: "-1", feePercentage: "1e9" }]) {
      expect(readResultInfo({ creditPayPlan: odd })).to.be.undefined;
    }
  });

  it("reads an eci from where it used to stand", () => {
    expect(readResultInfo({}, { eci: "05" })).to.deep.equal({ threeDSResult: { eci: "05" } });
    expect(readResultInfo({}, { eci: "07", threeDSResult: { eci: "05" } })).to.deep.equal({
      threeDSResult: { eci: "05" },
    });
  });

  it("cuts down a card number in somebody's free text", () => {
    expect(
      readResultInfo({ refusalReasonRaw: "card 4111 1111 1111 1111 refused", issuerName: "B 4111111111111111" }),
    ).to.deep.equal({ refusalReasonRaw: "card 411111******1111 refused", issuerName: "B 411111******1111" });
    expect(readResultInfo({ refusalReasonRaw: "see 20240318, code 51" })).to.deep.equal({
      refusalReasonRaw: "see 20240318, code 51",
    });
  });
});

describe("readResultInfo, of odd values,", () => {
  it("leaves out what it cannot read and keeps the rest", () => {
    expect(
      readResultInfo({
        avsResultRaw: 7,
        cvvResultRaw: null,
        issuerName: "x".repeat(300),
        cardBrand: "VISA",
        threeDSResult: "none",
      }),
    ).to.deep.equal({ avsResultRaw: "7", cardBrand: "VISA" });
  });

  it("reads nothing from what is no object", () => {
    for (const odd of [null, "VISA", 7, [], true]) expect(readResultInfo(odd, odd)).to.equal(undefined);
  });
});
