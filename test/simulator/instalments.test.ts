import { expect } from "chai";
import { byToken, hosted, KOREAN_HOLDER, storeCard, testCard, withCardOf } from "./support/cards.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

interface OfferedPlan {
  readonly installmentNum: string;
  readonly interestRate: string;
}

describe("simulator: instalments", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const PLAN = { installmentNum: "3", interval: "MONTH", creditPayFeeType: "PERCENTAGE", feePercentage: "30" };
  const inCurrency = (currency: string, creditPayPlan: object = PLAN): Record<string, unknown> => ({
    paymentAmount: { currency, value: "90000" },
    creditPayPlan,
  });
  const consult = async (currency: string, value = "90000") => {
    const paymentAmount = { currency, value };
    const { body } = await scene.call("consult", {
      productCode: "CASHIER_PAYMENT",
      paymentAmount,
      env: { terminalType: "WEB" },
    });
    return field(body, "paymentOptions", "0");
  };
  const plansOf = async (currency: string) =>
    (field(await consult(currency), "installment", "plans") as readonly OfferedPlan[] | undefined) ?? [];

  it("are told with the payment, with their interest", async () => {
    const answer = await scene.pay({ ...inCurrency("USD", { ...PLAN, installmentNum: "6" }), ...withCardOf("visa") });
    expect(answer.code).to.equal("SUCCESS");
    const plan = { ...PLAN, installmentNum: "6", interestRate: "4.9" };
    expect(field(answer.body, "paymentResultInfo", "creditPayPlan")).to.deep.equal(plan);
    const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" });
    expect(field(body, "paymentResultInfo", "creditPayPlan")).to.deep.equal(plan);
  });

  it("can be had exactly as consult offers them", async () => {
    const offered = await plansOf("JPY");
    expect(offered.map(({ installmentNum }) => installmentNum)).to.deep.equal(["3", "6", "10", "12"]);
    for (const { installmentNum, interestRate } of offered) {
      const request = { ...inCurrency("JPY", { installmentNum }), ...withCardOf("jcb") };
      const answer = await scene.pay({ ...request, paymentRequestId: `PAY_${installmentNum}` });
      expect(field(answer.body, "paymentResultInfo", "creditPayPlan", "interestRate")).to.equal(interestRate);
    }
    expect((await scene.pay({ ...inCurrency("JPY", { installmentNum: "4" }), ...withCardOf("jcb") })).code).to.equal(
      "PARAM_ILLEGAL",
    );
  });

  it("are offered from 2 to 12 months for Korean cards, with a campaign free of interest", async () => {
    const option = await consult("KRW");
    const plans = await plansOf("KRW");
    expect(plans.map(({ installmentNum }) => Number(installmentNum))).to.deep.equal([
      2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    expect(field(option, "promotionInfos", "0", "promotionType")).to.equal("INTEREST_FREE");
    expect(field(option, "promotionInfos", "0", "interestFree")).to.deep.include({
      provider: "SHINHAN",
      installmentFreeNums: ["2", "3"],
      expireTime: "2026-02-01T08:00:00+08:00",
    });
    expect(JSON.stringify(field(option, "installment", "supportCardBrands")))
      .to.include("HYUNDAI")
      .and.not.include("VISA");
  });

  it("are charged free of interest within the amounts of the campaign, and with interest outside them", async () => {
    expect((await plansOf("KRW")).map(({ interestRate }) => interestRate)).to.deep.equal(Array(11).fill("11.5"));
    const rateOf = async (installmentNum: string, value: string): Promise<unknown> => {
      const paymentAmount = { currency: "KRW", value };
      const paymentRequestId = `PAY_${installmentNum}_${value}`;
      const direct = { paymentRequestId, creditPayPlan: { installmentNum }, ...withCardOf("hyundai", KOREAN_HOLDER) };
      const { body } = await scene.pay({ ...direct, paymentAmount });
      return field(body, "paymentResultInfo", "creditPayPlan", "interestRate");
    };
    expect([await rateOf("3", "49999"), await rateOf("3", "50000")]).to.deep.equal(["11.5", "0"]);
    expect([await rateOf("2", "10000000"), await rateOf("2", "10000001")]).to.deep.equal(["0", "11.5"]);
    expect(await rateOf("4", "90000")).to.equal("11.5");
  });

  it("are offered with the brands and logos of each country", async () => {
    const brands = async (currency: string) => {
      const list = field(await consult(currency), "installment", "supportCardBrands") as {
        cardBrand: string;
        logo: object;
      }[];
      for (const { logo } of list) expect(logo).to.include.keys("logoName", "logoUrl");
      return list.map(({ cardBrand }) => cardBrand);
    };
    expect(await brands("USD")).to.have.members(["VISA", "MASTERCARD", "DISCOVER"]);
    expect(await brands("JPY")).to.have.members(["VISA", "MASTERCARD", "AMEX", "JCB"]);
    expect(await brands("BRL")).to.include.members(["VISA", "ELO", "HIPERCARD"]);
    expect(await consult("EUR")).not.to.have.property("installment");
  });

  it("are offered but not enabled for an amount that is too small, and then refused", async () => {
    const option = await consult("USD", "99");
    expect(field(option, "installment", "plans", "0", "enabled")).to.equal(false);
    const small = { ...inCurrency("USD"), paymentAmount: { currency: "USD", value: "99" }, ...withCardOf("visa") };
    expect((await scene.pay(small)).code).to.equal("PARAM_ILLEGAL");
  });

  const cards: readonly [string, string, string][] = [
    ["USD", "discover", "SUCCESS"],
    ["USD", "amex", "CARD_NOT_SUPPORTED"],
    ["JPY", "amex", "SUCCESS"],
    ["JPY", "discover", "CARD_NOT_SUPPORTED"],
    ["MXN", "visa", "SUCCESS"],
    ["CLP", "mastercard", "SUCCESS"],
    ["BRL", "mastercard", "SUCCESS"],
    ["KRW", "visa", "CARD_NOT_SUPPORTED"],
  ];
  for (const [currency, key, code] of cards) {
    it(`in ${currency} answer ${code} for ${key}`, async () => {
      expect((await scene.pay({ ...inCurrency(currency), ...withCardOf(key) })).code).to.equal(code);
    });
  }

  it("go with a Korean card, with its issuer and on the hosted page", async () => {
    const direct = { ...inCurrency("KRW"), ...withCardOf("hyundai", KOREAN_HOLDER) };
    expect((await scene.pay(direct)).code).to.equal("SUCCESS");
    const issuer = {
      ...inCurrency("KRW"),
      ...hosted({ requireIssuerAuthentication: true, selectedCardBrand: "KBANK" }),
    };
    const url = pageOf(await scene.pay({ ...issuer, paymentRequestId: "PAY_2" }));
    await submit(`${url}/issuer`, { outcome: "approve" });
    const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_2" });
    expect(field(body, "paymentResultInfo", "creditPayPlan")).to.include({ installmentNum: "3", interestRate: "0" });
    const page = pageOf(await scene.pay({ ...inCurrency("USD"), paymentRequestId: "PAY_3" }));
    const wrong = await submit(page, card({ cardNo: testCard("amex").number, cvv: "1234" }));
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include("cannot be paid off in instalments");
    expect((await submit(page, card())).location).to.equal(scene.shop.returnUrl);
  });

  it("are none where the request leaves their number to the buyer", async () => {
    const page = pageOf(await scene.pay(inCurrency("USD", { filteredInstallmentPeriods: [3, 6] })));
    expect((await submit(page, card())).location).to.equal(scene.shop.returnUrl);
    const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" });
    expect(field(body, "paymentStatus")).to.equal("SUCCESS");
    expect(field(body, "paymentResultInfo")).not.to.have.property("creditPayPlan");
  });

  const illegal: readonly [string, Record<string, unknown>][] = [
    ["in a currency without plans", inCurrency("EUR")],
    ["with an interval that is no month", inCurrency("USD", { ...PLAN, interval: "WEEK" })],
    ["with a share that is no percentage", inCurrency("USD", { ...PLAN, feePercentage: "101" })],
    ["with a share of no type", inCurrency("USD", { installmentNum: "3", feePercentage: "30" })],
    [
      "captured manually in the US",
      { ...inCurrency("USD"), paymentFactor: { isAuthorization: true, captureMode: "MANUAL" } },
    ],
  ];
  for (const [what, fields] of illegal) {
    it(`are refused ${what}`, async () => {
      expect((await scene.pay({ ...fields, ...withCardOf("visa") })).code).to.equal("PARAM_ILLEGAL");
    });
  }

  it("may be captured manually elsewhere", async () => {
    const paymentFactor = { isAuthorization: true, captureMode: "MANUAL" };
    expect((await scene.pay({ ...inCurrency("MXN"), paymentFactor, ...withCardOf("visa") })).code).to.equal("SUCCESS");
  });

  it("are refused in the US for payments the merchant initiates", async () => {
    const { token, networkTransactionId } = await storeCard(scene, "visa");
    const alone = byToken(token, { recurringType: "SCHEDULED", networkTransactionId });
    expect((await scene.pay({ ...alone, ...inCurrency("USD") })).code).to.equal("PARAM_ILLEGAL");
  });
});
