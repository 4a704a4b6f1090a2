import { expect } from "chai";
import { APP_HEADERS } from "./merchant.js";
import { cardData, cardOf, method, Prose, WON } from "./prose.js";

describe("requests with local cards that the documents and Antom's pages describe", () => {
  const shop = new Prose();
  afterEach(() => shop.close());

  const { cvv: _cvv, ...KOREAN } = cardOf("hyundai");

  it("pays with a Korean personal card by date of birth and two PIN digits: no cvv, no 3-D Secure, in won", async () => {
    await shop.open({ amount: WON });
    const holder = { dateOfBirth: "1990-12-31", cardPasswordDigest: "73" };
    await shop.paid({ method: "card", card: { ...KOREAN, ...holder } }, "authorized");
    shop.expectSent(method({ ...KOREAN, ...holder, isCardOnFile: false }));
  });

  it("pays with a Korean corporate card by business number and two PIN digits", async () => {
    await shop.open({ amount: WON });
    const holder = { businessNo: "1234567890", cardPasswordDigest: "73" };
    await shop.paid({ method: "card", card: { ...KOREAN, ...holder } }, "authorized");
    shop.expectSent(method({ ...KOREAN, ...holder, isCardOnFile: false }));
  });

  it("lets a Korean issuer authenticate without a brand: Antom then lets the buyer choose", async () => {
    await shop.open({ amount: WON });
    await shop.paid({ method: "issuer-authentication" }, "requires_action");
    shop.expectSent(method({ requireIssuerAuthentication: true }), "PAYMENT_IN_PROCESS");
  });

  it("puts requireIssuerAuthentication beside the metadata where the contract says so", async () => {
    await shop.open({ amount: WON }, { contract: { issuerAuthenticationIn: "paymentMethod" } });
    await shop.paid({ method: "issuer-authentication", cardBrand: "SHINHAN" }, "requires_action");
    const paymentMethod = {
      paymentMethodType: "CARD",
      requireIssuerAuthentication: true,
      paymentMethodMetaData: { selectedCardBrand: "SHINHAN" },
    };
    shop.expectSent({ paymentMethod }, "PAYMENT_IN_PROCESS");
  });

  it("refuses manual capture with Korean issuer authentication unless the contract has it, and sends nothing", async () => {
    await shop.open({ amount: WON, capture: "MANUAL" });
    const answer = await shop.merchant.checkout({ method: "issuer-authentication", cardBrand: "SAMSUNG" }, APP_HEADERS);
    expect(answer.body).to.include({ status: 422, code: "combination_refused" });
    expect(answer.text).to.include("captured automatically");
    expect(shop.merchant.sent).to.deep.equal([]);
  });

  it("pays with a Brazilian card by cpf and e-mail, the cpf as eleven digits however it was written", async () => {
    await shop.open({ enableAuthenticationUpgrade: false });
    const card = cardOf("visa-br", { cpf: "123.456.789-09", payerEmail: "payer@example.com" });
    await shop.paid({ method: "card", card }, "authorized");
    const data = { cpf: "12345678909", payerEmail: "payer@example.com", enableAuthenticationUpgrade: false };
    shop.expectSent(method(cardData("visa-br", data)));
  });

  for (const country of ["mx", "cl", "pe"] as const) {
    it(`pays with a card of ${country.toUpperCase()} by the payer's e-mail`, async () => {
      await shop.open();
      const card = cardOf(`visa-${country}`, { payerEmail: "payer@example.com" });
      await shop.paid({ method: "card", card }, "authorized");
      shop.expectSent(method(cardData(`visa-${country}`, { payerEmail: "payer@example.com" })));
    });
  }
});
