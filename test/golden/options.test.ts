import { expect } from "chai";
import { manualClock } from "../../lib/testing.js";
import { APP_HEADERS } from "./merchant.js";
import { cardData, cardOf, method, Prose, WON } from "./prose.js";

describe("requests with options that the documents describe in prose", () => {
  const shop = new Prose();
  afterEach(() => shop.close());

  it("asks for manual capture with captureMode MANUAL, and for automatic capture by saying nothing", async () => {
    await shop.open({ capture: "MANUAL" });
    await shop.paid({}, "requires_action");
    const manual = { paymentFactor: { isAuthorization: true, captureMode: "MANUAL" } };
    shop.expectSent(manual, "PAYMENT_IN_PROCESS");
    shop.merchant.order = { ...shop.merchant.order, orderId: "order-2", capture: "AUTOMATIC" };
    await shop.paid({}, "requires_action");
    shop.expectSent({}, "PAYMENT_IN_PROCESS");
  });

  it("lets Antom's page offer to keep the card with tokenizeMode, by the order or by the buyer's wish", async () => {
    await shop.open({ tokenizeMode: "ASKFORCONSENT" });
    await shop.paid({}, "requires_action");
    shop.expectSent(method({ tokenizeMode: "ASKFORCONSENT" }), "PAYMENT_IN_PROCESS");
    const { tokenizeMode: _tokenizeMode, ...order } = shop.merchant.order;
    shop.merchant.order = { ...order, orderId: "order-2" };
    await shop.paid({ saveCard: true }, "requires_action");
    shop.expectSent(method({ tokenizeMode: "ASKFORCONSENT" }), "PAYMENT_IN_PROCESS");
  });

  it("passes 3-D Secure's switches on to the hosted page only where the order gives them", async () => {
    await shop.open({ is3DSAuthentication: true, enableAuthenticationUpgrade: false });
    await shop.paid({}, "requires_action");
    const switches = { is3DSAuthentication: true, enableAuthenticationUpgrade: false };
    shop.expectSent(method(switches), "PAYMENT_IN_PROCESS");
  });

  it("pays in instalments the buyer chose, as creditPayPlan", async () => {
    await shop.open({ amount: WON, installments: [3, 6] });
    const { cvv: _cvv, ...card } = cardOf("hyundai", { dateOfBirth: "1990-12-31", cardPasswordDigest: "73" });
    await shop.paid({ method: "card", card, installments: 3 }, "authorized");
    const creditPayPlan = { installmentNum: "3", interval: "MONTH" };
    shop.expectSent({ ...method({ ...card, isCardOnFile: false }), creditPayPlan });
  });

  it("pays by the shop's own instalment plan, with its share of the fee", async () => {
    const creditPayPlan = {
      installmentNum: "6",
      interval: "MONTH",
      creditPayFeeType: "PERCENTAGE",
      feePercentage: 100,
    } as const;
    await shop.open({ amount: WON, creditPayPlan });
    await shop.paid({}, "requires_action");
    shop.expectSent({ creditPayPlan }, "PAYMENT_IN_PROCESS");
  });

  it("leaves the number of instalments to the buyer on Antom's page, of those the shop names", async () => {
    const creditPayPlan = { filteredInstallmentPeriods: [3, 6] };
    await shop.open({ amount: WON, creditPayPlan });
    await shop.paid({}, "requires_action");
    shop.expectSent({ creditPayPlan }, "PAYMENT_IN_PROCESS");
  });

  it("settles in the currency of the order, else of the options", async () => {
    await shop.open({ settlementCurrency: "GBP" }, { settlementCurrency: "USD" });
    await shop.paid({}, "requires_action");
    shop.expectSent({ settlementStrategy: { settlementCurrency: "GBP" } }, "PAYMENT_IN_PROCESS");
    const { settlementCurrency: _settlementCurrency, ...order } = shop.merchant.order;
    shop.merchant.order = { ...order, orderId: "order-2" };
    await shop.paid({}, "requires_action");
    shop.expectSent({ settlementStrategy: { settlementCurrency: "USD" } }, "PAYMENT_IN_PROCESS");
  });

  it("tells the merchant's region and account", async () => {
    await shop.open({}, { merchantRegion: "SG", merchantAccountId: "BRANCH-7" });
    await shop.paid({}, "requires_action");
    shop.expectSent({ merchantRegion: "SG", merchantAccountId: "BRANCH-7" }, "PAYMENT_IN_PROCESS");
    shop.merchant.order = { ...shop.merchant.order, orderId: "order-2", merchantRegion: "HK" };
    await shop.paid({}, "requires_action");
    shop.expectSent({ merchantRegion: "HK", merchantAccountId: "BRANCH-7" }, "PAYMENT_IN_PROCESS");
  });

  it("gives the buyer the order's own time, as an ISO 8601 paymentExpiryTime to the second", async () => {
    const clock = manualClock(Date.UTC(2026, 4, 1, 10));
    await shop.open({ expiresIn: 300_000 }, { clock, worker: false }, { clock: { ...clock } });
    await shop.paid({}, "requires_action");
    const { paymentExpiryTime } = shop.lastPay().body;
    expect(Date.parse(String(paymentExpiryTime))).to.equal(Date.UTC(2026, 4, 1, 10, 5));
    shop.expectSent({ paymentExpiryTime }, "PAYMENT_IN_PROCESS");
  });

  it("collects the environment of a browser: its headers, its address behind the proxy and what its script told", async () => {
    await shop.open();
    const { env: _phone, ...page } = shop.merchant.order;
    shop.merchant.order = page;
    const headers = {
      "user-agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36",
      accept: "application/json",
      "x-forwarded-for": "2001:db8::7",
    };
    const browser = {
      colorDepth: 24,
      screenHeight: 915,
      screenWidth: 412,
      timeZoneOffset: -120,
      language: "de-DE",
      javaEnabled: false,
      javaScriptEnabled: true,
    };
    const answer = await shop.merchant.checkout({ browser }, headers);
    expect(answer.status, answer.text).to.equal(200);
    const env = {
      terminalType: "WAP",
      osType: "ANDROID",
      clientIp: "2001:db8::7",
      deviceLanguage: "de-DE",
      colorDepth: 24,
      screenHeight: 915,
      screenWidth: 412,
      timeZoneOffset: -120,
      browserInfo: {
        acceptHeader: "application/json",
        userAgent: headers["user-agent"],
        javaEnabled: false,
        javaScriptEnabled: true,
        language: "de-DE",
      },
    };
    expect(shop.lastPay().body["env"]).to.deep.equal(env);
    shop.expectSent({ env }, "PAYMENT_IN_PROCESS");
  });

  it("names the mini app that the buyer pays in", async () => {
    const env = { terminalType: "MINI_APP", osType: "IOS" } as const;
    await shop.open({ env, appId: "3333010071465913" });
    const answer = await shop.merchant.checkout({}, APP_HEADERS);
    expect(answer.status, answer.text).to.equal(200);
    expect(shop.lastPay().body["env"]).to.include(env);
    shop.expectSent({ appId: "3333010071465913" }, "PAYMENT_IN_PROCESS");
  });

  it("asks consult for an amount's cards", async () => {
    await shop.open({}, { settlementCurrency: "EUR", merchantRegion: "SG" });
    const answer = await shop.merchant.get("/methods?currency=EUR&value=1999");
    expect(answer.status, answer.text).to.equal(200);
    expect(shop.merchant.sent).to.deep.equal([
      {
        operation: "consult",
        body: {
          productCode: "CASHIER_PAYMENT",
          paymentAmount: { currency: "EUR", value: "1999" },
          allowedPaymentMethods: ["CARD"],
          paymentFactor: { isAuthorization: true },
          env: { terminalType: "WEB" },
          settlementStrategy: { settlementCurrency: "EUR" },
          merchantRegion: "SG",
        },
      },
    ]);
    expect(shop.simulator.requests()[0]?.resultCode).to.equal("SUCCESS");
  });

  const APO = { account: "apo" } as const;

  it("sends an orchestration account's card as any other", async () => {
    await shop.open({}, APO, APO);
    const id = await shop.paid({ method: "card", card: cardOf("visa") }, "authorized");
    shop.expectSent(method(cardData("visa")));
    expect((await shop.merchant.antom.payments.get(id)).acquirerInfo).to.have.property("acquirerName");
  });

  it("refuses an orchestration account what document 002 leaves out, and sends nothing", async () => {
    await shop.open({}, APO, APO);
    const card = cardOf("visa");
    const refused = [
      [{}, {}, "no page of Antom's"],
      [{ method: "card", card }, { enableAuthenticationUpgrade: true }, "does not move payments to 3-D Secure"],
      [{ method: "card", card, cardBrand: "VISA" }, {}, "does not let the brand be chosen"],
      [{ method: "card", card, installments: 3 }, {}, "has no instalments"],
    ] as const;
    const small = shop.merchant.order;
    for (const [fields, order, reason] of refused) {
      shop.merchant.order = { ...small, ...order };
      const answer = await shop.merchant.checkout(fields, APP_HEADERS);
      expect(answer.body, answer.text).to.include({ code: "combination_refused" });
      expect(answer.text).to.include(reason);
    }
    expect(shop.merchant.sent).to.deep.equal([]);
  });
});
