import { expect } from "chai";
import { impossibilities, type Contract, type Wish } from "../../lib/payment/combination.js";
import { ANTOM, APO, DOLLARS, KOREAN, MPI, wish } from "./a-wish.js";

describe("everything that cannot be combined", () => {
  const { dsTransactionId: _id, ...bareMpi } = MPI;
  const WORST: readonly (readonly [Wish, Contract])[] = [
    [
      wish({
        method: "issuer-authentication",
        choice: { cardBrand: "VISA", installments: 3 },
        saveCard: true,
        card: { ...KOREAN, cpf: "12345678909" },
        merchantRegion: "US",
        recurringType: "SCHEDULED",
        order: {
          amount: DOLLARS,
          capture: "MANUAL",
          is3DSAuthentication: true,
          enableAuthenticationUpgrade: true,
          tokenizeMode: "ASKFORCONSENT",
          paymentMethodRegion: "GLOBAL",
          mpiData: bareMpi,
          installments: [6],
          creditPayPlan: { installmentNum: "12" },
        },
      }),
      APO,
    ],
    [wish({ method: "stored-card", choice: { cardBrand: "VISA" }, saveCard: true }), ANTOM],
    [wish({ method: "hosted", choice: { installments: 3 }, order: { installments: [] } }), ANTOM],
  ];
  const found = WORST.flatMap(([worst, contract]) => impossibilities(worst, contract));

  it("is told at once, one problem for each rule and in the order of the rules", () => {
    const [first] = WORST.map(([worst, contract]) => impossibilities(worst, contract).map((problem) => problem.at));
    expect(first).to.deep.equal([
      "/method",
      "/order/enableAuthenticationUpgrade",
      "/cardBrand",
      "/order/paymentMethodRegion",
      "/installments",
      "/order/mpiData",
      "/order/is3DSAuthentication",
      "/order/mpiData",
      "/order/mpiData/dsTransactionId",
      "/order/is3DSAuthentication",
      "/order/enableAuthenticationUpgrade",
      "/order/enableAuthenticationUpgrade",
      "/order/amount/currency",
      "/order/capture",
      "/saveCard",
      "/cardBrand",
      "/order/paymentMethodRegion",
      "/order/tokenizeMode",
      "/installments",
      "/installments",
      "/order/capture",
      "/installments",
      "/order/is3DSAuthentication",
      "/order/enableAuthenticationUpgrade",
    ]);
  });

  it("is told in a sentence a merchant understands, a different one for each reason", () => {
    for (const { message } of found) {
      expect(message).to.match(/^(?:[a-z]|Korean|Brazilian|3-D Secure)/);
      // Joined with others it stands alone: what it is about is said in it.
      expect(message).not.to.match(/^(?:is|must|cannot|needs) /);
      expect(message.length, message).to.be.within(15, 160);
      expect(message.split(" ").length, message).to.be.at.least(5);
      expect(message).not.to.match(/[.!\n]$|undefined|null|\[object/);
    }
    expect(new Set(found.map(({ message }) => message)).size).to.equal(found.length);
  });

  it("points into the order or the checkout's body", () => {
    for (const problem of found) {
      expect(problem.at).to.match(/^\/(?:order(?:\/[A-Za-z0-9]+)+|method|saveCard|cardBrand|installments)$/);
    }
  });

  it("names nothing of the card", () => {
    const told = JSON.stringify(found);
    for (const secret of [KOREAN.cardNo, "1990", "12-31", "12345678909", "850"]) {
      expect(told, secret).not.to.contain(secret);
    }
    expect(told.match(/\d{3,}/g)).to.equal(null);
  });
});
