import { expect } from "chai";
import { storedCardView, type StoredCard } from "../../lib/payment/stored-card.js";

const CARD: StoredCard = {
  id: "CARD1",
  buyer: "buyer-1",
  version: 3,
  sealedToken: "v1.name.sealed",
  cardBrand: "VISA",
  lastFour: "1111",
  expiryMonth: "12",
  expiryYear: "29",
  funding: "CREDIT",
  issuingCountry: "BR",
  paymentMethodRegion: "GLOBAL",
  networkTransactionId: "MCC123",
  consent: { at: 1, by: "shop", payment: "PAY1" },
  stopped: { at: 2, adviceCode: "03" },
  createdAt: 1,
  updatedAt: 2,
};

describe("the view of a stored card", () => {
  it("is what tells one card from another, and nothing else", () => {
    expect(storedCardView(CARD)).to.deep.equal({
      id: "CARD1",
      cardBrand: "VISA",
      lastFour: "1111",
      expiryMonth: "12",
      expiryYear: "29",
      funding: "CREDIT",
      issuingCountry: "BR",
      paymentMethodRegion: "GLOBAL",
    });
  });

  it("leaves out what is not known, rather than to say that it is undefined", () => {
    const { buyer, version, sealedToken, consent, createdAt, updatedAt } = CARD;
    const bare: StoredCard = { id: "CARD1", buyer, version, sealedToken, consent, createdAt, updatedAt };
    expect(Object.keys(storedCardView(bare))).to.deep.equal(["id"]);
  });
});
