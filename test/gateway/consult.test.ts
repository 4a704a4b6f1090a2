import { expect } from "chai";
import {
  cardOffer,
  consultAnswer,
  consultRequest,
  toldOffer,
  type CardOffer,
  type ConsultAnswer,
} from "../../lib/gateway/consult.js";
import type { Outcome } from "../../lib/gateway/outcome.js";
import type { Amount } from "../../lib/payment/amount.js";
import { answered, SILENCE } from "./answered.js";

const AMOUNT = { currency: "KRW", value: "30000" };
const NOW = Date.parse("2026-01-15T12:00:00Z");
const SUCCESS = { resultStatus: "S", resultCode: "SUCCESS" };

const shown = (outcome: Outcome<ConsultAnswer>, amount: Amount = AMOUNT, now = NOW): CardOffer | undefined => {
  const told = toldOffer(outcome);
  return told && cardOffer(told, amount, now);
};
const offerOf = (...paymentOptions: unknown[]): CardOffer | undefined =>
  shown(answered(consultAnswer, { result: SUCCESS, paymentOptions }));
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

  describe("with a campaign free of interest", () => {
    const won = (value: string): Amount => ({ currency: "KRW", value });
    const campaigns = (...campaigns: object[]) =>
      answered(consultAnswer, {
        result: SUCCESS,
        paymentOptions: [
          {
            paymentMethodType: "CARD",
            installment: { plans: [{ installmentNum: 6, interestRate: "11.5" }] },
            promotionInfos: campaigns.map((campaign) => ({
              promotionType: "INTEREST_FREE",
              interestFree: { installmentFreeNums: [6], ...campaign },
            })),
          },
        ],
      });
    const isFree = (campaign: object, amount = AMOUNT, now = NOW): boolean | undefined =>
      shown(campaigns(campaign), amount, now)?.installments.plans[0]?.isInterestFree;

    it("costs the buyer interest again when that is over", () => {
      expect(isFree({ expireTime: "2026-01-15T20:00:01+08:00" })).to.equal(true);
      expect(isFree({ expireTime: "2026-01-15T20:00:01+08:00" }, AMOUNT, NOW + 1_000)).to.equal(false);
      expect(isFree({ expireTime: "2026-01-15T20:00:00+08:00" })).to.equal(false);
      expect(isFree({ expireTime: "soon" })).to.equal(true);
    });

    it("costs the buyer interest below and above the amounts of the campaign", () => {
      const limits = { minPaymentAmount: won("50000"), maxPaymentAmount: { currency: "KRW", value: 10000000 } };
      for (const [value, expected] of [
        ["49999", false],
        ["50000", true],
        ["10000000", true],
        ["10000001", false],
      ] as const) {
        expect(isFree(limits, won(value)), value).to.equal(expected);
      }
      expect(isFree({ minPaymentAmount: won("50000") }, won("10000001"))).to.equal(true);
      expect(isFree({ maxPaymentAmount: won("50000") }, won("49999"))).to.equal(true);
      expect(isFree({ minPaymentAmount: null, maxPaymentAmount: null })).to.equal(true);
    });

    it("costs the buyer interest where the campaign's amounts are in another currency", () => {
      expect(isFree({ minPaymentAmount: { currency: "USD", value: "1" } })).to.equal(false);
      expect(isFree({ maxPaymentAmount: { currency: "USD", value: "99999999" } })).to.equal(false);
    });

    it("costs the buyer interest where the issuer bears only a part of it", () => {
      for (const freePercentage of ["100", 100, "100.00", "100%", "", null]) {
        expect(isFree({ freePercentage }), String(freePercentage)).to.equal(true);
      }
      for (const freePercentage of ["50", 50, "99.9", 0, "0", "1000", "all"]) {
        expect(isFree({ freePercentage }), String(freePercentage)).to.equal(false);
      }
    });

    it("is free by any of several", () => {
      const both = campaigns({ minPaymentAmount: won("50000") }, { maxPaymentAmount: won("40000") });
      const isFreeAt = (value: string) => shown(both, won(value))?.installments.plans[0]?.isInterestFree;
      expect(["40000", "45000", "50000"].map(isFreeAt)).to.deep.equal([true, false, true]);
    });
  });

  it("is empty where Antom offers no cards", () => {
    const nothing = { cardBrands: [], installments: { cardBrands: [], plans: [] } };
    expect(offerOf()).to.deep.equal(nothing);
    expect(shown(answered(consultAnswer, { result: SUCCESS }))).to.deep.equal(nothing);
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
    expect(toldOffer(SILENCE)).to.equal(undefined);
    for (const resultStatus of ["F", "U"]) {
      const paymentOptions = [cards(brand("VISA"))];
      expect(
        toldOffer(answered(consultAnswer, { result: { resultStatus, resultCode: "X" }, paymentOptions })),
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
      { promotionInfos: [{ interestFree: { minPaymentAmount: { value: "1" } } }] },
      { promotionInfos: [{ interestFree: { freePercentage: [100] } }] },
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
