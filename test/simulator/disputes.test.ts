import { expect } from "chai";
import { DISPUTE_STEPS, OperatorProblem, type DisputeStep } from "../../lib/simulator.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit, visit } from "./support/pages.js";
import { MANUAL, openScene, type Scene } from "./support/scene.js";
import { Shop, type Received } from "./support/shop.js";
import { isSigned } from "./support/signed.js";

const MINUTE = 60_000;
const EUR = (value: string) => ({ currency: "EUR", value });
const JSON_TYPE = { "content-type": "application/json" };

describe("simulator: disputes and reversals", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const at = (path: string) => `${scene.simulator.credentials.gateway}/simulator${path}`;
  const disputes = (shop: Shop = scene.shop): Received[] =>
    shop.received.filter(({ body }) => "disputeNotificationType" in body);
  const last = () => disputes().at(-1)?.body;
  const step = async (wish: DisputeStep) => {
    scene.simulator.dispute("PAY_1", wish);
    await scene.pass(0);
  };

  describe("a dispute", () => {
    it("is told with the documented fields, signed, and without notifyType and result", async () => {
      const paymentId = await scene.captured();
      const dispute = scene.simulator.dispute("PAY_1");
      await scene.pass(0);
      const [received] = disputes();
      expect(isSigned(scene.simulator, received)).to.be.true;
      expect(received?.body).to.deep.equal({
        paymentRequestId: "PAY_1",
        paymentId,
        disputeId: dispute.disputeId,
        disputeNotificationType: "DISPUTE_CREATED",
        disputeTime: "2026-01-15T20:00:02+08:00",
        disputeAmount: EUR("1999"),
        disputeType: "CHARGEBACK",
        disputeReasonCode: "10.4",
        disputeReasonMsg: "Other fraud, card absent",
        disputeSource: "VISA",
        captureId: scene.simulator.ledger().captures[0]?.captureId,
        defendable: true,
        defenseDueTime: "2026-01-29T20:00:02+08:00",
      });
    });

    it("goes through defense and judgement under one id", async () => {
      await scene.captured();
      for (const wish of ["DISPUTE_CREATED", "DEFENSE_DUE_ALERT", "DEFENSE_SUPPLIED"] as const) await step(wish);
      scene.simulator.dispute("PAY_1", { step: "DISPUTE_JUDGED", judgedResult: "ACCEPT_BY_CUSTOMER" });
      await scene.pass(0);
      expect(disputes().map(({ body }) => body["disputeNotificationType"])).to.deep.equal([
        "DISPUTE_CREATED",
        "DEFENSE_DUE_ALERT",
        "DEFENSE_SUPPLIED",
        "DISPUTE_JUDGED",
      ]);
      expect(new Set(disputes().map(({ body }) => body["disputeId"])).size).to.equal(1);
      expect(last())
        .to.include({ disputeJudgedResult: "ACCEPT_BY_CUSTOMER" })
        .and.not.have.any.keys("disputeJudgedAmount");
      expect(scene.simulator.ledger("PAY_1").disputes).to.have.length(1);
      expect(scene.simulator.ledger("PAY_1").disputes[0]).to.deep.include({
        status: "DISPUTE_JUDGED",
        judgedResult: "ACCEPT_BY_CUSTOMER",
        amount: EUR("1999"),
      });
    });

    it("tells what the merchant is charged with when it is judged against it", async () => {
      await scene.captured();
      scene.simulator.dispute("PAY_1", { amount: EUR("500"), type: "RETRIEVAL_REQUEST", reasonCode: "30" });
      await scene.pass(0);
      await step("DISPUTE_JUDGED");
      expect(last()).to.deep.include({
        disputeType: "RETRIEVAL_REQUEST",
        disputeReasonCode: "30",
        disputeJudgedResult: "ACCEPT_BY_MERCHANT",
        disputeJudgedAmount: EUR("500"),
        disputeJudgedTime: "2026-01-15T20:00:02+08:00",
      });
    });

    it("is accepted with a reason, or cancelled, or resolved before it is heard of", async () => {
      await scene.captured();
      await step("DISPUTE_CREATED");
      scene.simulator.dispute("PAY_1", { step: "DISPUTE_ACCEPTED", acceptReason: "TIMEOUT" });
      await scene.pass(0);
      expect(last()).to.include({ disputeAcceptReason: "TIMEOUT", disputeAcceptTime: "2026-01-15T20:00:02+08:00" });
      await step("DISPUTE_CREATED");
      await step("DISPUTE_CANCELLED");
      await step("RDR_RESOLVED");
      expect(last()).to.include({ disputeNotificationType: "RDR_RESOLVED" });
      const statuses = scene.simulator.ledger().disputes.map(({ status }) => status);
      expect(statuses).to.deep.equal(["DISPUTE_ACCEPTED", "DISPUTE_CANCELLED", "RDR_RESOLVED"]);
    });

    it("is sent again until the shop acknowledges it", async () => {
      await scene.captured();
      scene.shop.refuse();
      await step("DISPUTE_CREATED");
      scene.shop.acknowledge();
      await scene.pass(2 * MINUTE);
      await scene.pass(60 * MINUTE);
      expect(disputes()).to.have.length(2);
      expect(disputes()[1]?.raw).to.equal(disputes()[0]?.raw);
      const shown = scene.simulator.notifications().at(-1);
      expect(shown).to.include({ notifyType: "DISPUTE_CREATED", state: "acknowledged" });
    });

    it("goes to the address of the Dashboard when there is one", async () => {
      const dashboard = await new Shop().open();
      const other = await openScene({ notifyUrl: dashboard.notifyUrl });
      try {
        await other.captured();
        other.simulator.dispute("PAY_1");
        await other.pass(0);
        expect(disputes(dashboard)).to.have.length(1);
        expect(disputes(other.shop)).to.be.empty;
      } finally {
        await other.close();
        await dashboard.close();
      }
    });

    it("wants a captured payment, a sum that was captured, and steps in their order", async () => {
      const problem = (action: () => unknown, text: string) => {
        expect(action).to.throw(OperatorProblem, text);
      };
      problem(() => scene.simulator.dispute("PAY_0"), "no payment with the id PAY_0");
      await scene.authorize({ paymentFactor: MANUAL });
      problem(() => scene.simulator.dispute("PAY_1"), "nothing of it is");
      await scene.captured({ paymentRequestId: "PAY_2" });
      problem(() => scene.simulator.dispute("PAY_2", "DISPUTE_JUDGED"), "send DISPUTE_CREATED before");
      problem(() => scene.simulator.dispute("PAY_2", { amount: EUR("2000") }), "No more than EUR 1999");
      problem(() => scene.simulator.dispute("PAY_2", { amount: { currency: "USD", value: "5" } }), "No more than EUR");
      scene.simulator.dispute("PAY_2");
      problem(() => scene.simulator.dispute("PAY_2"), "has an open dispute already");
      expect(scene.simulator.ledger().disputes).to.have.length(1);
    });
  });

  describe("a reversal", () => {
    it("tells of a payment that came off after it expired", async () => {
      const { body } = await scene.pay();
      await scene.pass(14 * MINUTE);
      const reversal = scene.simulator.reversal("PAY_1");
      await scene.pass(0);
      const [received] = scene.shop.ofType("PAYMENT_REVERSAL");
      expect(isSigned(scene.simulator, received)).to.be.true;
      expect(received?.body).to.deep.include({
        paymentRequestId: "PAY_1",
        paymentId: body["paymentId"],
        paymentAmount: EUR("1999"),
        paymentTime: "2026-01-15T20:14:00+08:00",
      });
      expect(field(received?.body, "result")).to.include({ resultCode: "SUCCESS", resultStatus: "S" });
      expect(scene.simulator.ledger("PAY_1").reversals).to.deep.equal([reversal]);
    });

    it("is of a payment that was closed unpaid, and once", async () => {
      await scene.pay();
      expect(() => scene.simulator.reversal("PAY_1")).to.throw(OperatorProblem, "expired, or was cancelled");
      await submit(pageOf(await scene.pay({ paymentRequestId: "PAY_2" })), card({ cardNo: "4054692760174822" }));
      expect(() => scene.simulator.reversal("PAY_2")).to.throw(OperatorProblem);
      await scene.call("cancel", { paymentRequestId: "PAY_1" });
      scene.simulator.reversal("PAY_1");
      expect(() => scene.simulator.reversal("PAY_1")).to.throw(OperatorProblem, "once");
      await scene.authorize({ paymentRequestId: "PAY_3", paymentFactor: MANUAL });
      await scene.call("cancel", { paymentRequestId: "PAY_3" });
      expect(() => scene.simulator.reversal("PAY_3")).to.throw(OperatorProblem);
    });
  });

  describe("by hand", () => {
    const post = (path: string, body: unknown) =>
      visit(at(path), { method: "POST", headers: JSON_TYPE, body: JSON.stringify(body) });

    it("are asked for in JSON, and listed", async () => {
      const paymentId = await scene.captured();
      const made = await post("/disputes", { payment: paymentId, step: "DISPUTE_CREATED", amount: EUR("500") });
      expect(made.status).to.equal(201);
      const { dispute } = JSON.parse(made.text) as { dispute: unknown };
      expect(dispute).to.deep.include({ paymentRequestId: "PAY_1", status: "DISPUTE_CREATED", amount: EUR("500") });
      expect(field(JSON.parse((await visit(at("/disputes"))).text), "disputes", "0")).to.deep.equal(dispute);
      await scene.pay({ paymentRequestId: "PAY_2" });
      await scene.call("cancel", { paymentRequestId: "PAY_2" });
      expect((await post("/reversals", { payment: "PAY_2" })).status).to.equal(201);
      expect(field(JSON.parse((await visit(at("/reversals"))).text), "reversals", "0")).to.include({
        paymentRequestId: "PAY_2",
      });
      await scene.pass(0);
      expect(disputes()).to.have.length(1);
      expect(scene.shop.ofType("PAYMENT_REVERSAL")).to.have.length(1);
    });

    it("are answered with 400 and the reason where they cannot be", async () => {
      await scene.captured();
      const wrong: readonly [string, unknown, string][] = [
        ["/disputes", {}, "payment is missing"],
        ["/disputes", { payment: "PAY_9" }, "no payment with the id"],
        ["/disputes", { payment: "PAY_1", step: "DISPUTE_WON" }, "step has a value that is not allowed"],
        ["/disputes", { payment: "PAY_1", amount: EUR("0") }, "amount.value has the wrong format"],
        ["/disputes", { payment: "PAY_1", step: "DEFENSE_SUPPLIED" }, "no open dispute"],
        ["/disputes", null, "must be object"],
        ["/reversals", { payment: "PAY_1" }, "Only a payment that expired"],
        ["/reversals", [], "must be object"],
      ];
      for (const [path, body, reason] of wrong) {
        const { status, text } = await post(path, body);
        expect(status, text).to.equal(400);
        expect(field(JSON.parse(text), "error"), text).to.include(reason);
      }
      expect((await visit(at("/disputes"), { method: "DELETE" })).status).to.equal(405);
      expect(disputes()).to.be.empty;
    });

    it("are asked for on the page, which shows them and says what cannot be", async () => {
      expect((await visit(at(""))).text).to.include("once it is captured; none is yet");
      await scene.captured();
      const { text } = await visit(at(""));
      for (const name of DISPUTE_STEPS) expect(text).to.include(`<option>${name}</option>`);
      const form = { payment: "PAY_1", step: "DISPUTE_CREATED", judgedResult: "ACCEPT_BY_MERCHANT" };
      expect(await submit(at("/disputes"), form)).to.include({ status: 303, location: at("") });
      await scene.pass(0);
      expect(disputes()).to.have.length(1);
      expect((await visit(at(""))).text).to.include('<span class="bad">DISPUTE_CREATED</span>');
      const again = await submit(at("/disputes"), form);
      expect(again.status).to.equal(400);
      expect(again.text).to.include("has an open dispute already");
      await submit(at("/disputes"), { ...form, step: "DISPUTE_JUDGED" });
      expect((await visit(at(""))).text).to.include('<span class="quiet">DISPUTE_JUDGED</span>');
    });

    it("shows the amounts to try on the page", async () => {
      expect((await visit(at(""))).text)
        .to.include("9021")
        .and.include("refused with MERCHANT_BALANCE_NOT_ENOUGH");
    });
  });

  describe("the ledger of one payment", () => {
    it("has its effects and nobody else's, by any of its ids", async () => {
      const first = await scene.captured({ paymentFactor: { isAuthorization: true } });
      await scene.captured({ paymentRequestId: "PAY_2" });
      const only = scene.simulator.ledger("PAY_1");
      expect(only.captures).to.have.length(1);
      expect(scene.simulator.ledger(first)).to.deep.equal(only);
      expect(scene.simulator.ledger("ORDER_1").captures).to.have.length(2);
      const { text } = await visit(at("/ledger?payment=PAY_1"));
      expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(only)));
      expect(scene.simulator.ledger("PAY_9").authorizations).to.be.empty;
    });
  });
});
