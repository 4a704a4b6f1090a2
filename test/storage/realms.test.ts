import { expect } from "chai";
import { runInNewContext } from "node:vm";
import { same } from "../../lib/storage/conformance/same.js";

describe("what the conformance suite takes for the same", () => {
  const elsewhere = (code: string): unknown => runInNewContext(`(${code})`);

  it("is the same from another realm, and without a prototype", () => {
    same(elsewhere("{ a: [1, { b: null }], c: undefined }"), { a: [1, { b: null }], c: undefined });
    same(Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 });
    same(JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":1}}'));
  });

  const different: readonly (readonly [string, unknown, unknown])[] = [
    ["a member of undefined and none", { a: undefined }, {}],
    ["a number and its digits", { a: "1" }, { a: 1 }],
    ["a member called __proto__ and none", JSON.parse('{"__proto__":{"a":1}}'), {}],
    ["what is nested", elsewhere("[{ a: [1] }]"), [{ a: [2] }]],
    ["an array and an object", [], {}],
    ["a time and its milliseconds", new Date(1), 1],
    ["two orders", [1, 2], [2, 1]],
  ];
  for (const [name, actual, expected] of different) {
    it(`is not: ${name}`, () => {
      expect(() => {
        same(actual, expected);
      }).to.throw(/Expected values to be/);
    });
  }
});
