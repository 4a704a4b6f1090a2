import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { AntomError, isAntomError } from "../lib/errors.js";
import { isBusy } from "../lib/storage/sqlite/errors.js";
import { isContended, isLost } from "../lib/storage/postgres/errors.js";
import { errorCode, isError, messageOf, namedMessageOf, readableError } from "../lib/thrown.js";

/** As under Jest, where what Node's own modules throw is an error of another realm. */
const elsewhere = (members: object, name = "Error"): unknown =>
  Object.assign(runInNewContext(`new ${name}("from elsewhere")`) as object, members);

describe("an error of another realm", () => {
  it("is an error, and what only looks like one is none", () => {
    expect(elsewhere({}) instanceof Error).to.be.false;
    expect(isError(elsewhere({}))).to.be.true;
    expect(isError(elsewhere({}, "TypeError"))).to.be.true;
    for (const thrown of [undefined, null, "Error", { name: "Error", message: "", code: "EEXIST" }]) {
      expect(isError(thrown)).to.be.false;
      expect(errorCode(thrown)).to.equal(undefined);
    }
  });

  it("has its code, where it is in letters", () => {
    expect(errorCode(elsewhere({ code: "EEXIST" }))).to.equal("EEXIST");
    expect(errorCode(elsewhere({ code: 5 }))).to.equal(undefined);
    expect(errorCode(elsewhere({}))).to.equal(undefined);
  });

  it("says what it says, as anything thrown does", () => {
    expect(messageOf(elsewhere({}))).to.equal("from elsewhere");
    expect(messageOf("a word")).to.equal("a word");
    expect(messageOf(undefined)).to.equal("undefined");
  });

  it("is told apart by the storages", () => {
    expect(isBusy(elsewhere({ code: "ERR_SQLITE_ERROR", errcode: 5 }))).to.be.true;
    expect(isBusy(elsewhere({ code: "SQLITE_BUSY_SNAPSHOT" }))).to.be.true;
    expect(isContended(elsewhere({ code: "40001" }))).to.be.true;
    expect(isLost(elsewhere({ code: "ECONNRESET" }))).to.be.true;
    expect(isLost(elsewhere({}, "RangeError"))).to.be.false;
  });

  it("may be the kit's own", () => {
    const { code, message, status, problems } = new AntomError("order_refused", "There is no such order.");
    expect(isAntomError(elsewhere({ name: "AntomError", code, message, status, problems }))).to.be.true;
    expect(isAntomError(elsewhere({ name: "AntomError", code, message }))).to.be.false;
    expect(isAntomError(elsewhere({ name: "AntomError", code: "no_such_code" }))).to.be.false;
  });
});

describe("something thrown that cannot be read", () => {
  const no = (): never => {
    throw new Error("no");
  };
  const unreadable = [
    Object.create(null) as unknown,
    new Proxy(new Error("x"), { get: no, has: no, getPrototypeOf: no }),
    new Proxy(new Error("x"), { get: no }),
    Object.assign(new Error("x"), { message: Object.create(null) as object }),
    { toString: no },
  ];

  it("has words all the same, no code, and is not the kit's own", () => {
    for (const thrown of unreadable) {
      for (const text of [messageOf(thrown), namedMessageOf(thrown), readableError(thrown).message]) {
        expect(text).to.equal("what was thrown cannot be turned into text");
      }
      expect(errorCode(thrown)).to.equal(undefined);
      expect(isAntomError(thrown)).to.be.false;
    }
  });

  it("is made an error that says and cites what can be read of it", () => {
    const cause = Object.defineProperty(new TypeError("gone"), "response", { enumerable: true, get: no });
    const thrown = new Error("away", { cause });
    const error = readableError(thrown);
    expect([error.message, error.stack]).to.deep.equal(["away", thrown.stack]);
    expect((error.cause as Error).message).to.equal("gone");
    expect((error.cause as Error).stack).to.include("TypeError: gone");
    expect(Object.keys(error.cause as Error)).to.deep.equal([]);
    expect(readableError("a word").message).to.equal("a word");
    const circle: Error = new Error("x");
    circle.cause = circle;
    expect(readableError(circle).message).to.equal("x");
  });
});
