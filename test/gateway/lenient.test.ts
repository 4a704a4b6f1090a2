import { expect } from "chai";
import {
  amountOf,
  flagOf,
  membersOf,
  numberOf,
  textOf,
  wholeOf,
  withoutCardNumbers,
} from "../../lib/gateway/lenient.js";

describe("what is read leniently", () => {
  it("has the members of an object, and none of anything else", () => {
    expect(membersOf({ a: 1 })).to.deep.equal({ a: 1 });
    for (const odd of [undefined, null, "text", 7, [1]]) expect(membersOf(odd)).to.deep.equal({});
  });

  it("is a text, or a number's digits, within its length and not empty", () => {
    expect(textOf("ab", 2)).to.equal("ab");
    expect(textOf(7, 2)).to.equal("7");
    for (const odd of ["", "abc", 123, null, undefined, true, {}, ["a"]]) expect(textOf(odd, 2)).to.be.undefined;
  });

  it("is a flag, written either way", () => {
    expect([true, "true", false, "false"].map(flagOf)).to.deep.equal([true, true, false, false]);
    for (const odd of ["", "yes", 1, 0, null, undefined]) expect(flagOf(odd)).to.be.undefined;
  });

  it("is a number that is not negative and not absurd", () => {
    expect([0, "0", 0.1, "0.1", "12", 1_000_000].map(numberOf)).to.deep.equal([0, 0, 0.1, 0.1, 12, 1_000_000]);
    for (const odd of [-1, "-1", "1e3", "", " 1", "1,5", "0x10", NaN, Infinity, 1_000_001, null]) {
      expect(numberOf(odd)).to.be.undefined;
    }
    expect([wholeOf("12"), wholeOf("1.5"), wholeOf("x")]).to.deep.equal([12, undefined, undefined]);
  });

  it("is an amount, its value a text or a whole number", () => {
    expect(amountOf({ currency: "KRW", value: "120" })).to.deep.equal({ currency: "KRW", value: "120" });
    expect(amountOf({ currency: "KRW", value: 120, more: 1 })).to.deep.equal({ currency: "KRW", value: "120" });
    for (const odd of [
      null,
      "120",
      {},
      { currency: "krw", value: "1" },
      { currency: "KRW" },
      { currency: "KRW", value: "" },
      { currency: "KRW", value: "1.5" },
      { currency: "KRW", value: "-1" },
      { currency: "KRW", value: "007" },
      { currency: "KRW", value: "1".repeat(17) },
    ]) {
      expect(amountOf(odd)).to.be.undefined;
    }
  });

  it("has no card number left in it", () => {
    for (const number of ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111-111"]) {
      expect(withoutCardNumbers(`a ${number} b`)).to.match(/^a 411111\*{6}\d{4} b$/);
    }
    for (const number of ["639147058270", "4639147058276", "6391 4705 8270", "30569309025904"]) {
      expect(withoutCardNumbers(`a ${number} b`)).to.equal(`a ******${number.slice(-4)} b`);
    }
    expect(withoutCardNumbers("see 20240318")).to.equal("see 20240318");
    expect(withoutCardNumbers(undefined)).to.be.undefined;
  });
});
