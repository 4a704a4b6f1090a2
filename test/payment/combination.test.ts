import { expect } from "chai";
import type { CardDetails } from "../../lib/payment/card-details.js";
import { impossibilities, type Impossibility } from "../../lib/payment/combination.js";
import { ANTOM, APO, BRAZILIAN, CARD, DOLLARS, KOREAN, MPI, WON, wish, type Given } from "./a-wish.js";

const of = (given: Given, contract = ANTOM): Impossibility[] => impossibilities(wish(given), contract);
const at = (given: Given, contract = ANTOM): string[] => of(given, contract).map((found) => found.at);

describe("what cannot be combined", () => {
  describe("for an orchestration account (APO)", () => {
    it("is a page of Antom's", () => {
      expect(at({}, APO)).to.deep.equal(["/method"]);
      expect(at({}, ANTOM)).to.deep.equal([]);
    });

    it("is a page of a Korean issuer", () => {
      const issuer: Given = { method: "issuer-authentication", order: { amount: WON } };
      expect(at(issuer, APO)).to.deep.equal(["/method"]);
      expect(at(issuer, ANTOM)).to.deep.equal([]);
    });

    it("is being moved to 3-D Secure", () => {
      const upgraded: Given = { card: CARD, order: { enableAuthenticationUpgrade: true } };
      expect(at(upgraded, APO)).to.deep.equal(["/order/enableAuthenticationUpgrade"]);
      expect(at(upgraded, ANTOM)).to.deep.equal([]);
      expect(at({ card: CARD, order: { enableAuthenticationUpgrade: false } }, APO)).to.deep.equal([]);
    });

    it("is choosing the brand of a card that has two", () => {
      const chosen: Given = { card: CARD, choice: { cardBrand: "CARTES_BANCAIRES" } };
      expect(at(chosen, APO)).to.deep.equal(["/cardBrand"]);
      expect(at(chosen, ANTOM)).to.deep.equal([]);
    });

    it("is choosing the region of a card that has two", () => {
      const chosen: Given = { card: CARD, order: { paymentMethodRegion: "GLOBAL" } };
      expect(at(chosen, APO)).to.deep.equal(["/order/paymentMethodRegion"]);
      expect(at(chosen, ANTOM)).to.deep.equal([]);
    });

    it("is paying in instalments, whoever decides on them", () => {
      const order = { creditPayPlan: { installmentNum: "3" } };
      for (const inParts of [
        { card: CARD, choice: { installments: 3 } },
        { card: CARD, order },
      ]) {
        expect(at(inParts, APO)).to.deep.equal(["/installments"]);
        expect(at(inParts, ANTOM)).to.deep.equal([]);
      }
    });
  });

  describe("with a 3-D Secure result from elsewhere", () => {
    it("is any way but the shop's own card form", () => {
      for (const method of ["hosted", "stored-card"] as const) {
        expect(at({ method, order: { mpiData: MPI } }), method).to.deep.equal(["/order/mpiData"]);
      }
      expect(at({ method: "issuer-authentication", order: { mpiData: MPI, amount: WON } })).to.deep.equal([
        "/order/mpiData",
      ]);
    });

    it("is asking for 3-D Secure once more", () => {
      expect(at({ card: CARD, order: { mpiData: MPI, is3DSAuthentication: true } })).to.deep.equal([
        "/order/is3DSAuthentication",
      ]);
      expect(at({ card: CARD, order: { mpiData: MPI, is3DSAuthentication: false } })).to.deep.equal([]);
    });

    it("is a Korean card", () => {
      expect(at({ card: KOREAN, order: { mpiData: MPI, amount: WON } })).to.deep.equal(["/order/mpiData"]);
    });

    it("is 3-D Secure 2 without the directory server's transaction", () => {
      const { dsTransactionId: _id, ...bare } = MPI;
      for (const threeDSVersion of ["2.1.0", "2.2.0", "2.3"]) {
        expect(at({ card: CARD, order: { mpiData: { ...bare, threeDSVersion } } }), threeDSVersion).to.deep.equal([
          "/order/mpiData/dsTransactionId",
        ]);
      }
      expect(at({ card: CARD, order: { mpiData: { ...bare, threeDSVersion: "1.0.2" } } })).to.deep.equal([]);
    });
  });

  describe("with a Korean card", () => {
    const issuer = (more: Given = {}): Given => ({
      method: "issuer-authentication",
      ...more,
      order: { amount: WON, ...more.order },
    });
    const entered = (more: Given = {}): Given => ({ card: KOREAN, ...more, order: { amount: WON, ...more.order } });

    it("is 3-D Secure", () => {
      for (const korean of [issuer, entered]) {
        expect(at(korean({ order: { is3DSAuthentication: true } }))).to.deep.equal(["/order/is3DSAuthentication"]);
        expect(at(korean({ order: { is3DSAuthentication: false } }))).to.deep.equal([]);
      }
    });

    it("is being moved to 3-D Secure", () => {
      for (const korean of [issuer, entered]) {
        expect(at(korean({ order: { enableAuthenticationUpgrade: true } }))).to.deep.equal([
          "/order/enableAuthenticationUpgrade",
        ]);
        expect(at(korean({ order: { enableAuthenticationUpgrade: false } }))).to.deep.equal([]);
      }
    });

    it("is any currency but the won", () => {
      for (const korean of [issuer, entered]) {
        expect(at(korean({ order: { amount: DOLLARS } }))).to.deep.equal(["/order/amount/currency"]);
        expect(at(korean())).to.deep.equal([]);
      }
    });

    it("is capturing by hand what its issuer authenticates, unless the contract says so", () => {
      const manual = issuer({ order: { capture: "MANUAL" } });
      expect(at(manual)).to.deep.equal(["/order/capture"]);
      expect(at(manual, { ...ANTOM, koreanManualCapture: true })).to.deep.equal([]);
      expect(at(issuer({ order: { capture: "AUTOMATIC" } }))).to.deep.equal([]);
      expect(at(entered({ order: { capture: "MANUAL" } }))).to.deep.equal([]);
    });

    it("is keeping what its issuer authenticates", () => {
      expect(at(issuer({ saveCard: true }))).to.deep.equal(["/saveCard"]);
      expect(at(issuer({ order: { tokenizeMode: "ASKFORCONSENT" } }))).to.deep.equal(["/order/tokenizeMode"]);
    });

    it("is a brand that is not Korean, for its issuer's page", () => {
      expect(at(issuer({ choice: { cardBrand: "VISA" } }))).to.deep.equal(["/cardBrand"]);
      expect(at(issuer({ choice: { cardBrand: "SAMSUNG" } }))).to.deep.equal([]);
    });
  });

  describe("with a card whose mark is Korean", () => {
    const KNOWN: Readonly<Record<string, Given>> = {
      "by the brand that was chosen": { card: CARD, choice: { cardBrand: "SHINHAN" } },
      "by the region that was chosen": { card: CARD, order: { paymentMethodRegion: "KR" } },
      "by a stored card's region": { method: "stored-card", storedCard: { paymentMethodRegion: "KR" } },
      "by a stored card's brand, its region being unknown": {
        method: "stored-card",
        storedCard: { cardBrand: "HYUNDAI" },
      },
    };
    for (const [how, known] of Object.entries(KNOWN)) {
      it(`are 3-D Secure and any currency but the won, ${how}`, () => {
        const paying = (order: Given["order"]): string[] => at({ ...known, order: { ...known.order, ...order } });
        expect(paying({ amount: WON })).to.deep.equal([]);
        expect(paying({})).to.deep.equal(["/order/amount/currency"]);
        for (const name of ["is3DSAuthentication", "enableAuthenticationUpgrade"] as const) {
          expect(paying({ amount: WON, [name]: true })).to.deep.equal([`/order/${name}`]);
          expect(paying({ amount: WON, [name]: false })).to.deep.equal([]);
        }
      });
    }

    it("is a 3-D Secure result from elsewhere", () => {
      const order = { amount: WON, mpiData: MPI };
      expect(at({ card: CARD, choice: { cardBrand: "SHINHAN" }, order })).to.deep.equal(["/order/mpiData"]);
      expect(at({ card: CARD, order: { ...order, paymentMethodRegion: "KR" } })).to.deep.equal(["/order/mpiData"]);
    });

    it("is nothing of it where the card is charged under another mark", () => {
      const secured = { is3DSAuthentication: true, enableAuthenticationUpgrade: true };
      const both = { ...KOREAN, cvv: "850" };
      expect(at({ card: both, choice: { cardBrand: "VISA" }, order: secured })).to.deep.equal([]);
      expect(at({ card: both, order: { ...secured, paymentMethodRegion: "GLOBAL" } })).to.deep.equal([]);
      expect(at({ card: both, choice: { cardBrand: "VISA" }, order: { mpiData: MPI } })).to.deep.equal([]);
      const stored = { cardBrand: "VISA", paymentMethodRegion: "GLOBAL", issuingCountry: "KR" };
      for (const storedCard of [stored, { cardBrand: "VISA" }, { issuingCountry: "KR" }]) {
        expect(at({ method: "stored-card", storedCard, order: secured })).to.deep.equal([]);
      }
    });
  });

  it("is moving a Brazilian local card to 3-D Secure", () => {
    const salvaged = { enableAuthenticationUpgrade: true };
    expect(at({ card: BRAZILIAN, order: salvaged })).to.deep.equal(["/order/enableAuthenticationUpgrade"]);
    expect(at({ card: CARD, order: { ...salvaged, paymentMethodRegion: "BR" } })).to.deep.equal([
      "/order/enableAuthenticationUpgrade",
    ]);
    expect(at({ card: BRAZILIAN, order: { is3DSAuthentication: true } })).to.deep.equal([]);
    expect(at({ card: CARD, order: salvaged })).to.deep.equal([]);
  });

  it("is choosing a brand on Antom's page, or of a stored card", () => {
    for (const method of ["hosted", "stored-card"] as const) {
      expect(at({ method, choice: { cardBrand: "VISA" } }), method).to.deep.equal(["/cardBrand"]);
    }
  });

  it("is choosing a region of a card that the shop does not collect", () => {
    for (const method of ["hosted", "stored-card", "issuer-authentication"] as const) {
      expect(at({ method, order: { paymentMethodRegion: "KR", amount: WON } }), method).to.deep.equal([
        "/order/paymentMethodRegion",
      ]);
    }
  });

  it("is keeping a card that is kept already", () => {
    expect(at({ method: "stored-card", saveCard: true })).to.deep.equal(["/saveCard"]);
  });

  describe("about instalments", () => {
    const three = { choice: { installments: 3 } };

    it("is another number of them than the shop offers", () => {
      expect(of({ ...three, order: { installments: [6, 12] } })).to.deep.equal([
        { at: "/installments", message: "this order can be paid in 6, 12 instalments only" },
      ]);
      expect(of({ ...three, order: { installments: [] } })).to.deep.equal([
        { at: "/installments", message: "this order is not paid in instalments" },
      ]);
      expect(at({ ...three, order: { installments: [3, 6] } })).to.deep.equal([]);
      expect(at({ order: { installments: [3, 6] } })).to.deep.equal([]);
    });

    it("is another number of them than the shop has decided on", () => {
      const creditPayPlan = { installmentNum: "6" };
      expect(of({ ...three, order: { creditPayPlan } })).to.deep.equal([
        { at: "/installments", message: "this order is paid in 6 instalments" },
      ]);
      expect(at({ choice: { installments: 6 }, order: { creditPayPlan } })).to.deep.equal([]);
      expect(at({ order: { creditPayPlan } })).to.deep.equal([]);
    });

    it("is another number of them than the shop lets the buyer choose from", () => {
      const creditPayPlan = { filteredInstallmentPeriods: [6, 12] };
      expect(of({ ...three, order: { creditPayPlan } })).to.deep.equal([
        { at: "/installments", message: "this order is paid in 6, 12 instalments" },
      ]);
      expect(at({ choice: { installments: 12 }, order: { creditPayPlan } })).to.deep.equal([]);
      expect(at({ order: { creditPayPlan } })).to.deep.equal([]);
      const decided = { ...creditPayPlan, installmentNum: "3" };
      expect(at({ ...three, order: { creditPayPlan: decided } }), "the number counts").to.deep.equal([]);
    });

    it("is letting the buyer choose them on another's page where they are captured by hand in the United States", () => {
      const order = { creditPayPlan: { filteredInstallmentPeriods: [3, 6] }, capture: "MANUAL" } as const;
      expect(at({ merchantRegion: "US", order })).to.deep.equal(["/order/capture"]);
      expect(at({ merchantRegion: "US", order, card: CARD }), "there nobody is asked").to.deep.equal([]);
      expect(at({ merchantRegion: "SG", order })).to.deep.equal([]);
    });

    it("is capturing them by hand in the United States", () => {
      const manual: Given = { card: CARD, ...three, order: { capture: "MANUAL" } };
      const from = (region: string): CardDetails => ({ ...CARD, billingAddress: { region } });
      expect(at({ ...manual, merchantRegion: "US" })).to.deep.equal(["/order/capture"]);
      expect(at({ ...manual, card: from("US"), merchantRegion: "DE" })).to.deep.equal(["/order/capture"]);
      expect(at({ ...manual, order: { ...manual.order, amount: DOLLARS } })).to.deep.equal(["/order/capture"]);
      expect(at({ ...manual, order: { ...manual.order, amount: DOLLARS }, merchantRegion: "SG" })).to.deep.equal([]);
      expect(at({ ...manual, card: from("DE"), merchantRegion: "DE" })).to.deep.equal([]);
      expect(at(manual)).to.deep.equal([]);
      expect(at({ ...manual, merchantRegion: "US", order: { capture: "AUTOMATIC" } })).to.deep.equal([]);
      expect(at({ ...manual, merchantRegion: "US", choice: {} })).to.deep.equal([]);
    });

    it("is the same with a stored card that was issued there", () => {
      const manual: Given = { method: "stored-card", ...three, order: { capture: "MANUAL" }, merchantRegion: "SG" };
      expect(at({ ...manual, storedCard: { issuingCountry: "US" } })).to.deep.equal(["/order/capture"]);
      expect(at({ ...manual, storedCard: { issuingCountry: "SG" } })).to.deep.equal([]);
      expect(at({ ...manual, storedCard: {} })).to.deep.equal([]);
      expect(at({ ...manual, storedCard: { issuingCountry: "US" }, order: {} })).to.deep.equal([]);
    });

    it("is the same where the shop decides on the plan", () => {
      const creditPayPlan = { installmentNum: "3" };
      expect(at({ merchantRegion: "US", order: { creditPayPlan, capture: "MANUAL" } })).to.deep.equal([
        "/order/capture",
      ]);
    });

    it("is a charge without the buyer", () => {
      const charge: Given = { method: "stored-card", recurringType: "SCHEDULED" };
      expect(at({ ...charge, order: { creditPayPlan: { installmentNum: "3" } } })).to.deep.equal(["/installments"]);
      expect(at(charge)).to.deep.equal([]);
    });
  });

  it("is 3-D Secure with nobody there", () => {
    for (const recurringType of ["SCHEDULED", "UNSCHEDULED"] as const) {
      const charge: Given = { method: "stored-card", recurringType };
      for (const name of ["is3DSAuthentication", "enableAuthenticationUpgrade"] as const) {
        expect(at({ ...charge, order: { [name]: true } })).to.deep.equal([`/order/${name}`]);
        expect(at({ ...charge, order: { [name]: false } })).to.deep.equal([]);
      }
    }
  });
});
