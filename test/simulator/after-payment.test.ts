import { expect } from "chai";
import { field } from "./support/merchant.js";
import { card, pageOf, submit, visit } from "./support/pages.js";
import { MANUAL, openScene, type Scene } from "./support/scene.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const EUR = (value: string) => ({ currency: "EUR", value });

describe("simulator: after the pay call", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const inquire = async () => (await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" })).body;
  const authorization = () => scene.simulator.ledger().authorizations[0];

  describe("inquiryPayment", () => {
    it("finds a payment by either id; the paymentId counts", async () => {
      const { body } = await scene.pay();
      const answer = await scene.call("inquiryPayment", {
        paymentId: body["paymentId"],
        paymentRequestId: "PAY_OTHER",
      });
      expect(answer).to.include({ code: "SUCCESS", resultStatus: "S" });
      expect(answer.body).to.deep.include({
        paymentStatus: "PROCESSING",
        paymentResultCode: "PAYMENT_IN_PROCESS",
        paymentRequestId: "PAY_1",
        paymentRedirectUrl: scene.shop.returnUrl,
      });
    });

    it("does not know a payment that was never opened, and wants an id", async () => {
      expect(await scene.call("inquiryPayment", { paymentRequestId: "PAY_0" })).to.include({
        code: "ORDER_NOT_EXIST",
        resultStatus: "F",
      });
      expect((await scene.call("inquiryPayment", {})).code).to.equal("PARAM_ILLEGAL");
    });

    it("tells an authorization with its hold, and its captures and refunds once there are any", async () => {
      const paymentId = await scene.authorize();
      const held = await inquire();
      expect(held).to.include({ paymentStatus: "SUCCESS", authExpiryTime: "2026-01-22T20:00:00+08:00" });
      expect(held).not.to.have.property("transactions");
      await scene.pass(2_000);
      await scene.call("refund", { refundRequestId: "RF_1", paymentId, refundAmount: EUR("500") });
      const transactions = (await inquire())["transactions"];
      expect(transactions).to.be.an("array").with.length(2);
      expect(field(transactions, "0")).to.deep.include({
        transactionType: "CAPTURE",
        transactionStatus: "SUCCESS",
        transactionAmount: EUR("1999"),
      });
      expect(field(transactions, "1")).to.deep.include({
        transactionType: "REFUND",
        transactionStatus: "PROCESSING",
        transactionRequestId: "RF_1",
      });
    });
  });

  describe("automatic capture", () => {
    it("follows two seconds after the authorization and is notified", async () => {
      await scene.authorize();
      await scene.pass(1_999);
      expect(authorization()).to.include({ status: "AUTHORIZED" });
      await scene.pass(1);
      expect(authorization()).to.include({ status: "CAPTURED" });
      expect(scene.shop.ofType("CAPTURE_RESULT")[0]?.body).to.deep.include({ captureAmount: EUR("1999") });
      expect(scene.simulator.ledger().captures[0]).to.include({ automatic: true });
    });

    it("does not follow when the payment was cancelled in time", async () => {
      const paymentId = await scene.authorize();
      expect((await scene.call("cancel", { paymentId })).code).to.equal("SUCCESS");
      await scene.pass(10_000);
      expect(authorization()).to.include({ status: "VOIDED" });
      expect(scene.simulator.ledger().captures).to.be.empty;
    });
  });

  describe("expiry", () => {
    it("closes an unpaid payment after 14 minutes and tells the shop", async () => {
      const url = pageOf(await scene.pay());
      await scene.pass(14 * MINUTE - 1);
      expect(await inquire()).to.include({ paymentStatus: "PROCESSING" });
      await scene.pass(1);
      expect(await inquire()).to.include({ paymentStatus: "FAIL", paymentResultCode: "ORDER_IS_CLOSED" });
      expect(field(scene.shop.received[0]?.body, "result")).to.include({
        resultCode: "ORDER_IS_CLOSED",
        resultStatus: "F",
      });
      expect((await visit(url)).text).to.include("Payment expired");
      expect((await submit(url, card())).status).to.equal(409);
      expect(scene.simulator.ledger().authorizations).to.be.empty;
    });

    it("takes the shop's own time", async () => {
      await scene.pay({ paymentExpiryTime: "2026-01-15T12:05:00Z" });
      await scene.pass(5 * MINUTE);
      expect(await inquire()).to.include({ paymentStatus: "FAIL" });
    });

    it("leaves a paid payment alone", async () => {
      await scene.authorize();
      await scene.pass(15 * MINUTE);
      expect(await inquire()).to.include({ paymentStatus: "SUCCESS" });
    });

    it("releases a hold that nobody captured within seven days", async () => {
      const paymentId = await scene.authorize({ paymentFactor: MANUAL });
      await scene.pass(7 * DAY);
      expect(authorization()).to.include({ status: "EXPIRED" });
      const request = { captureRequestId: "CAP_1", paymentId, captureAmount: EUR("1999") };
      expect((await scene.call("capture", request)).code).to.equal("AUTH_EXPIRED");
      expect((await scene.call("cancel", { paymentId })).code).to.equal("CANCEL_WINDOW_EXCEED");
    });
  });

  describe("cancel", () => {
    it("closes an unpaid payment", async () => {
      await scene.pay();
      const answer = await scene.call("cancel", { paymentRequestId: "PAY_1" });
      expect(answer).to.include({ code: "SUCCESS", resultStatus: "S" });
      expect(answer.body).to.include({ paymentRequestId: "PAY_1", cancelTime: "2026-01-15T20:00:00+08:00" });
      expect(await inquire()).to.include({ paymentStatus: "CANCELLED", paymentResultCode: "ORDER_IS_CANCELED" });
      expect(scene.simulator.ledger().cancels[0]).to.include({ voided: false });
      await scene.pass(DAY);
      expect(scene.shop.received).to.be.empty;
    });

    it("voids a hold, and answers a repetition the same", async () => {
      const paymentId = await scene.authorize({ paymentFactor: MANUAL });
      const first = await scene.call("cancel", { paymentId });
      await scene.pass(MINUTE);
      const second = await scene.call("cancel", { paymentId });
      expect(second.body).to.deep.equal(first.body);
      expect(scene.simulator.ledger().cancels).to.have.length(1);
      expect(scene.simulator.ledger().cancels[0]).to.include({ voided: true });
    });

    it("does not undo a capture, and does not know other payments", async () => {
      const paymentId = await scene.captured();
      expect(await scene.call("cancel", { paymentId })).to.include({ code: "PROCESS_FAIL", resultStatus: "F" });
      expect((await scene.call("cancel", { paymentId: "2026" })).code).to.equal("ORDER_NOT_EXIST");
      expect((await scene.call("cancel", {})).code).to.equal("PARAM_ILLEGAL");
    });

    it("leaves a failed payment failed", async () => {
      await submit(pageOf(await scene.pay()), card({ cardNo: "4054692760174822" }));
      expect((await scene.call("cancel", { paymentRequestId: "PAY_1" })).code).to.equal("ORDER_STATUS_INVALID");
      await scene.pay({ paymentRequestId: "PAY_2" });
      await scene.pass(14 * MINUTE);
      expect((await scene.call("cancel", { paymentRequestId: "PAY_2" })).code).to.equal("ORDER_IS_CLOSED");
    });
  });

  describe("capture", () => {
    const capture = (paymentId: string, id: string, value: string, currency = "EUR") =>
      scene.call("capture", { captureRequestId: id, paymentId, captureAmount: { currency, value } });

    it("takes what is held and notifies", async () => {
      const paymentId = await scene.authorize({ paymentFactor: MANUAL });
      await scene.pass(10_000);
      expect(authorization()).to.include({ status: "AUTHORIZED" });
      const answer = await capture(paymentId, "CAP_1", "1999");
      expect(answer).to.include({ code: "SUCCESS", resultStatus: "S" });
      expect(answer.body).to.deep.include({ captureRequestId: "CAP_1", paymentId, captureAmount: EUR("1999") });
      await scene.pass(0);
      expect(scene.shop.ofType("CAPTURE_RESULT")[0]?.body).to.include({
        captureRequestId: "CAP_1",
        captureId: answer.body["captureId"],
      });
      expect(authorization()).to.include({ status: "CAPTURED" });
    });

    it("takes parts, up to the amount held", async () => {
      const paymentId = await scene.authorize({ paymentFactor: MANUAL });
      expect((await capture(paymentId, "CAP_1", "1000")).code).to.equal("SUCCESS");
      expect(authorization()).to.include({ status: "PARTLY_CAPTURED" });
      expect((await capture(paymentId, "CAP_2", "1000")).code).to.equal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
      expect((await capture(paymentId, "CAP_3", "999")).code).to.equal("SUCCESS");
      expect(authorization()).to.include({ status: "CAPTURED" });
    });

    it("answers a repetition the same and captures once", async () => {
      const paymentId = await scene.authorize({ paymentFactor: MANUAL });
      const [first, second] = await Promise.all([
        capture(paymentId, "CAP_1", "500"),
        capture(paymentId, "CAP_1", "500"),
      ]);
      expect(second.body).to.deep.equal(first.body);
      expect(scene.simulator.ledger().captures).to.have.length(1);
      expect((await capture(paymentId, "CAP_1", "501")).code).to.equal("REPEAT_REQ_INCONSISTENT");
    });

    it("refuses what cannot be captured", async () => {
      const automatic = await scene.authorize();
      expect((await capture(automatic, "CAP_1", "1999")).code).to.equal("ORDER_STATUS_INVALID");
      expect((await capture("2026", "CAP_2", "1999")).code).to.equal("AUTH_NOT_FOUND");
      const open = await scene.pay({ paymentRequestId: "PAY_2", paymentFactor: MANUAL });
      expect((await capture(String(open.body["paymentId"]), "CAP_3", "1999")).code).to.equal("ORDER_STATUS_INVALID");
      await scene.call("cancel", { paymentRequestId: "PAY_2" });
      expect((await capture(String(open.body["paymentId"]), "CAP_4", "1999")).code).to.equal("ORDER_IS_CANCELED");
      const voided = await scene.authorize({ paymentRequestId: "PAY_3", paymentFactor: MANUAL });
      expect((await capture(voided, "CAP_5", "1999", "USD")).code).to.equal("CURRENCY_NOT_SUPPORT");
      await scene.call("cancel", { paymentId: voided });
      expect((await capture(voided, "CAP_6", "1999")).code).to.equal("AUTH_CANCELLED");
      expect((await scene.call("capture", { paymentId: voided })).code).to.equal("PARAM_ILLEGAL");
    });
  });

  describe("refund", () => {
    const refund = (paymentId: string, id: string, value: string, more: object = {}) =>
      scene.call("refund", { refundRequestId: id, paymentId, refundAmount: EUR(value), ...more });

    it("is accepted, settled two seconds later and notified where the request said", async () => {
      const paymentId = await scene.captured();
      const answer = await refund(paymentId, "RF_1", "500", { refundNotifyUrl: scene.shop.notifyUrl });
      expect(answer).to.include({ code: "REFUND_IN_PROCESS", resultStatus: "U" });
      expect((await scene.call("inquiryRefund", { refundRequestId: "RF_1" })).body).to.include({
        refundStatus: "PROCESSING",
      });
      await scene.pass(2_000);
      expect(scene.shop.ofType("REFUND_RESULT")[0]?.body).to.deep.include({
        refundStatus: "SUCCESS",
        refundRequestId: "RF_1",
        refundAmount: EUR("500"),
      });
      const settled = await scene.call("inquiryRefund", { refundId: answer.body["refundId"] });
      expect(settled.body).to.include({ refundStatus: "SUCCESS", refundTime: "2026-01-15T20:00:04+08:00" });
      expect(await refund(paymentId, "RF_1", "500")).to.include({ code: "SUCCESS", resultStatus: "S" });
      expect(scene.simulator.ledger().refunds).to.have.length(1);
    });

    it("never gives back more than was captured", async () => {
      const paymentId = await scene.captured();
      expect((await refund(paymentId, "RF_1", "1500")).resultStatus).to.equal("U");
      expect((await refund(paymentId, "RF_2", "500")).code).to.equal("REFUND_AMOUNT_EXCEED");
      expect((await refund(paymentId, "RF_3", "499")).resultStatus).to.equal("U");
      expect((await refund(paymentId, "RF_1", "1499")).code).to.equal("REPEAT_REQ_INCONSISTENT");
    });

    it("gives back no more of a capture that is named than it took, and knows no other captures", async () => {
      const paymentId = await scene.authorize({ paymentFactor: MANUAL });
      const captured = await scene.call("capture", { captureRequestId: "CP_1", paymentId, captureAmount: EUR("999") });
      await scene.call("capture", { captureRequestId: "CP_2", paymentId, captureAmount: EUR("1000") });
      const captureId = String(captured.body["captureId"]);
      expect((await refund(paymentId, "RF_1", "500", { captureId })).resultStatus).to.equal("U");
      expect((await refund(paymentId, "RF_2", "500", { captureId })).code).to.equal("REFUND_AMOUNT_EXCEED");
      expect((await refund(paymentId, "RF_3", "499", { captureId })).resultStatus).to.equal("U");
      expect((await refund(paymentId, "RF_4", "500", { captureId: "C0" })).code).to.equal("PARAM_ILLEGAL");
      expect((await refund(paymentId, "RF_5", "500")).resultStatus).to.equal("U");
    });

    it("fails a refund of 11 minor units, whose amount can then be given back otherwise", async () => {
      const paymentId = await scene.captured();
      await refund(paymentId, "RF_1", "11", { refundNotifyUrl: scene.shop.notifyUrl });
      await scene.pass(2_000);
      expect(scene.shop.ofType("REFUND_RESULT")[0]?.body).to.include({ refundStatus: "FAIL" });
      expect((await refund(paymentId, "RF_2", "1999")).resultStatus).to.equal("U");
    });

    it("refuses what cannot be refunded", async () => {
      const held = await scene.authorize({ paymentFactor: MANUAL });
      expect((await refund(held, "RF_1", "1")).code).to.equal("ORDER_STATUS_INVALID");
      await scene.call("cancel", { paymentId: held });
      expect((await refund(held, "RF_2", "1")).code).to.equal("ORDER_IS_CANCELED");
      expect((await refund("2026", "RF_3", "1")).code).to.equal("ORDER_NOT_EXIST");
      expect((await scene.call("inquiryRefund", { refundRequestId: "RF_1" })).code).to.equal("REFUND_NOT_EXIST");
      expect((await scene.call("inquiryRefund", { refundRequestId: "RF 1!" })).code).to.equal("PARAM_ILLEGAL");
      expect((await refund(held, "RF_4", "1", { refundReason: "x".repeat(257) })).code).to.equal("PARAM_ILLEGAL");
    });
  });

  describe("consult", () => {
    const consult = async (currency: string, more: object = {}) =>
      scene.call("consult", {
        productCode: "CASHIER_PAYMENT",
        paymentAmount: { currency, value: "30000" },
        env: { terminalType: "WEB" },
        ...more,
      });
    const brands = (body: unknown) =>
      JSON.stringify(field(body, "paymentOptions", "0", "paymentOptionDetail", "supportCardBrands"));

    it("offers the global brands, with pictures that exist", async () => {
      const { body } = await consult("EUR");
      expect(brands(body)).to.include("VISA").and.include("MASTERCARD").and.not.include("SHINHAN");
      const option = field(body, "paymentOptions", "0");
      expect(option).not.to.have.property("installment");
      const picture = field(option, "paymentOptionDetail", "supportCardBrands", "0", "logo", "logoUrl");
      expect((await visit(String(picture))).headers.get("content-type")).to.equal("image/svg+xml");
    });

    it("offers Korean brands and instalments for won", async () => {
      const { body } = await consult("KRW");
      expect(brands(body)).to.include("SHINHAN").and.include("VISA");
      expect(field(body, "paymentOptions", "0", "installment", "plans", "1")).to.include({
        installmentNum: "3",
        interval: "MONTH",
      });
    });

    it("offers nothing when cards are not wanted", async () => {
      expect((await consult("EUR", { blockedPaymentMethods: ["CARD"] })).body["paymentOptions"]).to.deep.equal([]);
      expect((await consult("EUR", { allowedPaymentMethods: ["ALIPAY_CN"] })).body["paymentOptions"]).to.deep.equal([]);
      expect((await consult("EUR", { env: {} })).code).to.equal("PARAM_ILLEGAL");
    });
  });

  it("lives faster at a smaller time scale", async () => {
    const fast = await openScene({ timeScale: 0.001 });
    try {
      await fast.authorize();
      await fast.pass(2);
      expect(fast.simulator.ledger().captures).to.have.length(1);
      await fast.pay({ paymentRequestId: "PAY_2" });
      await fast.pass(840);
      expect(fast.simulator.payments()[1]).to.include({ code: "ORDER_IS_CLOSED" });
    } finally {
      await fast.close();
    }
  });
});
