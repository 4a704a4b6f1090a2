import { expect } from "chai";
import { readCardToken } from "../../lib/gateway/card-token.js";

describe("readCardToken", () => {
  it("prefers paymentResultInfo to cardInfo, where the five documents have it", () => {
    expect(readCardToken({ cardToken: "new" }, { cardToken: "old" })?.reveal()).to.equal("new");
    expect(readCardToken({ cardToken: "" }, { cardToken: "old" })?.reveal()).to.equal("old");
    expect(readCardToken(undefined, { cardToken: "old" })?.reveal()).to.equal("old");
  });

  it("takes a token as long as Antom lets it be, and no longer", () => {
    expect(readCardToken({ cardToken: "x".repeat(2048) })?.reveal()).to.have.length(2048);
    expect(readCardToken({ cardToken: "x".repeat(2049) })).to.be.undefined;
  });

  it("finds none in anything else", () => {
    for (const odd of [
      undefined,
      null,
      "TOKEN",
      7,
      [],
      {},
      { cardToken: 7 },
      { cardToken: null },
      { cardToken: ["T"] },
    ]) {
      expect(readCardToken(odd, odd)).to.be.undefined;
    }
  });
});
