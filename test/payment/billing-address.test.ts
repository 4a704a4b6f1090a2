import { expect } from "chai";
import { wrongAddressFields } from "../../lib/payment/billing-address.js";
import type { Address } from "../../lib/payment/order.js";

const STATE = "/card/billingAddress/state";
const ZIP = "/card/billingAddress/zipCode";

const wrong = (address: Address, merchantRegion: string | undefined = "US"): string[] =>
  [...wrongAddressFields(address, merchantRegion)].map(({ at }) => at);

describe("wrongAddressFields", () => {
  it("asks a merchant in the United States for the state as ISO 3166-2 has it, of addresses there, in Canada and in Britain", () => {
    for (const region of ["US", "CA", "GB"]) {
      for (const state of ["TX", "ON", "ENG"]) expect(wrong({ region, state }), state).to.deep.equal([]);
      for (const state of ["Texas", "US-TX", "tx", "T", "TX ", "T-X", "48"]) {
        expect(wrong({ region, state }), state).to.deep.equal([STATE]);
      }
    }
    expect(wrong({ region: "DE", state: "Hessen" })).to.deep.equal([]);
  });

  it("asks it for postal codes of ten letters, digits, hyphens and spaces at most, wherever they are", () => {
    for (const region of ["US", "GB", "DE"]) {
      for (const zipCode of ["78701", "78701-1234", "SW1A 1AA", "k1a 0b1"]) {
        expect(wrong({ region, zipCode }), zipCode).to.deep.equal([]);
      }
      for (const zipCode of ["78701-12345", "78701_1234", "78701/1234", "78.701", "78701\n", "\u00c4BC"]) {
        expect(wrong({ region, zipCode }), zipCode).to.deep.equal([ZIP]);
      }
    }
  });

  it("names both, and asks for neither where they are left out", () => {
    expect(wrong({ region: "US", state: "Texas", zipCode: "78701_1234/56" })).to.deep.equal([STATE, ZIP]);
    expect(wrong({ region: "US" })).to.deep.equal([]);
    expect(wrong({ region: "US", state: "", zipCode: "" })).to.deep.equal([]);
  });

  it("asks nothing of merchants elsewhere, or of whom it is not known where they are", () => {
    for (const merchantRegion of ["SG", "GB"]) {
      expect(wrong({ region: "US", state: "Texas", zipCode: "78701_1234/56" }, merchantRegion)).to.deep.equal([]);
    }
    expect([...wrongAddressFields({ region: "US", state: "Texas" }, undefined)]).to.deep.equal([]);
  });
});
