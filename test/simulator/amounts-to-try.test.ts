import { expect } from "chai";
import { AMOUNTS_TO_TRY } from "../../lib/simulator.js";
import { MENU } from "../../demo/shop/menu.js";
import { field } from "./support/merchant.js";
import { MANUAL, openScene, type Scene } from "./support/scene.js";

const EUR = (value: string) => ({ currency: "EUR", value });

describe("simulator: amounts to try", () => {
  let scene: Scene;
  let paymentId: string;
  beforeEach(async () => {
    scene = await openScene();
    paymentId = await scene.authorize({ paymentAmount: EUR("50000"), paymentFactor: MANUAL });
  });
  afterEach(() => scene.close());

  const capture = (value: string) =>
    scene.call("capture", { captureRequestId: `CAP_${value}`, paymentId, captureAmount: EUR(value) });
  const refund = async (value: string) => {
    await capture("30000");
    return refundAgain(value);
  };
  const refundAgain = (value: string) =>
    scene.call("refund", {
      refundRequestId: `RF_${value}`,
      paymentId,
      refundAmount: EUR(value),
      refundNotifyUrl: scene.shop.notifyUrl,
    });
  const raise = (value: string) =>
    scene.call("updateAmount", { updateRequestId: `UP_${value}`, paymentId, amount: EUR(value) });
  const inquire = async () => (await scene.call("inquiryPayment", { paymentId })).body;
  const transaction = async () => field(await inquire(), "transactions", "0");
  const told = (type: string) => scene.shop.ofType(type).map(({ body }) => body);

  describe("of a capture", () => {
    it("9001: is in process first, then captured and notified", async () => {
      const answer = await capture("19001");
      expect(answer).to.include({ code: "CAPTURE_IN_PROCESS", resultStatus: "U" });
      expect(answer.body).to.include.keys("captureId", "captureRequestId").and.not.include.keys("captureTime");
      expect(await capture("19001")).to.include({ code: "CAPTURE_IN_PROCESS" });
      expect(await transaction()).to.include({ transactionType: "CAPTURE", transactionStatus: "PROCESSING" });
      expect(scene.simulator.ledger().authorizations[0]).to.include({ status: "AUTHORIZED" });
      await scene.pass(4_999);
      expect(told("CAPTURE_RESULT")).to.be.empty;
      await scene.pass(1);
      expect(field(told("CAPTURE_RESULT")[0], "result")).to.include({ resultCode: "SUCCESS", resultStatus: "S" });
      expect(told("CAPTURE_RESULT")[0]).to.include({ captureTime: "2026-01-15T20:00:05+08:00" });
      expect(await capture("19001")).to.include({ code: "SUCCESS", resultStatus: "S" });
      expect(await transaction()).to.include({ transactionStatus: "SUCCESS" });
      expect(scene.simulator.ledger().captures).to.have.length(1);
    });

    it("9001: holds its money back from other captures, a cancellation and a refund while it is in process", async () => {
      await capture("49001");
      expect((await capture("1000")).code).to.equal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
      expect((await scene.call("cancel", { paymentId })).code).to.equal("PROCESS_FAIL");
      expect((await refundAgain("1")).code).to.equal("ORDER_STATUS_INVALID");
    });

    it("9002: is in process first, then fails, and what it held back can be captured otherwise", async () => {
      expect((await capture("49002")).code).to.equal("CAPTURE_IN_PROCESS");
      await scene.pass(5_000);
      const [body] = told("CAPTURE_RESULT");
      expect(field(body, "result")).to.include({ resultCode: "PROCESS_FAIL", resultStatus: "F" });
      expect(body).to.include({ captureRequestId: "CAP_49002" }).and.not.have.property("captureTime");
      expect(await capture("49002")).to.include({ code: "PROCESS_FAIL", resultStatus: "F" });
      expect(await transaction()).to.include({ transactionStatus: "FAIL" });
      expect((await capture("50000")).code).to.equal("SUCCESS");
      expect(scene.simulator.ledger().captures.map(({ status }) => status)).to.deep.equal(["FAIL", "SUCCESS"]);
    });

    it("9002: leaves a hold that can still be voided", async () => {
      await capture("49002");
      await scene.pass(5_000);
      expect((await scene.call("cancel", { paymentId })).code).to.equal("SUCCESS");
      expect(scene.simulator.ledger().cancels[0]).to.include({ voided: true });
    });

    for (const [ending, code] of [
      ["9003", "PROCESS_FAIL"],
      ["9004", "RISK_REJECT"],
    ] as const) {
      it(`${ending}: is refused with ${code} every time, and nothing is notified`, async () => {
        expect(await capture(ending)).to.include({ code, resultStatus: "F" });
        expect(await capture(ending)).to.include({ code, resultStatus: "F" });
        await scene.pass(10_000);
        expect(told("CAPTURE_RESULT")).to.be.empty;
        expect(scene.simulator.ledger().captures).to.be.empty;
      });
    }

    it("9005: is captured, but answered with UNKNOWN_EXCEPTION until it is repeated", async () => {
      expect(await capture("9005")).to.include({ code: "UNKNOWN_EXCEPTION", resultStatus: "U" });
      expect(scene.simulator.ledger().captures[0]).to.include({ status: "SUCCESS" });
      expect(await capture("9005")).to.include({ code: "SUCCESS" });
      expect(scene.simulator.ledger().captures).to.have.length(1);
    });

    it("9006: is captured a little later, and only an inquiry tells so", async () => {
      expect((await capture("9006")).code).to.equal("CAPTURE_IN_PROCESS");
      await scene.pass(5_000);
      expect(told("CAPTURE_RESULT")).to.be.empty;
      expect(await transaction()).to.include({ transactionStatus: "SUCCESS" });
    });

    it("does the same to automatic captures", async () => {
      await scene.authorize({ paymentRequestId: "PAY_2", paymentAmount: EUR("9002") });
      await scene.authorize({ paymentRequestId: "PAY_3", paymentAmount: EUR("9004") });
      await scene.pass(2_000);
      await scene.pass(5_000);
      const codes = told("CAPTURE_RESULT").map((body) => field(body, "result", "resultCode"));
      expect(codes).to.have.members(["PROCESS_FAIL", "RISK_REJECT"]);
      expect(scene.simulator.ledger("PAY_2").authorizations[0]).to.include({ status: "AUTHORIZED" });
      await scene.pass(60_000);
      expect(scene.simulator.ledger("PAY_2").captures).to.have.length(1);
    });
  });

  describe("of a refund", () => {
    it("9021: is accepted, then fails, and its amount can be given back otherwise", async () => {
      expect(await refund("9021")).to.include({ code: "REFUND_IN_PROCESS", resultStatus: "U" });
      await scene.pass(2_000);
      const [body] = told("REFUND_RESULT");
      expect(body).to.include({ refundStatus: "FAIL" });
      expect(field(body, "result")).to.include({ resultCode: "PROCESS_FAIL", resultStatus: "F" });
      const { body: asked } = await scene.call("inquiryRefund", { refundRequestId: "RF_9021" });
      expect(asked).to.include({ refundStatus: "FAIL" });
      expect((await refundAgain("30000")).code).to.equal("REFUND_IN_PROCESS");
    });

    for (const [ending, code] of [
      ["9022", "MERCHANT_BALANCE_NOT_ENOUGH"],
      ["9023", "REFUND_WINDOW_EXCEED"],
    ] as const) {
      it(`${ending}: is refused with ${code}`, async () => {
        expect(await refund(ending)).to.include({ code, resultStatus: "F" });
        expect(scene.simulator.ledger().refunds).to.be.empty;
        expect((await scene.call("inquiryRefund", { refundRequestId: `RF_${ending}` })).code).to.equal(
          "REFUND_NOT_EXIST",
        );
      });
    }

    it("9024: is refunded, and only an inquiry tells so", async () => {
      await refund("9024");
      await scene.pass(2_000);
      expect(told("REFUND_RESULT")).to.be.empty;
      const { body } = await scene.call("inquiryRefund", { refundRequestId: "RF_9024" });
      expect(body).to.include({ refundStatus: "SUCCESS" });
    });

    it("9025: is accepted, but answered with UNKNOWN_EXCEPTION until it is repeated", async () => {
      expect(await refund("9025")).to.include({ code: "UNKNOWN_EXCEPTION", resultStatus: "U" });
      expect((await refundAgain("9025")).code).to.equal("REFUND_IN_PROCESS");
      expect(scene.simulator.ledger().refunds).to.have.length(1);
    });

    it("9026: is done at once, and notified", async () => {
      const answer = await refund("9026");
      expect(answer).to.include({ code: "SUCCESS", resultStatus: "S" });
      expect(answer.body).to.have.property("refundTime");
      await scene.pass(0);
      expect(told("REFUND_RESULT")[0]).to.include({ refundStatus: "SUCCESS" });
    });
  });

  describe("of a new total", () => {
    it("9041: is accepted, then declined by the bank, and the old amount stands", async () => {
      expect(await raise("59041")).to.include({ code: "SUCCESS", resultStatus: "S" });
      await scene.pass(2_000);
      const [body] = told("UPDATE_AMOUNT_RESULT");
      expect(field(body, "result")).to.include({ resultCode: "DO_NOT_HONOR", resultStatus: "F" });
      expect(body).to.deep.include({ updateRequestId: "UP_59041", paymentAmount: EUR("50000") });
      expect(await inquire()).to.deep.include({ paymentAmount: EUR("50000") });
      expect(await transaction()).to.include({ transactionType: "INCREMENTAL", transactionStatus: "FAIL" });
    });

    it("9042: is held, and only an inquiry tells so", async () => {
      await raise("59042");
      await scene.pass(2_000);
      expect(told("UPDATE_AMOUNT_RESULT")).to.be.empty;
      expect(await inquire()).to.deep.include({ paymentAmount: EUR("59042") });
    });

    it("9043: is accepted, but answered with UNKNOWN_EXCEPTION until it is repeated", async () => {
      expect(await raise("59043")).to.include({ code: "UNKNOWN_EXCEPTION", resultStatus: "U" });
      expect(await raise("59043")).to.include({ code: "SUCCESS" });
      expect(scene.simulator.ledger().increases).to.have.length(1);
    });

    it("9044: is refused with INCREMENTAL_NOT_SUPPORT", async () => {
      expect(await raise("59044")).to.include({ code: "INCREMENTAL_NOT_SUPPORT", resultStatus: "F" });
      expect(scene.simulator.ledger().increases).to.be.empty;
    });
  });

  describe("of what is held, when it is cancelled", () => {
    const held = (value: string) =>
      scene.authorize({ paymentRequestId: "PAY_2", paymentAmount: EUR(value), paymentFactor: MANUAL });
    const cancel = (id: string) => scene.call("cancel", { paymentId: id });

    for (const [ending, code] of [
      ["9061", "PROCESS_FAIL"],
      ["9063", "CANCEL_WINDOW_EXCEED"],
    ] as const) {
      it(`${ending}: is refused with ${code}, and stays held`, async () => {
        expect(await cancel(await held(ending))).to.include({ code, resultStatus: "F" });
        expect(scene.simulator.ledger("PAY_2").authorizations[0]).to.include({ status: "AUTHORIZED" });
      });
    }

    it("9062: is cancelled, but answered with UNKNOWN_EXCEPTION until it is repeated", async () => {
      const id = await held("9062");
      expect(await cancel(id)).to.include({ code: "UNKNOWN_EXCEPTION", resultStatus: "U" });
      expect(await cancel(id)).to.include({ code: "SUCCESS" });
      expect(scene.simulator.ledger("PAY_2").cancels).to.have.length(1);
    });
  });

  it("are no sum of prices in the demo's shop, which all end in 0", () => {
    for (const { price, name } of MENU) for (const value of Object.values(price)) expect(value, name).to.match(/0$/);
    for (const { ending } of AMOUNTS_TO_TRY) expect(ending).to.match(/^90[0-9][1-9]$/);
  });
});
