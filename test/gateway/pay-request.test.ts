import { expect } from "chai";
import { payRequest, type PayRequestParts } from "../../lib/gateway/pay-request.js";
import type { Order } from "../../lib/payment/order.js";
import { sample } from "./sample.js";

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

const CONTRACT = {
  account: "antom",
  koreanManualCapture: false,
  issuerAuthenticationIn: "paymentMethodMetaData",
} as const;

const make = (more: Partial<PayRequestParts> = {}): Record<string, unknown> =>
  payRequest({
    id: "PAY_20221114141714891",
    order: ORDER,
    method: "hosted",
    choice: {},
    saveCard: false,
    contract: CONTRACT,
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

  it("makes the documents' Korean request", () => {
    const expected = without(sample("pay-request.korean"));
    const order: Order = {
      orderId: ORDER.orderId,
      description: ORDER.description,
      amount: { currency: "KRW", value: "30000" },
      capture: "MANUAL",
      buyer: { buyerEmail: "alipay@alipay.com", referenceBuyerId: "test12345678" },
      settlementCurrency: "USD",
    };
    const choice = { cardBrand: "SAMSUNG" };
    expect(without(make({ order, method: "issuer-authentication", choice }))).to.deep.equal(expected);
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
    const order = { ...ORDER, locale: "ko", method: "hosted", installments: [3, 6], expiresIn: 60_000 } as const;
    expect(make({ order })).to.deep.equal(make());
  });

  it("puts the buyer's surroundings and the shop's knowledge of the device together", () => {
    expect(
      make({ environment: { clientIp: "::1" }, order: { ...ORDER, env: { deviceId: "d" } } })["env"],
    ).to.deep.equal({ terminalType: "WEB", clientIp: "::1", deviceId: "d" });
  });

  it("names the mini app it comes from, beside its surroundings", () => {
    const order: Order = { ...ORDER, env: { terminalType: "MINI_APP" }, appId: "app-1" };
    expect(make({ order })).to.deep.include({ appId: "app-1", env: { terminalType: "MINI_APP" } });
    expect(make()).not.to.have.property("appId");
  });

  it("asks for the instalments the buyer chose, on the shop's conditions", () => {
    const { settlementCurrency: _currency, ...order } = ORDER;
    const plan = (creditPayPlan: Order["creditPayPlan"], installments?: number) =>
      make({
        order: creditPayPlan === undefined ? order : { ...order, creditPayPlan },
        choice: installments === undefined ? {} : { installments },
      })["creditPayPlan"];
    const ours = { installmentNum: "6", creditPayFeeType: "PERCENTAGE", feePercentage: 50 } as const;
    expect(plan(undefined, 3)).to.deep.equal({ interval: "MONTH", installmentNum: "3" });
    expect(plan(ours)).to.deep.equal(ours);
    expect(plan(ours, 6)).to.deep.equal({ interval: "MONTH", ...ours });
    expect(plan(ours, 12)).to.deep.equal({ interval: "MONTH", ...ours, installmentNum: "12" });
    const { creditPayFeeType: _type, ...bare } = ours;
    expect(plan(bare), "the share's type goes without saying").to.deep.equal(ours);
    expect(plan({ ...bare, feePercentage: 0 })).to.deep.equal({ ...ours, feePercentage: 0 });
    expect(plan(bare, 6)).to.deep.equal({ interval: "MONTH", ...ours });
    expect(plan({ installmentNum: "6" })).to.deep.equal({ installmentNum: "6" });
    expect(make()).not.to.have.property("creditPayPlan");
  });

  it("leaves the number of instalments to the buyer where a page comes up to choose on, and else asks for none", () => {
    const creditPayPlan = { filteredInstallmentPeriods: [3, 6], feePercentage: 50 };
    const order = { ...ORDER, creditPayPlan };
    const sent = { ...creditPayPlan, creditPayFeeType: "PERCENTAGE" };
    for (const method of ["hosted", "issuer-authentication"] as const) {
      expect(make({ order, method })["creditPayPlan"], method).to.deep.equal(sent);
    }
    for (const method of ["card", "stored-card"] as const) {
      expect(make({ order, method }), method).not.to.have.property("creditPayPlan");
      expect(make({ order, method, choice: { installments: 6 } })["creditPayPlan"], method).to.deep.equal({
        interval: "MONTH",
        ...sent,
        installmentNum: "6",
      });
    }
  });

  it("tells what was taken off the order, and its subtotal", () => {
    const amounts = {
      orderDiscountAmount: { currency: "EUR", value: "500" },
      subTotalOrderAmount: { currency: "EUR", value: "30500" },
    };
    expect(make({ order: { ...ORDER, ...amounts } })["order"]).to.deep.include(amounts);
    expect(make()["order"]).not.to.have.any.keys("orderDiscountAmount", "subTotalOrderAmount");
  });

  it("names the order's region, else the shop's", () => {
    expect(make({ merchantRegion: "SG" })).to.include({ merchantRegion: "SG" });
    expect(make({ merchantRegion: "SG", order: { ...ORDER, merchantRegion: "US" } })).to.include({
      merchantRegion: "US",
    });
    expect(make()).not.to.have.property("merchantRegion");
  });

  it("says until when the buyer may pay where the shop decides that, in ISO 8601 with an offset", () => {
    expect(make({ expiresAt: Date.UTC(2026, 0, 1, 12, 5, 30) })).to.include({
      paymentExpiryTime: "2026-01-01T12:05:30Z",
    });
    expect(make()).not.to.have.property("paymentExpiryTime");
  });

  it("says how the card comes, by the method", () => {
    expect(
      make({ method: "card", choice: { cardBrand: "VISA", card: "405469...0768" } })["paymentMethod"],
    ).to.deep.equal({
      paymentMethodType: "CARD",
      paymentMethodMetaData: { isCardOnFile: false, selectedCardBrand: "VISA" },
    });
  });

  it("never passes on what tells payments apart in the shop: a card's digits, a stored card's id", () => {
    const text = JSON.stringify(make({ method: "stored-card", choice: { card: "405469...0768", cardId: "CARD1" } }));
    expect(text).not.to.match(/405469|CARD1/);
  });
});
