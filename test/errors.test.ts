import { expect } from "chai";
import { AntomError, ERRORS, isAntomError, type AntomErrorCode } from "../lib/errors.js";

const CODES = Object.keys(ERRORS) as AntomErrorCode[];

describe("AntomError", () => {
  for (const code of CODES) {
    it(`carries ${code}, the status it is answered with and where it is explained`, () => {
      const error = new AntomError(code, "told plainly");
      expect(error).to.be.instanceOf(Error).and.include({ code, message: "told plainly", name: "AntomError" });
      expect(error.status).to.equal(ERRORS[code].status).and.to.be.within(400, 599);
      expect(error.help).to.match(new RegExp(`^https://.+/docs/errors\\.md#${code}$`));
      expect(error.problems).to.deep.equal([]);
      expect(error).not.to.have.property("cause");
    });
  }

  it("has a title for every code, and no two alike", () => {
    const titles = CODES.map((code) => ERRORS[code].title);
    expect(new Set(titles).size).to.equal(titles.length);
  });

  it("keeps what it was given", () => {
    const cause = new Error("disk full");
    const problems = [{ at: "gateway", message: "is not a region" }];
    const error = new AntomError("internal", "x", { cause, problems, status: 418 });
    expect(error).to.include({ cause, problems, status: 418 });
  });
});

describe("isAntomError", () => {
  it("knows the kit's errors, also those of another copy of the package", () => {
    const copy = Object.assign(new Error("x"), { name: "AntomError", code: "order_paid", status: 409, problems: [] });
    expect(isAntomError(new AntomError("internal", "x"))).to.be.true;
    expect(isAntomError(copy)).to.be.true;
  });

  it("takes nothing else for one", () => {
    const odd = (code: unknown, name = "AntomError") => Object.assign(new Error("x"), { name, code });
    for (const thing of [
      undefined,
      null,
      "AntomError",
      { name: "AntomError", code: "internal" },
      new Error("x"),
      odd("ENOENT"),
      odd("internal", "Error"),
      odd(undefined),
      odd("toString"),
      odd("__proto__"),
      // Made by hand, without what every error of the kit's has.
      odd("order_refused"),
      Object.assign(odd("order_refused"), { status: 422 }),
      Object.assign(odd("order_refused"), { problems: [] }),
      Object.assign(odd("order_refused"), { status: "422", problems: [] }),
      Object.assign(odd("order_refused"), { status: 1000, problems: [] }),
      Object.assign(odd("order_refused"), { status: 422, problems: {} }),
    ]) {
      expect(isAntomError(thing)).to.be.false;
    }
  });
});
