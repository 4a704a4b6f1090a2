import { expect } from "chai";
import fc from "fast-check";
import { JsonProblem, parseJson } from "../../lib/gateway/json.js";

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");
const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("parseJson", () => {
  it("reads what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(bytes(text))).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it("either reads bytes or says what is wrong with them, and throws nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (array) => {
        try {
          parseJson(Buffer.from(array));
        } catch (error) {
          expect(error).to.be.instanceOf(JsonProblem);
        }
      }),
    );
  });

  it("reads 32 levels and no more", () => {
    expect(parseJson(bytes(nested(32)))).to.be.an("array");
    expect(() => parseJson(bytes(nested(33)))).to.throw(JsonProblem, "deeper than 32 levels");
    expect(() => parseJson(bytes('{"a":'.repeat(33) + "1" + "}".repeat(33)))).to.throw(JsonProblem, "deeper");
  });

  it("counts no brackets inside strings", () => {
    const text = JSON.stringify({ a: '[{"\\'.repeat(100), "[[": nested(50) });
    expect(parseJson(bytes(text))).to.deep.equal(JSON.parse(text));
  });

  it("is not fooled by closing brackets that close nothing", () => {
    expect(() => parseJson(bytes(`${"]".repeat(1000)}${nested(500)}`))).to.throw(JsonProblem);
  });

  it("turns away a million brackets before anything recursive sees them", () => {
    const started = process.hrtime.bigint();
    expect(() => parseJson(bytes(nested(500_000)))).to.throw(JsonProblem, "deeper");
    expect(Number(process.hrtime.bigint() - started) / 1e6).to.be.lessThan(2000);
  });

  for (const [what, body] of [
    ["bytes that are not UTF-8", Buffer.from('{"a":"\xff"}', "latin1")],
    ["a surrogate in UTF-8", Buffer.from('{"a":"\xed\xa0\x80"}', "latin1")],
    ["an overlong quotation mark", Buffer.from("\xc0\xa2a\xc0\xa2", "latin1")],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(() => parseJson(body)).to.throw(JsonProblem, "not UTF-8");
    });
  }

  for (const text of [
    "",
    " ",
    "\ufeff{}",
    "{",
    "{'a':1}",
    "{a:1}",
    "[1,]",
    "01",
    "NaN",
    "undefined",
    "{}{}",
    "\u0000",
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseJson(bytes(text))).to.throw(JsonProblem, "not JSON");
    });
  }

  it("gives the name __proto__ no power", () => {
    const value = parseJson(bytes('{"__proto__":{"polluted":true}}'));
    expect(value).not.to.have.property("polluted");
    expect({}).not.to.have.property("polluted");
  });
});
