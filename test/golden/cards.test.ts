import { PAID } from "../support/simulated-shop.js";
import { expect } from "chai";
import { APP_HEADERS } from "./merchant.js";
import { cardData, cardOf, method, Prose } from "./prose.js";

describe("requests with cards that the documents describe in prose", () => {
  const shop = new Prose();
  afterEach(() => shop.close());

  it("saves a card of the shop's form with tokenize, once the buyer agreed", async () => {
    await shop.open();
    await shop.paid({ method: "card", card: cardOf("visa"), saveCard: true }, "authorized");
    shop.expectSent(method(cardData("visa", { tokenize: true })));
  });

  it("does not tokenize where the buyer did not agree", async () => {
    await shop.open();
    await shop.paid({ method: "card", card: cardOf("visa"), saveCard: false }, "authorized");
    shop.expectSent(method(cardData("visa")));
  });

  it("pays with a stored card by its token, in paymentMethodId, as a card on file", async () => {
    await shop.open();
    const { cardId, token } = await shop.stored("visa");
    shop.merchant.order = { ...shop.merchant.order, orderId: "order-2" };
    await shop.paid({ method: "stored-card", cardId }, "authorized");
    shop.expectSent(method({ isCardOnFile: true }, { paymentMethodId: token }));
  });

  it("asks a stored card's buyer for 3-D Secure where the order wants it", async () => {
    await shop.open();
    const { cardId, token } = await shop.stored("visa");
    shop.merchant.order = { ...shop.merchant.order, orderId: "order-2", is3DSAuthentication: true };
    await shop.paid({ method: "stored-card", cardId }, "requires_action");
    const metaData = { isCardOnFile: true, is3DSAuthentication: true };
    shop.expectSent(method(metaData, { paymentMethodId: token }), "PAYMENT_IN_PROCESS");
  });

  const charged = async (recurringType: "SCHEDULED" | "UNSCHEDULED"): Promise<void> => {
    await shop.open({ env: { terminalType: "WEB" } });
    const { cardId, token } = await shop.stored("visa");
    const known = await shop.merchant.antom.payments.list();
    const networkTransactionId = known.items[0]?.resultInfo?.networkTransactionId;
    expect(networkTransactionId).to.be.a("string");
    const charge = { orderId: "order-2", description: "May", amount: { currency: "EUR", value: "500" } };
    const payment = await shop.merchant.antom.payments.charge({ ...charge, cardId, recurringType });
    expect(payment).to.include({ recurringType, method: "stored-card" });
    expect(payment.status).to.be.oneOf(PAID);
    const { amount } = charge;
    shop.expectSent({
      paymentAmount: amount,
      order: { referenceOrderId: "order-2", orderDescription: "May", orderAmount: amount },
      env: { terminalType: "WEB" },
      ...method(
        {
          isCardOnFile: true,
          is3DSAuthentication: false,
          enableAuthenticationUpgrade: false,
          recurringType,
          networkTransactionId,
        },
        { paymentMethodId: token },
      ),
    });
  };

  it("charges a stored card on schedule with recurringType SCHEDULED and the first payment's networkTransactionId", () =>
    charged("SCHEDULED"));
  it("charges a stored card when something falls due with recurringType UNSCHEDULED", () => charged("UNSCHEDULED"));

  it("sends a 3-D Secure result from elsewhere as mpiData, of a payment without 3-D Secure", async () => {
    const mpiData = {
      threeDSVersion: "2.2.0",
      eci: "05",
      cavv: "AAABBWFlmQAAAABjRWWZEEFgFz8=",
      dsTransactionId: "f25084f0-5b16-4c0a-ae5d-b24808a95e4b",
      credentialType: "PAN",
    } as const;
    await shop.open({ mpiData, enableAuthenticationUpgrade: false });
    await shop.paid({ method: "card", card: cardOf("visa") }, "authorized");
    shop.expectSent(method(cardData("visa", { mpiData, enableAuthenticationUpgrade: false })));
  });

  it("names the brand of a card with two marks as selectedCardBrand", async () => {
    await shop.open();
    const card = cardOf("visa-cartes-bancaires");
    await shop.paid({ method: "card", card, cardBrand: "CARTES_BANCAIRES" }, "authorized");
    shop.expectSent(method(cardData("visa-cartes-bancaires", { selectedCardBrand: "CARTES_BANCAIRES" })));
  });

  it("names the region of a card with two marks as paymentMethodRegion, where the order chooses it", async () => {
    await shop.open({ paymentMethodRegion: "FR" });
    await shop.paid({ method: "card", card: cardOf("visa-cartes-bancaires") }, "authorized");
    shop.expectSent(method(cardData("visa-cartes-bancaires", { paymentMethodRegion: "FR" })));
  });

  it("sends four digits of an American Express card's cvv", async () => {
    await shop.open();
    await shop.paid({ method: "card", card: cardOf("amex", { cvv: "1234" }) }, "authorized");
    shop.expectSent(method(cardData("amex", { cvv: "1234" })));
  });

  it("asks for 3-D Secure with is3DSAuthentication, and the buyer is sent on", async () => {
    await shop.open({ is3DSAuthentication: true, enableAuthenticationUpgrade: false });
    await shop.paid({ method: "card", card: cardOf("visa") }, "requires_action");
    const switches = { is3DSAuthentication: true, enableAuthenticationUpgrade: false };
    shop.expectSent(method(cardData("visa", switches)), "PAYMENT_IN_PROCESS");
  });

  it("lets Antom move a payment to 3-D Secure that the bank wants authenticated (salvage)", async () => {
    await shop.open({ enableAuthenticationUpgrade: true });
    await shop.paid({ method: "card", card: cardOf("visa-3ds") }, "requires_action");
    shop.expectSent(method(cardData("visa-3ds")), "PAYMENT_IN_PROCESS");
  });

  it("does not, where the order switches the upgrade off: the decline is the answer", async () => {
    await shop.open({ enableAuthenticationUpgrade: false });
    const id = await shop.paid({ method: "card", card: cardOf("visa-3ds") }, "failed");
    expect((await shop.merchant.antom.payments.get(id)).failureCode).to.equal("AUTHENTICATION_REQUIRED");
    shop.expectSent(method(cardData("visa-3ds", { enableAuthenticationUpgrade: false })), "AUTHENTICATION_REQUIRED");
  });

  it("takes a form's nested fields for a card as it takes JSON", async () => {
    await shop.open();
    const fields = {
      method: "card",
      "card[cardNo]": "4054 6957 2310 0768",
      "card[expiryMonth]": "12",
      "card[expiryYear]": "2034",
      "card[cvv]": "123",
      "card[cardholderName][firstName]": "Tom",
      "card[cardholderName][lastName]": "Jay",
    };
    const response = await fetch(`${shop.merchant.url}/checkout`, {
      method: "POST",
      redirect: "manual",
      headers: { ...APP_HEADERS, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields),
    });
    expect(response.status).to.equal(303);
    shop.expectSent(method(cardData("visa")));
  });
});
