import { expect } from "chai";
import { payRequest, type BuyerEnvironment, type PayRequestParts } from "../../lib/gateway/pay-request.js";
import type { Order } from "../../lib/payment/order.js";
import { sample } from "./sample.js";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1";
const ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";
const TABLET = "Mozilla/5.0 (Linux; Android 14; Tab S9) AppleWebKit/537.36 Chrome/120.0 Safari/537.36";
const DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0";

/** The order of the documents' hosted sample, as a merchant would write it. */
const ORDER: Order = {
  orderId: "ORDER_20221114141714891",
  description: "Cappuccino #grande (Mika's coffee shop)",
  amount: { currency: "EUR", value: "30000" },
  goods: [
    {
      referenceGoodsId: "383382011_SGAMZ-904520356",
      goodsName: "[3 Boxes] Starbucks Cappuccino Milk Coffee Pods / Coffee Capsules by Nescafe Dolce Gusto",
      goodsUrl:
        "https://www.lazada.sg/products/3-boxes-starbucks-cappuccino-milk-coffee-pods-coffee-capsules-by-nescafe-dolce-gusto-i383382011-s904520356.html?clickTrackInfo=undefined&search=1&source=search&spm=a2o42.searchlist.list.3",
      goodsCategory: "Digital  Goods/Digital  Vouchers/Food  and Beverages",
      goodsUnitAmount: { currency: "EUR", value: "30000" },
      goodsQuantity: "10",
    },
  ],
  shipping: {
    shippingName: { firstName: "Dehua", lastName: "Liu", fullName: "Dehua Skr Liu", middleName: "Skr" },
    shippingAddress: {
      zipCode: "310000",
      address2: "Xihu",
      city: "Hangzhou",
      address1: "Wuchang road",
      state: "Zhejiang",
      region: "CN",
    },
    shippingCarrier: "FedEx",
    shippingPhoneNo: "12345678912",
    shipToEmail: "test@gmail.com",
  },
  buyer: {
    referenceBuyerId: "test12345678",
    buyerPhoneNo: "12345678912",
    buyerEmail: "alipay@alipay.com",
    buyerName: { firstName: "Dehua", lastName: "Liu", fullName: "Dehua Skr Liu", middleName: "Skr" },
  },
  settlementCurrency: "EUR",
};

const make = (more: Partial<PayRequestParts> = {}): Record<string, unknown> =>
  payRequest({
    id: "PAY_20221114141714891",
    order: ORDER,
    environment: {},
    notifyUrl: "https://www.alipay.com/notify",
    redirectUrl: "https://www.alipay.com",
    ...more,
  });
const without = ({ env: _env, ...rest }: Record<string, unknown>): Record<string, unknown> => rest;

describe("payRequest", () => {
  it("makes the documents' hosted request, but for the buyer's surroundings", () => {
    expect(without(make())).to.deep.equal(without(sample("pay-request.hosted")));
  });

  it("makes the documents' Korean request, but for the card brand, which the hosted page asks for", () => {
    const expected = { ...without(sample("pay-request.korean")), paymentMethod: { paymentMethodType: "CARD" } };
    const order: Order = {
      orderId: ORDER.orderId,
      description: ORDER.description,
      amount: { currency: "KRW", value: "30000" },
      capture: "MANUAL",
      buyer: { buyerEmail: "alipay@alipay.com", referenceBuyerId: "test12345678" },
      settlementCurrency: "USD",
    };
    expect(without(make({ order }))).to.deep.equal(expected);
  });

  it("says nothing of what the merchant did not say", () => {
    const order: Order = { orderId: "1", description: "Tea", amount: { currency: "JPY", value: "500" } };
    expect(make({ order })).to.deep.equal({
      productCode: "CASHIER_PAYMENT",
      paymentRequestId: "PAY_20221114141714891",
      paymentAmount: { currency: "JPY", value: "500" },
      order: { referenceOrderId: "1", orderDescription: "Tea", orderAmount: { currency: "JPY", value: "500" } },
      paymentMethod: { paymentMethodType: "CARD" },
      paymentFactor: { isAuthorization: true },
      env: { terminalType: "WEB" },
      paymentNotifyUrl: "https://www.alipay.com/notify",
      paymentRedirectUrl: "https://www.alipay.com",
    });
  });

  it("asks for automatic capture by saying nothing, as the documents' samples do", () => {
    const factor = (capture?: Order["capture"]) =>
      make({ order: { ...ORDER, ...(capture && { capture }) } })["paymentFactor"];
    expect(factor()).to.deep.equal({ isAuthorization: true });
    expect(factor("AUTOMATIC")).to.deep.equal({ isAuthorization: true });
    expect(factor("MANUAL")).to.deep.equal({ isAuthorization: true, captureMode: "MANUAL" });
  });

  it("settles in the order's currency, else in the shop's", () => {
    const { settlementCurrency: _currency, ...order } = ORDER;
    expect(make({ order, settlementCurrency: "USD" })["settlementStrategy"]).to.deep.equal({
      settlementCurrency: "USD",
    });
    expect(make({ settlementCurrency: "USD" })["settlementStrategy"]).to.deep.equal({ settlementCurrency: "EUR" });
    expect(make({ order })).not.to.have.property("settlementStrategy");
  });

  it("names the merchant's location where there are several", () => {
    expect(make({ merchantAccountId: "M1" })).to.include({ merchantAccountId: "M1" });
    expect(make()).not.to.have.property("merchantAccountId");
  });

  it("never passes on what the kit keeps for itself", () => {
    expect(JSON.stringify(make({ order: { ...ORDER, locale: "ko" } }))).not.to.contain("locale");
  });

  describe("of the buyer's surroundings", () => {
    const env = (environment: BuyerEnvironment) => make({ environment })["env"];

    it("makes the documents' env of what a browser tells", () => {
      expect(
        env({
          clientIp: "112.80.248.78",
          userAgent: "Chrome/100",
          acceptHeader: "*/*",
          browser: {
            javaEnabled: true,
            javaScriptEnabled: true,
            language: "zh_CN",
            colorDepth: 48,
            screenHeight: 768,
            screenWidth: 1024,
            timeZoneOffset: 1,
          },
        }),
      ).to.deep.equal({
        browserInfo: {
          acceptHeader: "*/*",
          javaEnabled: true,
          javaScriptEnabled: true,
          language: "zh_CN",
          userAgent: "Chrome/100",
        },
        terminalType: "WEB",
        clientIp: "112.80.248.78",
        deviceLanguage: "zh_CN",
        colorDepth: 48,
        screenHeight: 768,
        screenWidth: 1024,
        timeZoneOffset: 1,
      });
    });

    it("tells what the headers tell where the script did not run", () => {
      expect(env({ clientIp: "::1", userAgent: DESKTOP, acceptHeader: "text/html" })).to.deep.equal({
        terminalType: "WEB",
        clientIp: "::1",
        browserInfo: { acceptHeader: "text/html", userAgent: DESKTOP },
      });
    });

    it("keeps noughts and noes", () => {
      expect(env({ browser: { timeZoneOffset: 0, javaEnabled: false } })).to.deep.equal({
        terminalType: "WEB",
        timeZoneOffset: 0,
        browserInfo: { javaEnabled: false },
      });
    });

    for (const [what, userAgent, expected] of [
      ["an iPhone", IPHONE, { terminalType: "WAP", osType: "IOS" }],
      ["an Android phone", ANDROID, { terminalType: "WAP", osType: "ANDROID" }],
      ["an Android tablet", TABLET, { terminalType: "WEB" }],
      ["a desktop", DESKTOP, { terminalType: "WEB" }],
      ["who knows what", "", { terminalType: "WEB" }],
    ] as const) {
      it(`tells the terminal of ${what}`, () => {
        const { browserInfo: _info, ...terminal } = env({ userAgent }) as Record<string, unknown>;
        expect(terminal).to.deep.equal(expected);
      });
    }
  });
});
