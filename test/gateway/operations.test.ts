import { expect } from "chai";
import { captureFacts, captureRequest } from "../../lib/gateway/capture.js";
import { cancelFacts } from "../../lib/gateway/cancel.js";
import { createGateway, type Gateway } from "../../lib/gateway/gateway.js";
import { inquiryFacts } from "../../lib/gateway/inquiry-payment.js";
import { inquiryRefundFacts } from "../../lib/gateway/inquiry-refund.js";
import { createKeyRing } from "../../lib/gateway/key-ring.js";
import { privateKey } from "../../lib/gateway/keys.js";
import { refundFacts, refundRequest } from "../../lib/gateway/refund.js";
import { createTransport } from "../../lib/gateway/transport.js";
import { updateAmountFacts, updateAmountRequest } from "../../lib/gateway/update-amount.js";
import type { Fact } from "../../lib/payment/observation.js";
import type { Operation } from "../../lib/payment/operation.js";
import { MANUAL, openScene, type Scene } from "../simulator/support/scene.js";
import { anOperation } from "./an-operation.js";

const EUR = (value: string) => ({ currency: "EUR", value });
const silent = (): void => undefined;

/** The kit's calls and Antom's answers, over real HTTP and signed on both sides. */
describe("the operations on a payment", () => {
  const transport = createTransport();
  let scene: Scene;
  let gateway: Gateway;

  beforeEach(async () => {
    scene = await openScene();
    const { clientId, privateKey: key, antomPublicKey, gateway: origin } = scene.simulator.credentials;
    gateway = createGateway({
      clientId,
      privateKey: privateKey(key),
      keyVersion: "1",
      keyRing: createKeyRing(antomPublicKey),
      origin,
      timeout: 5000,
      transport,
      clock: scene.clock,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
    });
  });
  afterEach(() => scene.close());
  after(() => {
    transport.close();
  });

  const held = (): Promise<string> => scene.authorize({ paymentFactor: MANUAL });
  const capture = async (paymentId: string, operation: Operation, repeated = false): Promise<Fact[]> =>
    captureFacts(await gateway.capture(captureRequest({ operation, paymentId })), operation, repeated);
  const refund = async (paymentId: string, operation: Operation): Promise<Fact[]> =>
    refundFacts(await gateway.refund(refundRequest({ operation, paymentId })), operation, false);
  const inquireRefund = async (operation: Operation): Promise<Fact[]> =>
    inquiryRefundFacts(await gateway.inquireRefund(operation.id), operation);
  const increase = async (paymentId: string, operation: Operation): Promise<Fact[]> =>
    updateAmountFacts(await gateway.updateAmount(updateAmountRequest({ operation, paymentId })), operation, false);
  const inquire = async (): Promise<Fact[]> => inquiryFacts(await gateway.inquire("PAY_1"));

  it("capture: goes through once, however often it is sent, and an inquiry tells the same", async () => {
    const paymentId = await held();
    const operation = anOperation("capture");
    const [fact] = await capture(paymentId, operation);
    expect(fact).to.deep.include({
      kind: "capture",
      outcome: "succeeded",
      requestId: operation.id,
      paymentId,
      amount: EUR("1999"),
      settledAt: scene.clock.now(),
    });
    expect(await capture(paymentId, operation, true)).to.deep.equal([fact]);
    const captures = (await inquire()).filter(({ kind }) => kind === "capture");
    expect(captures).to.have.length(1);
    expect(captures[0]).to.deep.include({ requestId: operation.id, outcome: "succeeded", amount: EUR("1999") });
  });

  it("capture: a lost answer is made good by the same id", async () => {
    const paymentId = await held();
    const operation = anOperation("capture");
    scene.simulator.addFault({ operation: "capture", fault: "reset-after" });
    expect((await capture(paymentId, operation))[0]).to.include({ kind: "unanswered", operation: "capture" });
    expect((await capture(paymentId, operation, true))[0]).to.include({ kind: "capture", outcome: "succeeded" });
    expect((await inquire()).filter(({ kind }) => kind === "capture")).to.have.length(1);
  });

  it("capture: an id that was used for another amount says nothing, and a hold that has ended is refused", async () => {
    const paymentId = await held();
    const operation = anOperation("capture");
    await capture(paymentId, operation);
    expect(await capture(paymentId, anOperation("capture", { amount: EUR("5") }))).to.deep.equal([
      { kind: "capture", outcome: "pending", requestId: operation.id, doubtful: true },
    ]);
    const late = await scene.authorize({ paymentRequestId: "PAY_2", paymentFactor: MANUAL });
    await scene.pass(8 * 24 * 3_600_000);
    expect((await capture(late, anOperation("capture", { id: `${operation.id}1` })))[0]).to.include({
      outcome: "failed",
      code: "AUTH_EXPIRED",
    });
  });

  it("void: a hold is let go, and can be captured no more", async () => {
    const paymentId = await held();
    const operation = anOperation("void");
    expect(cancelFacts(await gateway.cancel("PAY_1"), operation.id)[0]).to.include({ outcome: "succeeded", paymentId });
    expect((await capture(paymentId, anOperation("capture")))[0]).to.include({
      outcome: "failed",
      code: "AUTH_CANCELLED",
    });
  });

  it("refund: is taken first, and asked about until it is through", async () => {
    const paymentId = await scene.captured();
    const operation = anOperation("refund", { amount: EUR("500"), reason: "broken mug" });
    expect(await inquireRefund(operation)).to.deep.equal([{ kind: "missing" }]);
    const [taken] = await refund(paymentId, operation);
    expect(taken).to.deep.include({ kind: "refund", outcome: "pending", paymentId, amount: EUR("500") });
    expect(taken).not.to.have.property("code");
    expect((await inquireRefund(operation))[0]).to.deep.include({ outcome: "pending", amount: EUR("500") });
    await scene.pass(60_000);
    const [through] = await inquireRefund(operation);
    expect(through).to.deep.include({ outcome: "succeeded", requestId: operation.id, amount: EUR("500") });
    expect(through).to.have.property("settledAt").that.is.at.most(scene.clock.now());
  });

  it("refund: more than was captured, and what was never captured, are refused", async () => {
    const paymentId = await scene.captured();
    expect((await refund(paymentId, anOperation("refund", { amount: EUR("2000") })))[0]).to.include({
      outcome: "failed",
      code: "REFUND_AMOUNT_EXCEED",
    });
    const only = await scene.authorize({ paymentRequestId: "PAY_2", paymentFactor: MANUAL });
    expect((await refund(only, anOperation("refund", { id: "PAY_2R1" })))[0]).to.include({
      outcome: "failed",
      code: "ORDER_STATUS_INVALID",
    });
  });

  it("increase: is taken first, and an inquiry tells that more is held", async () => {
    const paymentId = await held();
    const operation = anOperation("increase", { amount: EUR("3000") });
    expect(await increase(paymentId, operation)).to.deep.equal([
      { kind: "increase", outcome: "pending", requestId: operation.id, paymentId, amount: EUR("3000") },
    ]);
    await scene.pass(60_000);
    const told = (await inquire()).find(({ kind }) => kind === "increase");
    expect(told).to.include({ requestId: operation.id, outcome: "succeeded" }).and.not.to.have.property("gatewayId");
    expect((await capture(paymentId, anOperation("capture", { amount: EUR("3000") })))[0]).to.include({
      outcome: "succeeded",
    });
  });

  it("increase: a captured payment is not raised", async () => {
    const paymentId = await scene.captured();
    expect((await increase(paymentId, anOperation("increase", { amount: EUR("3000") })))[0]).to.include({
      outcome: "failed",
      code: "INCREMENTAL_NOT_SUPPORT",
    });
  });

  for (const operation of ["capture", "refund", "updateAmount"] as const) {
    it(`${operation}: a failing system leaves it unknown, and a first call that Antom does not take has failed`, async () => {
      const kind = operation === "updateAmount" ? "increase" : operation;
      const step = { capture, refund, updateAmount: increase }[operation];
      scene.simulator.addFault({ operation, fault: "result", resultCode: "SYSTEM_ERROR" });
      expect(await step("P1", anOperation(kind))).to.deep.equal([
        { kind, outcome: "pending", requestId: anOperation(kind).id, doubtful: true },
      ]);
      scene.simulator.addFault({ operation, fault: "result", resultCode: "PARAM_ILLEGAL" });
      expect((await step("P1", anOperation(kind)))[0]).to.include({ kind, outcome: "failed", code: "PARAM_ILLEGAL" });
    });
  }
});
