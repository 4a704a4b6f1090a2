import { expect } from "chai";
import { checkRange, WIDEST } from "../../lib/storage/overview.js";
import { DAY } from "../../lib/storage/tally.js";
import { isAntomError } from "../../lib/errors.js";

const problemsOf = (from: number, to: number): unknown => {
  try {
    checkRange({ from, to });
    return undefined;
  } catch (error) {
    return isAntomError(error) && error.code === "request_invalid" ? error.problems : error;
  }
};

describe("checkRange", () => {
  for (const [name, from, to, problem] of [
    ["no time", -1, 1, { at: "from", message: "Give a time in whole milliseconds since 1970." }],
    ["no end", 0, Infinity, { at: "to", message: "Give a time in whole milliseconds since 1970." }],
    ["an end before the beginning", 2, 1, { at: "to", message: "Give one that is not before `from`." }],
    ["too many days", 0, WIDEST * DAY + 1, { at: "from", message: "Give one at most 100 days before `to`." }],
  ] as const) {
    it(`refuses ${name}, and says which time it is`, () => {
      expect(problemsOf(from, to)).to.deep.equal([problem]);
    });
  }

  it("takes as many days as an overview may have, and none", () => {
    expect(problemsOf(0, WIDEST * DAY)).to.equal(undefined);
    expect(problemsOf(5, 5)).to.equal(undefined);
  });
});
