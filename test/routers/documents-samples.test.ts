import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { PaymentView } from "../../lib/index.js";
import { opening } from "../../lib/payment/opening.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { CLIENT_ID } from "../support/keys.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type TestShop } from "../support/shop.js";

interface Sample extends Record<string, unknown> {
  readonly paymentRequestId: string;
  readonly paymentAmount: { readonly currency: string; readonly value: string };
}

/** The documents' own JSON, as it stands in them. */
const sample = (name: string): Sample =>
  JSON.parse(readFileSync(join(__dirname, "../gateway/samples", `${name}.json`), "utf8")) as Sample;

describe("the documents' own samples, through the real endpoints", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  const storage = memoryStorage();

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    shop = await startShop({ gateway: gateway.url, worker: false, storage });
    await shop.antom.start();
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  /** A payment that bears the sample's id and amount, opened a moment ago. */
  const open = async ({ paymentRequestId, paymentAmount }: Sample): Promise<string> => {
    const at = Date.now();
    const { payment, entry, tasks } = opening({
      id: paymentRequestId,
      clientId: CLIENT_ID,
      orderId: `order of ${paymentRequestId}`,
      amount: paymentAmount,
      captureMode: "AUTOMATIC",
      method: "hosted",
      locale: "en",
      request: { paymentRequestId, paymentAmount },
      at,
      expiresAt: at + 60_000,
    });
    await storage.start();
    await storage.open({ payment, isLive: true, entry, tasks });
    return paymentRequestId;
  };

  const fresh = (body: Sample, suffix: string): Sample => ({
    ...body,
    paymentRequestId: `${body.paymentRequestId}-${suffix}`,
    paymentId: `${String(body["paymentId"])}-${suffix}`,
  });

  const notified = async (name: string): Promise<PaymentView> => {
    const body = fresh(sample(name), name);
    const id = await open(body);
    expect((await shop.notify(body)).status).to.equal(200);
    return shop.antom.payments.get(id);
  };

  const inquired = async (name: string): Promise<PaymentView> => {
    const body = fresh(sample(name), name);
    const id = await open(body);
    gateway.on("inquiryPayment", () => body);
    return shop.antom.payments.inquire(id);
  };

  const paid = async (name: string): Promise<PaymentView> => {
    const body = sample(name);
    shop.orders.set(name, anOrder(name, { amount: body.paymentAmount }));
    gateway.on("pay", ({ body: { paymentRequestId } }) => ({ ...body, paymentRequestId }));
    const { payment } = await answerOf(await shop.checkout(name));
    return shop.antom.payments.get(payment.id);
  };

  const threeDS = { eci: "02", threeDSVersion: "2.2.0", cavv: "cavvSample", dsTransactionId: "sample_dsTranasctionId" };
  const checks = { avsResultRaw: "A", cvvResultRaw: "Y", networkTransactionId: "sampleNetworkTransactionId123456" };

  for (const [ways, take] of [
    ["notify-payment", notified],
    ["inquiry-answer", inquired],
  ] as const) {
    it(`${ways} (3D) authorizes the payment and keeps what the card's checks said`, async () => {
      const payment = await take(`${ways}.3d`);
      expect(payment.status).to.equal("authorized");
      expect(payment.resultInfo).to.deep.equal({ ...checks, threeDSResult: threeDS });
    });

    it(`${ways} (non-3D) authorizes the payment`, async () => {
      const payment = await take(`${ways}.non-3d`);
      expect(payment.status).to.equal("authorized");
      expect(payment.resultInfo).to.deep.equal(checks);
    });

    it(`${ways} (Korean) authorizes the payment, without empty checks`, async () => {
      const payment = await take(`${ways}.korean`);
      expect(payment.status).to.equal("authorized");
      expect(payment.resultInfo).to.deep.equal({ paymentMethodRegion: "KR" });
      expect(payment.authorizationExpiresAt).to.equal(Date.parse("2024-03-25T19:36:54-07:00"));
    });
  }

  it("a pay answer that succeeded authorizes the payment", async () => {
    expect((await paid("pay-answer.succeeded")).status).to.equal("authorized");
  });

  it("a pay answer that failed fails it, though it bears a paymentId", async () => {
    const payment = await paid("pay-answer.failed");
    expect(payment.status).to.equal("failed");
    expect(payment.failureCode).to.equal("ACCESS_DENIED");
    expect(payment.paymentId).to.match(/^2021/);
  });

  it("a pay answer in process sends the buyer to normalUrl", async () => {
    const payment = await paid("pay-answer.in-process");
    expect(payment.status).to.equal("requires_action");
    expect(payment.action).to.deep.equal({ method: "GET", url: sample("pay-answer.in-process")["normalUrl"] });
  });
});
