import { expect } from "chai";
import { compileStrict, problemsOf } from "../lib/validation.js";

const check = compileStrict({
  type: "object",
  additionalProperties: false,
  required: ["orderId", "amount"],
  properties: {
    orderId: { type: "string", minLength: 1, maxLength: 64 },
    amount: {
      type: "object",
      additionalProperties: false,
      required: ["currency", "value"],
      properties: {
        currency: { type: "string", pattern: "^[A-Z]{3}$", description: "three upper-case letters" },
        value: { type: "string", pattern: "^[0-9]+$" },
      },
    },
    capture: { enum: ["AUTOMATIC", "MANUAL"] },
    count: { type: "integer", minimum: 1, maximum: 9 },
    "a/b~c": { type: "boolean" },
    goods: {
      type: "array",
      maxItems: 100,
      items: { type: "object", required: ["name"], properties: { name: { type: "string", maxLength: 8 } } },
    },
    either: { anyOf: [{ type: "string", maxLength: 1 }, { type: "boolean" }] },
  },
});

const VALID = { orderId: "1", amount: { currency: "EUR", value: "1" } };

const problems = (value: unknown): [string, string][] => {
  expect(check(value), "valid").to.be.false;
  return problemsOf(check).map(({ at, message }) => [at, message]);
};

describe("problemsOf", () => {
  it("finds nothing wrong with what is right", () => {
    expect(check(VALID)).to.be.true;
    expect(problemsOf(check)).to.deep.equal([]);
  });

  it("names each field that is missing", () => {
    expect(problems({})).to.have.deep.members([
      ["/orderId", "is missing"],
      ["/amount", "is missing"],
    ]);
    expect(problems({ ...VALID, amount: {} })).to.have.deep.members([
      ["/amount/currency", "is missing"],
      ["/amount/value", "is missing"],
    ]);
  });

  it("does not take what every object has for a field that is there", () => {
    const strict = compileStrict({ type: "object", required: ["constructor"], properties: { constructor: {} } });
    expect(strict({})).to.be.false;
    expect(problemsOf(strict)).to.deep.equal([{ at: "/constructor", message: "is missing" }]);
  });

  it("names each field it does not know, and the one that was meant", () => {
    expect(problems({ ...VALID, orderID: 1, shipTo: 1 })).to.have.deep.members([
      ["/orderID", 'is not a known field; did you mean "orderId"?'],
      ["/shipTo", "is not a known field"],
    ]);
    expect(
      problems(JSON.parse('{"orderId":"1","amount":{"currency":"EUR","value":"1"},"__proto__":{}}')),
    ).to.deep.equal([["/__proto__", "is not a known field"]]);
  });

  it("says what a text must look like in the words of the schema, and else by its pattern", () => {
    expect(problems({ ...VALID, amount: { currency: "eur", value: "1.5" } })).to.have.deep.members([
      ["/amount/currency", "must be three upper-case letters"],
      ["/amount/value", 'must match pattern "^[0-9]+$"'],
    ]);
  });

  it("lists what a choice offers", () => {
    expect(problems({ ...VALID, capture: "LATER" })).to.deep.equal([
      ["/capture", 'must be one of "AUTOMATIC", "MANUAL"'],
    ]);
  });

  it("never coerces", () => {
    for (const [name, value] of [
      ["orderId", 1],
      ["orderId", null],
      ["orderId", true],
      ["count", "1"],
      ["count", 1.5],
      ["count", Infinity],
      ["count", NaN],
      ["amount", "EUR 1"],
      ["amount", []],
    ] as const) {
      const given = { ...VALID, [name]: value };
      const copy = { ...given };
      const [problem] = problems(given);
      expect(problem?.[0]).to.equal(`/${name}`);
      expect(problem?.[1]).to.match(/^must be /);
      expect(given, "untouched").to.deep.equal(copy);
    }
  });

  it("reports everything at once, under a root of the caller's choice", () => {
    expect(check({ orderId: "", amount: { currency: "eur" }, x: 1 })).to.be.false;
    expect(problemsOf(check, "order").map(({ at }) => at)).to.have.members([
      "order/orderId",
      "order/amount/currency",
      "order/amount/value",
      "order/x",
    ]);
  });

  it("points into lists, and escapes names as JSON pointers do", () => {
    expect(problems({ ...VALID, goods: [{ name: "x" }, {}] })).to.deep.equal([["/goods/1/name", "is missing"]]);
    expect(problems({ ...VALID, "a/b~c": 1 })).to.deep.equal([["/a~1b~0c", "must be boolean"]]);
    expect(problems({ ...VALID, "x/y~z": 1 })).to.deep.equal([["/x~1y~0z", "is not a known field"]]);
  });

  it("tells the branches of a choice, not that none fits", () => {
    expect(problems({ ...VALID, either: "long" }).map(([, message]) => message)).not.to.include(
      "must match a schema in anyOf",
    );
  });

  it("shows nothing of the values", () => {
    const told = JSON.stringify(problems({ orderId: 4111111111111111, amount: "4111111111111111", capture: "SECRET" }));
    expect(told).not.to.contain("4111").and.not.to.contain("SECRET");
  });

  it("is bounded, however much is wrong", () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, 1]));
    expect(problems({ ...VALID, ...many })).to.have.length(50);
    const long = problems({ ...VALID, ["x".repeat(1_000_000)]: 1 });
    expect(JSON.stringify(long).length).to.be.lessThan(500);
    expect(problems({ ...VALID, goods: Array.from({ length: 101 }, () => ({})) }).length).to.be.at.most(50);
  });
});
