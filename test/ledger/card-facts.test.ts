import { expect } from "chai";
import { isSameCard, toldCard } from "../../lib/ledger/card-facts.js";

const VISA = { cardBrand: "VISA", lastFour: "1111", expiryMonth: "12", expiryYear: "29" };

describe("what is told of a card that is to be stored", () => {
  it("is what came now, with the gaps filled from what came before", () => {
    const before = { cardBrand: "VISA", funding: "CREDIT", networkTransactionId: "MCC-before" };
    const now = {
      lastFour: "1111",
      issuingCountry: "BR",
      paymentMethodRegion: "GLOBAL",
      networkTransactionId: "MCC-now",
    };
    expect(toldCard(now, before)).to.deep.equal({ ...before, ...now });
    expect(toldCard(undefined, before)).to.deep.equal(before);
    expect(toldCard(undefined, undefined)).to.deep.equal({});
  });

  it("has the last four of the masked number where nothing else tells them", () => {
    expect(toldCard({ cardNo: "****1111" }, undefined)).to.deep.equal({ lastFour: "1111" });
    expect(toldCard({ cardNo: "411111******1234", lastFour: "1111" }, undefined)).to.deep.equal({ lastFour: "1111" });
    expect(toldCard({ cardNo: "411111******" }, undefined)).to.deep.equal({});
  });

  it("has nothing else of a card: no number, no first digits, no result of a check", () => {
    const info = { cardNo: "411111******1111", cardBin: "411111", avsResultRaw: "A", authorizationCode: "123456" };
    expect(toldCard(info, undefined)).to.deep.equal({ lastFour: "1111" });
  });

  it("has an expiry only as a whole", () => {
    expect(toldCard({ expiryMonth: "12" }, undefined)).to.deep.equal({});
    expect(toldCard({ expiryMonth: "12", expiryYear: "29" }, undefined)).to.deep.equal({
      expiryMonth: "12",
      expiryYear: "29",
    });
  });
});

describe("two cards", () => {
  it("are the same when brand, last four and expiry are, whatever else was told", () => {
    expect(isSameCard(VISA, { ...VISA, funding: "CREDIT" })).to.equal(true);
  });

  for (const name of ["cardBrand", "lastFour", "expiryMonth", "expiryYear"] as const) {
    it(`are not the same when their ${name} differs, or is not known of both`, () => {
      const { [name]: _left, ...rest } = VISA;
      expect(isSameCard(VISA, { ...VISA, [name]: "99" })).to.equal(false);
      expect(isSameCard(VISA, rest)).to.equal(false);
      expect(isSameCard(rest, rest)).to.equal(false);
    });
  }
});
