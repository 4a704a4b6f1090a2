import { expect } from "chai";
import { cardOffer, consultAnswer, consultRequest, type CardOffer } from "../../lib/gateway/consult.js";
import { answered, SILENCE } from "./answered.js";

const AMOUNT = { currency: "KRW", value: "30000" };
const NOW = Date.parse("2026-01-15T12:00:00Z");
const SUCCESS = { resultStatus: "S", resultCode: "SUCCESS" };

const offerOf = (...paymentOptions: unknown[]): CardOffer | undefined =>
  cardOffer(answered(consultAnswer, { result: SUCCESS, paymentOptions }), NOW);
const brand = (cardBrand: unknown, logoUrl?: unknown): object => ({
  cardBrand,
  ...(logoUrl === undefined ? {} : { logo: { logoName: String(cardBrand), logoUrl } }),
});
const cards = (...supportCardBrands: object[]): object => ({
  paymentMethodType: "CARD",
  enabled: true,
  paymentOptionDetail: { supportCardBrands },
});
const plans = (...given: object[]): CardOffer["installments"]["plans"] | undefined =>
  offerOf({ paymentMethodType: "CARD", installment: { plans: given } })?.installments.plans;

describe("consultRequest", () => {
  it("asks for cards, for an authorization, whoever the buyer is", () => {
    expect(consultRequest({ amount: AMOUNT })).to.deep.equal({
      productCode: "CASHIER_PAYMENT",
      paymentAmount: AMOUNT,
      allowedPaymentMethods: ["CARD"],
      paymentFactor: { isAuthorization: true },
      env: { terminalType: "WEB" },
    });
  });

  it("names what is the shop's", () => {
    expect(
      consultRequest({ amount: AMOUNT, merchantRegion: "SG", merchantAccountId: "M1", settlementCurrency: "USD" }),
    ).to.deep.include({
      merchantRegion: "SG",
      merchantAccountId: "M1",
      settlementStrategy: { settlementCurrency: "USD" },
    });
  });
});

describe("cardOffer", () => {
  it("tells brands with their pictures, instalment plans, and which of them cost the buyer nothing", () => {
    expect(
      offerOf({
        ...cards(brand("VISA", "https://cdn.example/visa.png"), brand("BC")),
        installment: {
          supportCardBrands: [brand("BC", "https://cdn.example/bc.png")],
          plans: [
            {
              installmentNum: "3",
              interval: "MONTH",
              interestRate: "0.1",
              enabled: true,
              minInstallmentAmount: { currency: "KRW", value: "50000" },
              maxInstallmentAmount: { currency: "KRW", value: 9000000 },
            },
            { installmentNum: 6, enabled: "true" },
            { installmentNum: "12" },
          ],
        },
        promotionInfos: [
          { promotionType: "DISCOUNT", interestFree: { installmentFreeNums: ["3"] } },
          { promotionType: "INTEREST_FREE", interestFree: { installmentFreeNums: ["6", 12] } },
        ],
      }),
    ).to.deep.equal({
      cardBrands: [{ cardBrand: "VISA", logoUrl: "https://cdn.example/visa.png" }, { cardBrand: "BC" }],
      installments: {
        cardBrands: [{ cardBrand: "BC", logoUrl: "https://cdn.example/bc.png" }],
        plans: [
          {
            installmentNum: 3,
            interval: "MONTH",
            interestRate: "0.1",
            isInterestFree: false,
            minInstallmentAmount: { currency: "KRW", value: "50000" },
            maxInstallmentAmount: { currency: "KRW", value: "9000000" },
          },
          { installmentNum: 6, interval: "MONTH", isInterestFree: true },
          { installmentNum: 12, interval: "MONTH", isInterestFree: true },
        ],
      },
    });
  });

  it("costs the buyer interest again when the promotion is over", () => {
    const until = (expireTime: string): boolean | undefined =>
      offerOf({
        paymentMethodType: "CARD",
        installment: { plans: [{ installmentNum: 6 }] },
        promotionInfos: [{ promotionType: "INTEREST_FREE", interestFree: { installmentFreeNums: [6], expireTime } }],
      })?.installments.plans[0]?.isInterestFree;
    expect(until("2026-01-15T20:00:01+08:00")).to.equal(true);
    expect(until("2026-01-15T20:00:00+08:00")).to.equal(false);
    expect(until("soon")).to.equal(true);
  });

  it("is empty where Antom offers no cards", () => {
    const nothing = { cardBrands: [], installments: { cardBrands: [], plans: [] } };
    expect(offerOf()).to.deep.equal(nothing);
    expect(cardOffer(answered(consultAnswer, { result: SUCCESS }), NOW)).to.deep.equal(nothing);
    expect(offerOf({ ...cards(brand("X")), paymentMethodType: "ALIPAY_CN" })).to.deep.equal(nothing);
    for (const enabled of [false, "false"]) {
      expect(offerOf({ ...cards(brand("VISA")), enabled })).to.deep.equal(nothing);
    }
  });

  it("is of all that pays by card where there are several, switched on unless it is said not to be", () => {
    const { cardBrands } = offerOf(
      { ...cards(brand("VISA")), enabled: "true" },
      { paymentMethodType: "CARD", enabled: "", paymentOptionDetail: { supportCardBrands: [brand("BC")] } },
    ) ?? { cardBrands: [] };
    expect(cardBrands).to.deep.equal([{ cardBrand: "VISA" }, { cardBrand: "BC" }]);
  });

  it("says nothing where Antom does not answer, refuses, or cannot say", () => {
    expect(cardOffer(SILENCE, NOW)).to.equal(undefined);
    for (const resultStatus of ["F", "U"]) {
      const paymentOptions = [cards(brand("VISA"))];
      expect(
        cardOffer(answered(consultAnswer, { result: { resultStatus, resultCode: "X" }, paymentOptions }), NOW),
      ).to.equal(undefined);
    }
  });

  it("shows pictures of https addresses only, and of the machine itself for trying out", () => {
    for (const [logoUrl, shown] of [
      ["https://cdn.example/a b.png", "https://cdn.example/a%20b.png"],
      ["http://localhost:9000/visa.svg", "http://localhost:9000/visa.svg"],
      ["http://127.0.0.1:9000/visa.svg", "http://127.0.0.1:9000/visa.svg"],
      ["http://[::1]:9000/visa.svg", "http://[::1]:9000/visa.svg"],
      ["http://cdn.example/visa.png", undefined],
      ["http://localhost.example/visa.png", undefined],
      ["javascript:alert(1)", undefined],
      ["javascript://localhost/%0aalert(1)", undefined],
      ["ftp://localhost/visa.png", undefined],
      ["data:image/svg+xml,<svg/>", undefined],
      ["//cdn.example/visa.png", undefined],
      ["visa.png", undefined],
      ["", undefined],
    ]) {
      expect(offerOf(cards(brand("VISA", logoUrl)))?.cardBrands, String(logoUrl)).to.deep.equal([
        { cardBrand: "VISA", ...(shown === undefined ? {} : { logoUrl: shown }) },
      ]);
    }
  });

  it("leaves out brands without a name", () => {
    expect(offerOf(cards(brand(""), { logo: {} }, brand("VISA")))?.cardBrands).to.deep.equal([{ cardBrand: "VISA" }]);
  });

  it("passes brands on that the kit does not know", () => {
    expect(offerOf(cards(brand("NEW_BRAND")))?.cardBrands).to.deep.equal([{ cardBrand: "NEW_BRAND" }]);
  });

  it("leaves out plans that are switched off or are none", () => {
    for (const plan of [
      {},
      { installmentNum: "" },
      { installmentNum: "1" },
      { installmentNum: "-3" },
      { installmentNum: "2.5" },
      { installmentNum: "three" },
      { installmentNum: "3", enabled: false },
      { installmentNum: "3", enabled: "false" },
    ]) {
      expect(plans(plan), JSON.stringify(plan)).to.deep.equal([]);
    }
    expect(plans({ installmentNum: "2", interestRate: "", interval: "" })).to.deep.equal([
      { installmentNum: 2, interval: "MONTH", isInterestFree: false },
    ]);
    expect(plans({ installmentNum: 12, interestRate: 0.1, interval: "WEEK" })).to.deep.equal([
      { installmentNum: 12, interval: "WEEK", interestRate: "0.1", isInterestFree: false },
    ]);
  });
});

describe("consultAnswer", () => {
  const isTaken = (...paymentOptions: unknown[]): boolean => consultAnswer({ result: SUCCESS, paymentOptions });

  it("takes what Antom adds without asking", () => {
    expect(isTaken({ paymentMethodType: "CARD", brandNew: { deep: [1] }, supportedCurrencies: ["KRW"] })).to.equal(
      true,
    );
    expect(isTaken({ ...cards({ ...brand("VISA"), rank: 1 }), installment: { plans: [{ fee: 1 }] } })).to.equal(true);
  });

  it("is bounded", () => {
    const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
    expect(isTaken(...many(500, {}))).to.equal(true);
    expect(isTaken(...many(501, {}))).to.equal(false);
    expect(isTaken(cards(...many(101, brand("VISA"))))).to.equal(false);
    expect(isTaken(cards(brand("V".repeat(65))))).to.equal(false);
    expect(isTaken(cards(brand("VISA", `https://x.example/${"x".repeat(2048)}`)))).to.equal(false);
    expect(isTaken({ installment: { plans: many(101, {}) } })).to.equal(false);
    expect(isTaken({ promotionInfos: many(101, {}) })).to.equal(false);
    expect(isTaken({ promotionInfos: [{ interestFree: { installmentFreeNums: many(101, "3") } }] })).to.equal(false);
  });

  it("is not understood where what is read has another form", () => {
    expect(consultAnswer({ paymentOptions: [] })).to.equal(false);
    for (const option of [
      "CARD",
      { paymentOptionDetail: { supportCardBrands: ["VISA"] } },
      { installment: [] },
      { installment: { plans: [{ installmentNum: [3] }] } },
      { installment: { plans: [{ minInstallmentAmount: { value: "1" } }] } },
    ]) {
      expect(isTaken(option), JSON.stringify(option)).to.equal(false);
    }
  });
});

describe("an offer with amounts that are null", () => {
  it("is an offer all the same", () => {
    expect(plans({ installmentNum: "3", minInstallmentAmount: null, maxInstallmentAmount: null })).to.deep.equal([
      { installmentNum: 3, interval: "MONTH", isInterestFree: false },
    ]);
  });
});
