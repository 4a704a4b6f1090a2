import { expect } from "chai";
import { isLost, sqlState } from "../../../lib/storage/postgres/errors.js";

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

describe("what an error of pg says of its connection", () => {
  it("is the server's own code, which has a digit, and not Node's", () => {
    expect(["57P01", "40001", "25P02", "P0001"].map((code) => sqlState(withCode(code)))).to.deep.equal([
      "57P01",
      "40001",
      "25P02",
      "P0001",
    ]);
    for (const code of ["EPIPE", "EPERM", "EBUSY", "ECONNRESET"]) expect(sqlState(withCode(code))).to.equal(undefined);
  });

  it("is that it is lost where the network broke, the server goes, or a transaction has been left on it", () => {
    for (const code of ["EPIPE", "ECONNRESET", "57P01", "08006", "25006", "25P02"]) {
      expect(isLost(withCode(code)), code).to.equal(true);
    }
    for (const code of ["23505", "40P01", "57014", "42601"]) expect(isLost(withCode(code)), code).to.equal(false);
  });
});
