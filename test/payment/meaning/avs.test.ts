import { expect } from "chai";
import { avsCheck } from "../../../lib/payment/meaning/avs.js";

/** By hand from Antom's table: code, street, postal code, name. */
const DOCUMENTED = `
X match match
Y match match
A match mismatch
W mismatch match
Z mismatch match
N mismatch mismatch
U unchecked unchecked
R unchecked unchecked
S unchecked unchecked
E unchecked unchecked
G unchecked unchecked
B match unchecked
C unchecked unchecked
D match match mismatch
I unchecked unchecked
M match match match
P unchecked match
F match match
H match match mismatch
K unchecked unchecked match
L unchecked match match
O match unchecked match
Q match unchecked mismatch
0 unchecked unchecked`;

describe("avsCheck", () => {
  const rows = DOCUMENTED.trim()
    .split("\n")
    .map((line) => line.split(" "));

  it("knows all 24 documented codes, each with a sentence of its own sense", () => {
    expect(rows).to.have.length(24);
    for (const [code = "", street, postalCode, name] of rows) {
      const { meaning, ...check } = avsCheck(code);
      expect(check, code).to.deep.equal({ code, street, postalCode, ...(name === undefined ? {} : { name }) });
      expect(meaning, code).to.match(/^[A-Z].{10,110}\.$/);
    }
  });

  it("knows no other", () => {
    const documented = rows.map(([code]) => code);
    const known = Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(
      (code) => avsCheck(code).meaning !== "unknown code",
    );
    expect(known).to.have.members(documented);
  });

  it("passes other codes through, as they came", () => {
    for (const code of ["T", "5", "AA", "", "constructor", "__proto__"]) {
      expect(avsCheck(code), code).to.deep.equal({
        code,
        meaning: "unknown code",
        street: "unchecked",
        postalCode: "unchecked",
      });
    }
  });

  it("reads a small letter for a capital one", () => {
    expect(avsCheck("y")).to.deep.equal({ ...avsCheck("Y"), code: "y" });
  });
});
