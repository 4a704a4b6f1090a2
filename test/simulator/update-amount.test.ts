import { expect } from "chai";
import { field } from "./support/merchant.js";
import { card, pageOf, submit } from "./support/pages.js";
import { MANUAL, openScene, type Scene } from "./support/scene.js";
import { isSigned } from "./support/signed.js";

const DAY = 24 * 60 * 60_000;
const EUR = (value: string) => ({ currency: "EUR", value });

describe("simulator: updateAmount", () => {
  let scene: Scene;
  let paymentId: string;
  beforeEach(async () => {
    scene = await openScene();
    paymentId = await scene.authorize({ paymentFactor: MANUAL });
  });
  afterEach(() => scene.close());

  const raise = (value: string, id = `UP_${value}`, currency = "EUR", payment = paymentId) =>
    scene.call("updateAmount", { updateRequestId: id, paymentId: payment, amount: { currency, value } });
  const inquire = async () => (await scene.call("inquiryPayment", { paymentId })).body;
  const capture = (value: string, id = `CAP_${value}`) =>
    scene.call("capture", { captureRequestId: id, paymentId, captureAmount: EUR(value) });
  const told = () => scene.shop.ofType("UPDATE_AMOUNT_RESULT").map(({ body }) => body);

  it("is offered in paymentResultInfo of a hold that waits for its capture", async () => {
    expect(field(await inquire(), "paymentResultInfo", "incrementalAuthorizationAvailable")).to.be.true;
    const told = scene.shop.ofType("PAYMENT_RESULT")[0]?.body;
    expect(field(told, "paymentResultInfo", "incrementalAuthorizationAvailable")).to.be.true;
  });

  it("is accepted first, then the hold is raised and the new total notified", async () => {
    const answer = await raise("2500", "UP_1");
    expect(answer).to.include({ code: "SUCCESS", resultStatus: "S", isSigned: true });
    expect(answer.body).to.deep.include({ updateRequestId: "UP_1", paymentId, amount: EUR("2500") });
    const waiting = await inquire();
    expect(waiting).to.deep.include({ paymentAmount: EUR("1999") });
    expect(field(waiting, "transactions", "0")).to.deep.include({
      transactionType: "INCREMENTAL",
      transactionStatus: "PROCESSING",
    });
    await scene.pass(1_999);
    expect(told()).to.be.empty;
    await scene.pass(1);
    const [received] = scene.shop.ofType("UPDATE_AMOUNT_RESULT");
    expect(isSigned(scene.simulator, received)).to.be.true;
    expect(received?.body).to.deep.include({
      updateRequestId: "UP_1",
      paymentId,
      paymentRequestId: "PAY_1",
      paymentAmount: EUR("2500"),
      authExpiryTime: "2026-01-22T20:00:00+08:00",
    });
    expect(field(received?.body, "result")).to.include({ resultCode: "SUCCESS", resultStatus: "S" });
    const raised = await inquire();
    expect(raised).to.deep.include({
      paymentStatus: "SUCCESS",
      paymentAmount: EUR("2500"),
      authExpiryTime: "2026-01-22T20:00:00+08:00",
    });
    expect(field(raised, "transactions", "0")).to.deep.include({
      transactionType: "INCREMENTAL",
      transactionRequestId: "UP_1",
      transactionAmount: EUR("2500"),
      transactionStatus: "SUCCESS",
    });
  });

  it("lets the new total be captured, and no more", async () => {
    await raise("2500");
    expect((await capture("2500")).code).to.equal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
    await scene.pass(2_000);
    expect((await capture("2501")).code).to.equal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
    expect((await capture("2500", "CAP_ANEW")).code).to.equal("SUCCESS");
    expect(scene.simulator.ledger("PAY_1").authorizations[0]).to.deep.include({
      status: "CAPTURED",
      amount: EUR("2500"),
    });
  });

  it("answers a repetition the same, also when the hold is raised, and raises once", async () => {
    const first = await raise("2500", "UP_1");
    await scene.pass(2_000);
    expect((await raise("2500", "UP_1")).body).to.deep.equal(first.body);
    await scene.pass(2_000);
    expect(scene.simulator.ledger().increases).to.have.length(1);
    expect(told()).to.have.length(1);
  });

  it("refuses the same id with another amount or another payment", async () => {
    await raise("2500", "UP_1");
    expect(await raise("2600", "UP_1")).to.include({ code: "REPEAT_REQ_INCONSISTENT", resultStatus: "F" });
    const other = await scene.authorize({ paymentRequestId: "PAY_2", paymentFactor: MANUAL });
    expect((await raise("2500", "UP_1", "EUR", other)).code).to.equal("REPEAT_REQ_INCONSISTENT");
  });

  it("wants strictly more than is held, in the same currency", async () => {
    expect((await raise("1999")).code).to.equal("INVALID_AMOUNT");
    expect((await raise("1998")).code).to.equal("INVALID_AMOUNT");
    expect((await raise("2500", "UP_1", "USD")).code).to.equal("CURRENCY_NOT_SUPPORT");
    await raise("2500", "UP_2");
    await scene.pass(2_000);
    expect((await raise("2500", "UP_3")).code).to.equal("INVALID_AMOUNT");
    expect(scene.simulator.ledger().increases).to.have.length(1);
  });

  it("takes no second one while one is in process", async () => {
    await raise("2500");
    expect(await raise("2600")).to.include({ code: "INCREMENTAL_NOT_SUPPORT", resultStatus: "F" });
    await scene.pass(2_000);
    expect((await raise("2600", "UP_ANEW")).code).to.equal("SUCCESS");
  });

  it("takes ten of a payment and no eleventh", async () => {
    for (let count = 1; count <= 10; count += 1) {
      expect((await raise(String(2_000 + count))).code, String(count)).to.equal("SUCCESS");
      await scene.pass(2_000);
    }
    expect((await raise("2011")).code).to.equal("INCREMENTAL_NOT_SUPPORT");
    expect(await inquire()).to.deep.include({ paymentAmount: EUR("2010") });
  });

  it("refuses what is captured, also in part", async () => {
    await capture("500");
    expect((await raise("2500")).code).to.equal("INCREMENTAL_NOT_SUPPORT");
  });

  it("refuses what is not held any more, or not yet", async () => {
    const open = String((await scene.pay({ paymentRequestId: "PAY_2", paymentFactor: MANUAL })).body["paymentId"]);
    expect((await raise("2500", "UP_1", "EUR", open)).code).to.equal("ORDER_STATUS_INVALID");
    await scene.pass(DAY);
    expect((await raise("2500", "UP_2", "EUR", open)).code).to.equal("ORDER_IS_CLOSED");
    await scene.pass(6 * DAY);
    expect((await raise("2500")).code).to.equal("AUTH_EXPIRED");
    const voided = await scene.authorize({ paymentRequestId: "PAY_3", paymentFactor: MANUAL });
    await scene.call("cancel", { paymentId: voided });
    expect((await raise("2500", "UP_3", "EUR", voided)).code).to.equal("AUTH_CANCELLED");
    expect((await raise("2500", "UP_4", "EUR", "2026")).code).to.equal("ORDER_NOT_EXIST");
    expect((await scene.call("updateAmount", { paymentId })).code).to.equal("PARAM_ILLEGAL");
  });

  it("refuses a payment whose paymentResultInfo does not offer it", async () => {
    const automatic = await scene.authorize({ paymentRequestId: "PAY_2" });
    expect((await raise("2500", "UP_1", "EUR", automatic)).code).to.equal("INCREMENTAL_NOT_SUPPORT");
    const answer = await scene.pay({ paymentRequestId: "PAY_3", paymentFactor: MANUAL });
    await submit(pageOf(answer), card({ cardNo: "3530009900000013" }));
    const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_3" });
    expect(field(body, "paymentResultInfo", "incrementalAuthorizationAvailable")).to.be.false;
    const jcb = String(answer.body["paymentId"]);
    expect((await raise("2500", "UP_2", "EUR", jcb)).code).to.equal("INCREMENTAL_NOT_SUPPORT");
  });

  it("fails when the money was captured or let go in the meantime, and the old amount stands", async () => {
    await raise("2500");
    await capture("1999");
    await scene.pass(2_000);
    expect(field(told()[0], "result", "resultStatus")).to.equal("F");
    expect(told()[0]).to.deep.include({ paymentAmount: EUR("1999") });
    const voided = await scene.authorize({ paymentRequestId: "PAY_2", paymentFactor: MANUAL });
    await raise("2500", "UP_2", "EUR", voided);
    await scene.call("cancel", { paymentId: voided });
    await scene.pass(2_000);
    expect(field(told()[1], "result", "resultCode")).to.equal("AUTH_CANCELLED");
    expect(scene.simulator.ledger().increases.map(({ status }) => status)).to.deep.equal(["FAIL", "FAIL"]);
  });

  it("can be what the contract does not have", async () => {
    const without = await openScene({ incrementalAuthorization: false });
    try {
      const id = await without.authorize({ paymentFactor: MANUAL });
      const answer = await without.call("updateAmount", {
        updateRequestId: "UP_1",
        paymentId: id,
        amount: EUR("2500"),
      });
      expect(answer.code).to.equal("INCREMENTAL_NOT_SUPPORT");
    } finally {
      await without.close();
    }
  });

  it("leaves a repeated pay call as it was", async () => {
    const fields = { paymentFactor: MANUAL };
    await raise("2500");
    await scene.pass(2_000);
    expect(await scene.pay(fields)).to.include({ code: "SUCCESS" });
    expect(scene.simulator.ledger().authorizations).to.have.length(1);
  });
});
