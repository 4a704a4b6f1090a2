import { expect } from "chai";
import fc from "fast-check";
import { AMOUNT_VALUE, CURRENCY, isPayable, sameAmount, stepOf, sum, units } from "../../lib/payment/amount.js";

describe("sum", () => {
  it("adds up to the last unit what floats would round", () => {
    expect(sum(["9007199254740993", "1"])).to.equal("9007199254740994");
    expect(sum([])).to.equal("0");
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 16n }), { maxLength: 20 }), (values) => {
        const total = values.reduce((all, value) => all + value, 0n);
        expect(sum(values.map(String))).to.equal(String(total));
        expect(units(sum(values.map(String)))).to.equal(total);
      }),
    );
  });
});

describe("sameAmount", () => {
  it("compares currency and value", () => {
    const amount = { currency: "EUR", value: "1999" };
    expect(sameAmount(amount, { ...amount })).to.be.true;
    expect(sameAmount(amount, { ...amount, value: "1998" })).to.be.false;
    expect(sameAmount(amount, { ...amount, currency: "USD" })).to.be.false;
  });
});

/** Antom: "Currency and amount" (core.md 2.8). */
describe("what Antom takes of a currency", () => {
  it("is whole rupiah, whose last two digits are 00", () => {
    for (const value of ["100", "1500000", "9999999999999900"]) {
      expect(isPayable({ currency: "IDR", value }), value).to.be.true;
    }
    for (const value of ["1", "10", "150", "1500001", "9999999999999999"]) {
      expect(isPayable({ currency: "IDR", value }), value).to.be.false;
    }
    expect(stepOf("IDR")).to.equal(100n);
  });

  it("is any minor unit of another currency", () => {
    for (const currency of ["EUR", "KRW", "VND", "KWD"]) {
      expect(isPayable({ currency, value: "1" }), currency).to.be.true;
      expect(stepOf(currency)).to.equal(1n);
    }
  });
});

describe("what an amount may look like", () => {
  it("is a whole positive number without ornament, of at most sixteen digits", () => {
    const isValue = (text: string) => new RegExp(AMOUNT_VALUE).test(text);
    for (const text of ["1", "1999", "9".repeat(16)]) expect(isValue(text), text).to.be.true;
    for (const text of ["", "0", "01", "-1", "+1", "1.0", "1e3", " 1", "1 ", "1\n", "0x1", "٣", "9".repeat(17)]) {
      expect(isValue(text), JSON.stringify(text)).to.be.false;
    }
  });

  it("has a currency of three upper-case letters", () => {
    const isCurrency = (text: string) => new RegExp(CURRENCY).test(text);
    expect(isCurrency("KRW")).to.be.true;
    for (const text of ["", "EU", "EURO", "eur", "E R", "EUR\n", "\u0415UR"])
      expect(isCurrency(text), text).to.be.false;
  });
});
