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
  result,
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

  const answer = compile<object>({
    type: "object",
    required: ["result"],
    properties: {
      result,
      paymentAmount: amount,
      plans: {
        type: "array",
        items: { type: "object", properties: { minInstallmentAmount: amount, paymentAmount: amount } },
      },
    },
  });
  const of = (resultStatus: string, more: object) => ({ result: { resultStatus, resultCode: "X" }, ...more });

  it("never takes the amount of what went through for absent: it is there to be compared", () => {
    expect(accepts(answer, of("S", { paymentAmount: null }))).to.equal(false);
    expect(accepts(answer, of("S", { paymentAmount: null, paymentStatus: "SUCCESS" }))).to.equal(false);
    expect(accepts(answer, of("S", { paymentAmount: null, paymentStatus: null }))).to.equal(false);
  });

  it("takes any other amount that is null for absent: of what did not go through, and in lists", () => {
    for (const status of ["F", "U"]) expect(accepts(answer, of(status, { paymentAmount: null }))).to.equal(true);
    for (const paymentStatus of ["FAIL", "PROCESSING", "CANCELLED", "PENDING"]) {
      expect(accepts(answer, of("S", { paymentAmount: null, paymentStatus })), paymentStatus).to.equal(true);
    }
    const plans = [{ minInstallmentAmount: null }, { paymentAmount: null }];
    expect(accepts(answer, of("S", { plans }))).to.equal(true);
  });

  it("looks no deeper than messages go, however deep the body is nested", () => {
    let deep: object = { name: null };
    for (let level = 0; level < 50_000; level++) deep = { deep };
    expect(accepts(schema, { name: 7, deep })).to.equal(false);
    expect(accepts(schema, { name: null, deep })).to.equal(true);
  });

  it("refuses what is wrong otherwise", () => {
    expect(accepts(schema, { name: 7, nested: null })).to.equal(false);
    expect(accepts(schema, null)).to.equal(false);
  });
});
