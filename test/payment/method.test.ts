import { expect } from "chai";
import { PAYMENT_METHODS, RECURRING_TYPES, sameChoice, type PaymentChoice } from "../../lib/payment/method.js";

describe("the ways to pay", () => {
  it("are four, and a card is charged without its buyer for two reasons", () => {
    expect(PAYMENT_METHODS).to.deep.equal(["hosted", "card", "stored-card", "issuer-authentication"]);
    expect(RECURRING_TYPES).to.deep.equal(["SCHEDULED", "UNSCHEDULED"]);
  });
});

describe("sameChoice", () => {
  const CHOICE: Required<PaymentChoice> = {
    card: "405469...0768",
    cardId: "CARD1",
    cardBrand: "VISA",
    installments: 3,
  };

  it("takes two choices for the same that say the same", () => {
    expect(sameChoice(CHOICE, { ...CHOICE })).to.equal(true);
  });

  it("takes no choice for an empty one", () => {
    expect([sameChoice(), sameChoice(undefined, {}), sameChoice({}, undefined)]).to.deep.equal([true, true, true]);
  });

  it("takes a short card for the same where a payment of before has more of its digits", () => {
    const [before, now] = [
      { ...CHOICE, card: "639147...8270" },
      { ...CHOICE, card: "...8270" },
    ];
    expect([sameChoice(before, now), sameChoice(now, before)]).to.deep.equal([true, true]);
    expect(sameChoice({ ...before, cardBrand: "ELO" }, now)).to.equal(false);
  });

  const OTHERS: Required<PaymentChoice> = { card: "516277...4622", cardId: "CARD2", cardBrand: "ELO", installments: 6 };
  for (const name of ["card", "cardId", "cardBrand", "installments"] as const) {
    it(`tells apart what differs in ${name} alone`, () => {
      const { [name]: _left, ...without } = CHOICE;
      for (const other of [without, { ...CHOICE, [name]: OTHERS[name] }]) {
        expect(sameChoice(CHOICE, other)).to.equal(false);
        expect(sameChoice(other, CHOICE)).to.equal(false);
      }
    });
  }
});
