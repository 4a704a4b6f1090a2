import { expect } from "chai";
import { createSimulator } from "../../lib/simulator.js";
import { byToken, hosted, SAMPLE_CARD, storeCard, withCard, withCardOf, WON } from "./support/cards.js";
import { field } from "./support/merchant.js";
import { pageOf, submit } from "./support/pages.js";
import { MANUAL, openScene, type Scene } from "./support/scene.js";

const FIELDS = [
  "acquirerName",
  "referenceRequestId",
  "acquirerTransactionId",
  "acquirerMerchantId",
  "acquirerMerchantName",
  "acquirerResultCode",
  "acquirerResultMessage",
  "acquirerReasonDescription",
  "ptspTransactionId",
];

describe("simulator: an account of Antom's payment orchestration", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene({ account: "apo" });
  });
  afterEach(() => scene.close());

  it("tells of the acquirer in every answer and notification", async () => {
    const pay = await scene.pay({ ...withCard(SAMPLE_CARD), paymentFactor: MANUAL });
    const paymentId = String(pay.body["paymentId"]);
    const amount = { currency: "EUR", value: "1999" };
    const capture = await scene.call("capture", { captureRequestId: "C_1", paymentId, captureAmount: amount });
    const refund = await scene.call("refund", {
      refundRequestId: "R_1",
      paymentId,
      refundAmount: amount,
      refundNotifyUrl: scene.shop.notifyUrl,
    });
    const inquiry = await scene.call("inquiryPayment", { paymentId });
    await scene.pass(2_000);
    expect(scene.shop.received).to.have.length(3);
    for (const body of [pay, capture, refund, inquiry]
      .map((answer) => answer.body)
      .concat(scene.shop.received.map((entry) => entry.body))) {
      const info = field(body, "acquirerInfo");
      expect(info).to.have.all.keys(FIELDS);
      for (const name of FIELDS) {
        expect(field(info, name), name).to.be.a("string").and.to.have.length.within(1, 64);
      }
      expect(info).to.deep.equal(field(pay.body, "acquirerInfo"));
    }
  });

  it("keeps each field to 64 characters", async () => {
    const paymentRequestId = "P".repeat(64);
    const { body } = await scene.pay({ paymentRequestId, ...withCardOf("declined-blocked-first-used") });
    for (const name of FIELDS) {
      expect(field(body, "acquirerInfo", name), name)
        .to.be.a("string")
        .and.to.have.length.within(1, 64);
    }
    expect(field(body, "acquirerInfo")).to.include({ acquirerResultCode: "62" });
  });

  it("has no hosted page and no issuer authentication", async () => {
    expect((await scene.pay()).code).to.equal("PARAM_ILLEGAL");
    expect((await scene.pay({ ...WON, ...hosted({ requireIssuerAuthentication: true }) })).code).to.equal(
      "PARAM_ILLEGAL",
    );
  });

  it("has no choice of brand and no instalments", async () => {
    for (const choice of [{ selectedCardBrand: "CARTES_BANCAIRES" }, { paymentMethodRegion: "FR" }]) {
      expect((await scene.pay(withCardOf("visa-cartes-bancaires", choice))).code).to.equal(
        "INVALID_PAYMENT_METHOD_META_DATA",
      );
    }
    const dollars = { paymentAmount: { currency: "USD", value: "90000" } };
    const plan = { ...withCardOf("visa"), ...dollars, creditPayPlan: { installmentNum: "3" } };
    expect((await scene.pay(plan)).code).to.equal("PARAM_ILLEGAL");
    const { body } = await scene.call("consult", {
      productCode: "CASHIER_PAYMENT",
      ...dollars,
      env: { terminalType: "WEB" },
    });
    expect(field(body, "paymentOptions", "0")).not.to.have.property("installment");
  });

  it("has no upgrade to 3-D Secure, but 3-D Secure where it is asked for", async () => {
    expect((await scene.pay(withCardOf("visa-3ds"))).code).to.equal("AUTHENTICATION_REQUIRED");
    const asked = await scene.pay({
      paymentRequestId: "PAY_2",
      ...withCardOf("visa-3ds", { is3DSAuthentication: true }),
    });
    expect(asked.code).to.equal("PAYMENT_IN_PROCESS");
    expect(asked.body).to.have.property("acquirerInfo");
    await submit(`${pageOf(asked)}/challenge`, { outcome: "approve" });
    expect(scene.simulator.payments().at(-1)).to.include({ status: "SUCCESS" });
  });

  it("has stored cards and payments the merchant initiates", async () => {
    const { token, networkTransactionId } = await storeCard(scene, "visa");
    expect((await scene.pay(byToken(token, { recurringType: "UNSCHEDULED", networkTransactionId }))).code).to.equal(
      "SUCCESS",
    );
  });
});

describe("simulator: an account of Antom itself", () => {
  it("tells of no acquirer", async () => {
    const scene = await openScene();
    try {
      expect((await scene.pay(withCard(SAMPLE_CARD))).body).not.to.have.property("acquirerInfo");
    } finally {
      await scene.close();
    }
  });

  it("is one of two kinds, and card tokens have three places", () => {
    const options: object = { account: "pop", cardTokenIn: "nowhere" };
    expect(() => createSimulator(options)).to.throw(
      TypeError,
      /account must be one of antom, apo; cardTokenIn must be one of both, paymentResultInfo, cardInfo/,
    );
  });
});
