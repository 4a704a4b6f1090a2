import { expect } from "chai";
import {
  accepts,
  amount,
  compile,
  flag,
  compact,
  present,
  readAmount,
  readFlag,
  readTime,
} from "../../lib/gateway/wire.js";

describe("readTime", () => {
  for (const [text, time] of [
    ["2024-03-18T19:36:54-07:00", Date.UTC(2024, 2, 19, 2, 36, 54)],
    ["2020-01-01T12:01:01+08:30", Date.UTC(2020, 0, 1, 3, 31, 1)],
    ["2020-01-01T12:01:01Z", Date.UTC(2020, 0, 1, 12, 1, 1)],
    ["2020-01-01T12:01:01.250Z", Date.UTC(2020, 0, 1, 12, 1, 1, 250)],
    ["2020-01-01T12:01:01.123456789+00:00", Date.UTC(2020, 0, 1, 12, 1, 1, 123)],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(readTime(text)).to.equal(time);
    });
  }

  for (const text of [
    undefined,
    "",
    "yesterday",
    "1700000000000",
    "2020-01-01",
    "2020-01-01T12:01:01",
    "2020-01-01 12:01:01Z",
    "2020-13-01T12:01:01Z",
    "2020-01-01T25:01:01Z",
    "2020-01-01T12:01:01+08",
    " 2020-01-01T12:01:01Z",
    "2020-01-01T12:01:01Z; x",
  ]) {
    it(`takes ${text === undefined ? "nothing" : JSON.stringify(text)} for no time`, () => {
      expect(readTime(text)).to.be.undefined;
    });
  }
});

describe("readAmount", () => {
  it("keeps the value a text, also where it came as a number", () => {
    expect(readAmount({ currency: "EUR", value: "1999" })).to.deep.equal({ currency: "EUR", value: "1999" });
    expect(readAmount({ currency: "EUR", value: 1999 })).to.deep.equal({ currency: "EUR", value: "1999" });
    expect(readAmount({ currency: "EUR", value: 9007199254740991 })?.value).to.equal("9007199254740991");
    expect(readAmount(undefined)).to.be.undefined;
  });
});

describe("present, readFlag and compact", () => {
  it("take what is empty for absent", () => {
    expect([present(undefined), present(""), present(" "), present("x")]).to.deep.equal([
      undefined,
      undefined,
      " ",
      "x",
    ]);
    expect([readFlag(undefined), readFlag(""), readFlag("TRUE"), readFlag("true")]).to.deep.equal([
      undefined,
      undefined,
      false,
      true,
    ]);
    expect(compact({ a: undefined, b: "", c: null, d: 0 })).to.deep.equal({ b: "", c: null, d: 0 });
  });
});

describe("accepts", () => {
  const schema = compile<{ name?: string; orderAmount?: object }>({
    type: "object",
    properties: { name: { type: "string" }, nested: { type: "object", properties: { flag } }, orderAmount: amount },
  });

  it("takes members that are null for absent, wherever they stand", () => {
    expect(accepts(schema, { name: null, nested: { flag: null } })).to.equal(true);
  });

  it("never takes an amount for absent", () => {
    expect(accepts(schema, { orderAmount: null })).to.equal(false);
  });

  it("refuses what is wrong otherwise", () => {
    expect(accepts(schema, { name: 7, nested: null })).to.equal(false);
    expect(accepts(schema, null)).to.equal(false);
  });
});
