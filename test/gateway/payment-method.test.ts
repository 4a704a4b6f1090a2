import { expect } from "chai";
import {
  paymentMethod,
  withCard,
  withToken,
  type PayBody,
  type PaymentMethodParts,
} from "../../lib/gateway/payment-method.js";
import type { CardDetails } from "../../lib/payment/card-details.js";
import type { Order } from "../../lib/payment/order.js";
import { Secret } from "../../lib/payment/secret.js";
import { sample } from "./sample.js";

const CONTRACT = {
  account: "antom",
  koreanManualCapture: false,
  issuerAuthenticationIn: "paymentMethodMetaData",
} as const;
const MPI = { threeDSVersion: "2.2.0", eci: "05", cavv: "AAAB", dsTransactionId: "d" };

type Given = Partial<Omit<PaymentMethodParts, "order">> & { readonly order?: Partial<Order> };

const orderOf = (more: Partial<Order> = {}): Order => ({
  orderId: "1",
  description: "Tea",
  amount: { currency: "EUR", value: "1999" },
  ...more,
});
const make = ({ order, ...more }: Given = {}): Record<string, unknown> =>
  paymentMethod({ method: "hosted", choice: {}, saveCard: false, contract: CONTRACT, ...more, order: orderOf(order) });

/** The metadata, which are all there is beside the type. */
const metaData = (given: Given): unknown => {
  const { paymentMethodType, paymentMethodMetaData, ...others } = make(given);
  expect([paymentMethodType, others]).to.deep.equal(["CARD", {}]);
  return paymentMethodMetaData;
};

const THREE_DS = { is3DSAuthentication: true, enableAuthenticationUpgrade: false } as const;
/** An order with everything that says how it may be paid. */
const EVERYTHING: Partial<Order> = {
  ...THREE_DS,
  tokenizeMode: "ASKFORCONSENT",
  mpiData: MPI,
  paymentMethodRegion: "KR",
  method: "card",
  installments: [3],
};
const CHOICE = { card: "405469...0768", cardId: "CARD1", cardBrand: "SAMSUNG", installments: 3 };

describe("paymentMethod", () => {
  describe("on Antom's page", () => {
    it("has no metadata where the order says nothing, as in the documents' sample", () => {
      expect(make()).to.deep.equal(sample("pay-request.hosted")["paymentMethod"]);
    });

    it("has the order's 3-D Secure and its consent to keep the card", () => {
      expect(metaData({ order: EVERYTHING, choice: CHOICE })).to.deep.equal({
        ...THREE_DS,
        tokenizeMode: "ASKFORCONSENT",
      });
    });

    it("asks for consent where the buyer ticked the shop's own box", () => {
      expect(metaData({ saveCard: true })).to.deep.equal({ tokenizeMode: "ASKFORCONSENT" });
    });
  });

  describe("of the shop's own form", () => {
    it("has nothing of the card until the call itself, nor 3-D Secure", () => {
      expect(metaData({ method: "card", order: { ...THREE_DS, tokenizeMode: "ASKFORCONSENT" } })).to.deep.equal({
        isCardOnFile: false,
      });
    });

    it("asks for a token where the buyer lets the shop keep the card", () => {
      expect(metaData({ method: "card", saveCard: true })).to.deep.equal({ isCardOnFile: false, tokenize: true });
    });

    it("has the brand and region that were chosen and a 3-D Secure result from elsewhere", () => {
      const order = { mpiData: MPI, paymentMethodRegion: "KR" };
      expect(metaData({ method: "card", choice: CHOICE, order })).to.deep.equal({
        isCardOnFile: false,
        selectedCardBrand: "SAMSUNG",
        paymentMethodRegion: "KR",
        mpiData: MPI,
      });
    });
  });

  describe("of a stored card", () => {
    it("says that the card is on file, and has the order's 3-D Secure", () => {
      expect(metaData({ method: "stored-card", choice: { cardId: "CARD1" } })).to.deep.equal({ isCardOnFile: true });
      expect(metaData({ method: "stored-card", choice: CHOICE, order: EVERYTHING })).to.deep.equal({
        isCardOnFile: true,
        ...THREE_DS,
      });
    });

    it("says why it is charged with nobody there, by which agreement, and that nobody can be asked", () => {
      for (const recurringType of ["SCHEDULED", "UNSCHEDULED"] as const) {
        expect(metaData({ method: "stored-card", recurringType, networkTransactionId: "MCC-1" })).to.deep.equal({
          isCardOnFile: true,
          is3DSAuthentication: false,
          enableAuthenticationUpgrade: false,
          recurringType,
          networkTransactionId: "MCC-1",
        });
      }
    });

    it("leaves the agreement out where the buyer is there", () => {
      expect(metaData({ method: "stored-card", networkTransactionId: "MCC-1" })).to.deep.equal({ isCardOnFile: true });
    });
  });

  describe("on a Korean issuer's page", () => {
    it("is as in the documents' sample", () => {
      expect(make({ method: "issuer-authentication", choice: { cardBrand: "SAMSUNG" } })).to.deep.equal(
        sample("pay-request.korean")["paymentMethod"],
      );
    });

    it("has neither 3-D Secure nor consent, and no brand where none was chosen", () => {
      expect(metaData({ method: "issuer-authentication", order: EVERYTHING, saveCard: true })).to.deep.equal({
        requireIssuerAuthentication: true,
      });
    });

    it("says so beside the metadata where the contract wants it there", () => {
      const contract = { ...CONTRACT, issuerAuthenticationIn: "paymentMethod" } as const;
      expect(make({ method: "issuer-authentication", contract, choice: { cardBrand: "BC" } })).to.deep.equal({
        paymentMethodType: "CARD",
        requireIssuerAuthentication: true,
        paymentMethodMetaData: { selectedCardBrand: "BC" },
      });
      expect(make({ method: "issuer-authentication", contract })).to.deep.equal({
        paymentMethodType: "CARD",
        requireIssuerAuthentication: true,
      });
      expect(make({ contract })).to.deep.equal({ paymentMethodType: "CARD" });
    });
  });
});

describe("withCard", () => {
  const CARD: CardDetails = {
    cardNo: "4117347806156383",
    expiryMonth: "12",
    expiryYear: "29",
    cvv: "850",
    cardholderName: { firstName: "Tom", lastName: "Jay" },
    billingAddress: {
      region: "CN",
      state: "Zhejiang",
      city: "Hangzhou",
      address1: "Wuchang road",
      address2: "Xihu",
      zipCode: "310000",
    },
  };
  const request = { paymentRequestId: "PAY1", paymentMethod: make({ method: "card" }) };
  const sent = (card: CardDetails, order: Partial<Order> = {}, body: PayBody = request) =>
    withCard(body, new Secret(card), orderOf(order));
  const metaDataWith = (card: CardDetails, order: Partial<Order> = {}, body: PayBody = request): unknown =>
    Reflect.get(Object(sent(card, order, body)["paymentMethod"]), "paymentMethodMetaData");

  it("makes the documents' paymentMethod of a card and an order that says nothing", () => {
    expect(sent(CARD)).to.deep.equal({
      paymentRequestId: "PAY1",
      paymentMethod: sample("pay-request.server-to-server")["paymentMethod"],
    });
  });

  it("spells both switches of 3-D Secure out, as the order says", () => {
    expect(metaDataWith(CARD, THREE_DS)).to.include(THREE_DS);
    expect(metaDataWith(CARD, { is3DSAuthentication: false, enableAuthenticationUpgrade: true })).to.include({
      is3DSAuthentication: false,
      enableAuthenticationUpgrade: true,
    });
  });

  it("has the fields of other countries' cards", () => {
    const local = { cpf: "12345678909", payerEmail: "buyer@shop.example" };
    expect(metaDataWith({ ...CARD, ...local })).to.include(local);
  });

  it("asks for no move to 3-D Secure of a Brazilian card, which an order may not ask for either", () => {
    const brazilian = { ...CARD, cpf: "12345678909", payerEmail: "buyer@shop.example" };
    const order = { paymentMethodRegion: "BR" };
    const chosen = { paymentMethod: make({ method: "card", order }) };
    for (const data of [
      metaDataWith(brazilian),
      metaDataWith(brazilian, order, chosen),
      metaDataWith(CARD, order, chosen),
    ]) {
      expect(data).to.include({ is3DSAuthentication: false });
      expect(data).not.to.have.property("enableAuthenticationUpgrade");
    }
    expect(metaDataWith(brazilian, { enableAuthenticationUpgrade: false })).to.include({
      enableAuthenticationUpgrade: false,
    });
  });

  it("has neither a cvv nor 3-D Secure for Korean cards", () => {
    const { cvv: _cvv, ...number } = CARD;
    const personal = { ...number, dateOfBirth: "1990-12-31", cardPasswordDigest: "77" };
    const corporate = { ...number, businessNo: "2208183676", cardPasswordDigest: "77" };
    for (const card of [personal, corporate]) {
      expect(metaDataWith(card, { is3DSAuthentication: false })).to.deep.equal({ isCardOnFile: false, ...card });
    }
  });

  describe("of a card with a Korean mark and another", () => {
    const { cvv, ...number } = CARD;
    const holder = { dateOfBirth: "1990-12-31", cardPasswordDigest: "77" };
    const both = { ...number, ...holder, cvv: "850" };
    const under = (choice: PaymentMethodParts["choice"], order: Partial<Order> = {}): unknown =>
      metaDataWith(both, order, { paymentMethod: make({ method: "card", choice, order }) });

    it("has the cvv and 3-D Secure, and not its Korean holder, under the other one", () => {
      const global = { isCardOnFile: false, ...number, cvv };
      const switches = { is3DSAuthentication: false, enableAuthenticationUpgrade: true };
      expect(under({ cardBrand: "VISA" })).to.deep.equal({ ...global, ...switches, selectedCardBrand: "VISA" });
      expect(under({}, { paymentMethodRegion: "GLOBAL", ...THREE_DS })).to.deep.equal({
        ...global,
        ...THREE_DS,
        paymentMethodRegion: "GLOBAL",
      });
    });

    it("has its holder, and neither a cvv nor 3-D Secure, under the Korean one", () => {
      const korean = { isCardOnFile: false, ...number, ...holder };
      const order = { is3DSAuthentication: false };
      expect(under({ cardBrand: "SHINHAN" }, order)).to.deep.equal({ ...korean, selectedCardBrand: "SHINHAN" });
      expect(under({}, { ...order, paymentMethodRegion: "KR" })).to.deep.equal({
        ...korean,
        paymentMethodRegion: "KR",
      });
    });

    it("has all that was entered where neither was chosen, and of 3-D Secure what the order says", () => {
      expect(under({})).to.deep.equal({ isCardOnFile: false, ...both });
      const order = { enableAuthenticationUpgrade: false };
      expect(under({}, order)).to.deep.equal({ isCardOnFile: false, ...both, ...order });
    });
  });

  it("has no cvv where none was given", () => {
    const { cvv: _cvv, ...number } = CARD;
    expect(metaDataWith(number)).not.to.have.property("cvv");
  });

  it("leaves the request that is written down as it is", () => {
    const before = JSON.stringify(request);
    sent(CARD);
    expect(JSON.stringify(request)).to.equal(before);
  });
});

describe("withToken", () => {
  const request = { paymentRequestId: "PAY1", paymentMethod: make({ method: "stored-card" }) };

  it("puts a stored card's token in for one call, and leaves what is written down as it is", () => {
    const before = JSON.stringify(request);
    expect(withToken(request, new Secret("ALIPAYtoken=="))).to.deep.equal({
      paymentRequestId: "PAY1",
      paymentMethod: {
        paymentMethodType: "CARD",
        paymentMethodId: "ALIPAYtoken==",
        paymentMethodMetaData: { isCardOnFile: true },
      },
    });
    expect(JSON.stringify(request)).to.equal(before);
  });
});
