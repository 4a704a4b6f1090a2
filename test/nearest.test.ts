import { expect } from "chai";
import fc from "fast-check";
import { nearest } from "../lib/nearest.js";

const KNOWN = ["checkout", "redirect", "return", "status", "notify", "script"];

describe("nearest", () => {
  for (const [misspelt, meant] of [
    ["chekout", "checkout"],
    ["checkOut", "checkout"],
    ["CHECKOUT", "checkout"],
    ["notfy", "notify"],
    ["notifiy", "notify"],
    ["retrun", "return"],
    ["statuss", "status"],
    ["script", "script"],
  ] as const) {
    it(`takes "${misspelt}" for "${meant}"`, () => {
      expect(nearest(misspelt, KNOWN)).to.equal(meant);
    });
  }

  it("guesses nothing where nothing is near", () => {
    for (const name of ["", "webhook", "pay", "x", "checkoutcheckout"]) expect(nearest(name, KNOWN)).to.be.undefined;
    expect(nearest("checkout", [])).to.be.undefined;
  });

  it("takes the nearest of several", () => {
    expect(nearest("hookTimeot", ["gatewayTimeout", "hooksTimeout", "hookTimeout"])).to.equal("hookTimeout");
  });

  it("finds a word again with one letter changed, lost or added", () => {
    const word = fc.constantFrom(...KNOWN);
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom("", "x", "xx"), (meant, at, put) => {
        const place = at % meant.length;
        const misspelt = meant.slice(0, place) + put + meant.slice(place + (put === "xx" ? 0 : 1));
        expect(nearest(misspelt, KNOWN)).to.equal(meant);
      }),
    );
  });

  it("does not measure a name longer than any known one could be", () => {
    expect(nearest("c".repeat(1_000_000), KNOWN)).to.be.undefined;
  });
});
