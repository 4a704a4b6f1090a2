import { expect } from "chai";
import { TEST_CARDS } from "../../lib/simulator.js";
import { isCardNumber } from "../../lib/simulator/card/luhn.js";
import { withCard, withCardOf } from "./support/cards.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

/** The result codes of pay whose reason lies with card, bank, risk or limits (Antom, "pay", result codes). */
const DOCUMENTED = [
  "ACCESS_DENIED",
  "DO_NOT_HONOR",
  "USER_BALANCE_NOT_ENOUGH",
  "CARD_NOT_SUPPORTED",
  "CARD_EXPIRED",
  "INVALID_CARD_NUMBER",
  "INVALID_EXPIRATION_DATE",
  "INVALID_CVV",
  "INVALID_CARD",
  "ISSUER_REJECTS_TRANSACTION",
  "SELECTED_CARD_BRAND_NOT_AVAILABLE",
  "AUTHENTICATION_REQUIRED",
  "USER_PAYMENT_VERIFICATION_FAILED",
  "VERIFY_UNMATCHED",
  "VERIFY_TIMES_EXCEED_LIMIT",
  "USER_AMOUNT_EXCEED_LIMIT",
  "USER_STATUS_ABNORMAL",
  "USER_KYC_NOT_QUALIFIED",
  "RISK_REJECT",
  "FRAUD_REJECT",
  "SUSPECTED_CARD",
  "PAYMENT_PROHIBITED",
  "PAYMENT_AMOUNT_EXCEED_LIMIT",
  "PAYMENT_COUNT_EXCEED_LIMIT",
  "INVALID_AMOUNT",
  "PROCESS_FAIL",
  "SYSTEM_ERROR",
];

/** Codes that no bank gives: Antom itself refuses. */
const WITHOUT_BANK = [
  "RISK_REJECT",
  "PAYMENT_PROHIBITED",
  "PAYMENT_AMOUNT_EXCEED_LIMIT",
  "PAYMENT_COUNT_EXCEED_LIMIT",
  "SELECTED_CARD_BRAND_NOT_AVAILABLE",
];

describe("simulator: the cards to try", () => {
  it("all have numbers with a right check digit, and no two share a number or a key", () => {
    for (const { number } of TEST_CARDS) expect(isCardNumber(number), number).to.be.true;
    expect(new Set(TEST_CARDS.map(({ number }) => number)).size).to.equal(TEST_CARDS.length);
    expect(new Set(TEST_CARDS.map(({ key }) => key)).size).to.equal(TEST_CARDS.length);
  });

  it("have one that declines with each documented code", () => {
    const declining = TEST_CARDS.filter(({ outcome }) => outcome === "decline").map(({ code }) => code);
    expect(declining).to.include.members(DOCUMENTED);
  });
});

describe("simulator: declined cards", () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());

  const declining = TEST_CARDS.filter(({ outcome, region }) => outcome === "decline" && region === "GLOBAL");
  for (const { key, number, code = "", merchantAdviceCode } of declining) {
    it(`${key} fails with ${code} everywhere it is told`, async () => {
      const paymentRequestId = `PAY_${key}`;
      const answer = await scene.pay({ paymentRequestId, ...withCard(number) });
      expect(answer).to.include({ code, resultStatus: "F" });
      expect(field(answer.body, "paymentResultInfo", "merchantAdviceCode")).to.equal(merchantAdviceCode);
      const { body } = await scene.call("inquiryPayment", { paymentRequestId });
      expect(body).to.include({ paymentStatus: "FAIL", paymentResultCode: code });
      await scene.pass(0);
      const told = scene.shop.received.filter((entry) => entry.body["paymentRequestId"] === paymentRequestId);
      expect(told).to.have.length(1);
      expect(field(told[0]?.body, "result")).to.include({ resultCode: code, resultStatus: "F" });
    });
  }

  const raw: readonly [string, string][] = [
    ["declined-do-not-honor", "05"],
    ["declined-user-balance-not-enough", "51"],
    ["declined-card-expired", "54"],
    ["declined-invalid-card-number", "14"],
    ["declined-stolen-card", "43"],
    ["declined-user-amount-exceed-limit", "61"],
    ["declined-fraud-reject", "59"],
  ];
  for (const [key, refusalCodeRaw] of raw) {
    it(`${key} bears the bank's own code ${refusalCodeRaw} and words`, async () => {
      const { body } = await scene.pay({ paymentRequestId: `RAW_${key}`, ...withCardOf(key) });
      expect(body["paymentResultInfo"]).to.include({ refusalCodeRaw });
      expect(field(body, "paymentResultInfo", "refusalReasonRaw")).to.match(/^[A-Z]/);
      expect(field(body, "paymentResultInfo", "networkTransactionId")).to.match(/^\d{15}$/);
    });
  }

  for (const code of WITHOUT_BANK) {
    it(`${code} comes without a word of the bank, which was not asked`, async () => {
      const key = `declined-${code.toLowerCase().replaceAll("_", "-")}`;
      const { body } = await scene.pay({ paymentRequestId: `OWN_${code}`, ...withCardOf(key) });
      expect(body["paymentResultInfo"]).not.to.have.any.keys(
        "refusalCodeRaw",
        "refusalReasonRaw",
        "networkTransactionId",
      );
    });
  }

  it("are refused for risk before 3-D Secure, by their bank after it", async () => {
    const asked = { is3DSAuthentication: true };
    const risk = await scene.pay({ paymentRequestId: "R_1", ...withCardOf("declined-fraud-reject", asked) });
    expect(risk.code).to.equal("FRAUD_REJECT");
    const bank = await scene.pay({ paymentRequestId: "R_2", ...withCardOf("declined-stolen-card", asked) });
    expect(bank.code).to.equal("PAYMENT_IN_PROCESS");
    await submit(`${pageOf(bank)}/challenge`, { outcome: "approve" });
    expect(scene.simulator.payments().at(-1)).to.include({ code: "STOLEN_CARD" });
  });

  it("are declined on the hosted page alike", async () => {
    const number = TEST_CARDS.find(({ key }) => key === "declined-lost-card")?.number ?? "";
    await submit(pageOf(await scene.pay({ paymentRequestId: "HOSTED" })), card({ cardNo: number }));
    expect(scene.simulator.payments().at(-1)).to.include({ status: "FAIL", code: "LOST_CARD" });
  });
});
