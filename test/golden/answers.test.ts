import { expect } from "chai";
import type { Amount, AntomOptions, EventType, Order, PaymentView } from "../../lib/index.js";
import { sample } from "../gateway/sample.js";
import { inProcess, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { APP_HEADERS, openMerchant, type Merchant } from "./merchant.js";
import { cardOf } from "./prose.js";

const CHECKED = { avsResultRaw: "A", cvvResultRaw: "Y", networkTransactionId: "sampleNetworkTransactionId123456" };
const THREE_DS = { eci: "02", threeDSVersion: "2.2.0", cavv: "cavvSample", dsTransactionId: "sample_dsTranasctionId" };

/** A sample about the payment with this id, and otherwise as the document has it. */
const about = (name: string, id: string): Record<string, unknown> => ({ ...sample(name), paymentRequestId: id });

describe("the documents' answers and notifications, through a merchant's checkout", () => {
  let antom: ScriptedAntom;
  let merchant: Merchant;
  beforeEach(async () => {
    antom = await startScriptedAntom();
  });
  afterEach(async () => {
    await merchant.stop();
    await antom.stop();
  });

  const open = async (name: string, order: Partial<Order> = {}, options: Partial<AntomOptions> = {}) => {
    const amount = sample(name)["paymentAmount"] as Amount;
    const anOrder = { orderId: "order-1", description: "Two mugs", amount, ...order };
    merchant = await openMerchant(antom.url, anOrder, { pciQualified: true, ...options });
  };

  interface Taken {
    readonly id: string;
    readonly status: string;
    readonly redirect: string;
    readonly statusUrl: string;
  }

  const checkout = async (fields: object): Promise<Taken> => {
    const { body, text } = await merchant.checkout(fields, APP_HEADERS);
    const payment = body["payment"] as { id: string; status: string } | undefined;
    expect(payment, text).to.be.an("object");
    return { id: "", status: "", ...payment, redirect: String(body["redirect"]), statusUrl: String(body["statusUrl"]) };
  };

  /** The payment as the shop's hook is told of it. */
  const told = async (type: EventType): Promise<PaymentView> => (await merchant.recorder.waitFor(type)).payment;

  const expectChecked = ({ checks }: PaymentView, threeDS: boolean): void => {
    expect(checks?.avs).to.include({ code: "A", street: "match", postalCode: "mismatch" });
    expect(checks?.cvv).to.include({ code: "Y", result: "match" });
    if (threeDS) expect(checks?.threeDS).to.include({ version: "2.2.0", eci: "02", authentication: "full" });
    else expect(checks).not.to.have.property("threeDS");
  };

  // pay

  const paySucceeds = async (account: "antom" | "apo" = "antom"): Promise<void> => {
    await open("pay-answer.succeeded", {}, { account });
    antom.on("pay", ({ body }) => about("pay-answer.succeeded", String(body["paymentRequestId"])));
    const { id, status } = await checkout({ method: "card", card: cardOf("visa") });
    expect(status).to.equal("authorized");
    const payment = await told("payment.authorized");
    expect(payment).to.deep.include({
      id,
      paymentId: "20211112194010800100188570271832381",
      amount: { currency: "EUR", value: "1314" },
      authorizedAmount: "1314",
      resultInfo: CHECKED,
    });
    expectChecked(payment, false);
  };

  it("000: the pay answer authorizes a card's payment at once, with what its checks said", () => paySucceeds());
  it("001: the pay answer authorizes a card's payment at once, with what its checks said", () => paySucceeds());
  it("002: the pay answer authorizes an orchestration account's payment at once", () => paySucceeds("apo"));
  it("003: the pay answer authorizes a card's payment at once, with what its checks said", () => paySucceeds());
  it("004: the pay answer that succeeded authorizes a card's payment at once", () => paySucceeds());

  it("a pay answer that succeeded is believed of the hosted page too, though documents say it cannot be", async () => {
    await open("pay-answer.succeeded");
    antom.on("pay", ({ body }) => about("pay-answer.succeeded", String(body["paymentRequestId"])));
    expect((await checkout({})).status).to.equal("authorized");
  });

  it("004: the pay answer that failed fails the payment, though it bears ids and checks; a new checkout has a new id", async () => {
    await open("pay-answer.failed");
    antom.on("pay", ({ body }) => about("pay-answer.failed", String(body["paymentRequestId"])));
    const { id, status } = await checkout({ method: "card", card: cardOf("visa") });
    expect(status).to.equal("failed");
    const payment = await told("payment.failed");
    expect(payment).to.deep.include({ id, failureCode: "ACCESS_DENIED", authorizedAmount: "0", resultInfo: CHECKED });
    expect(payment.decline).to.include({ code: "ACCESS_DENIED" });
    expectChecked(payment, false);
    antom.on("pay", inProcess);
    expect((await checkout({})).id).not.to.equal(id);
  });

  it("004: the pay answer in process sends the buyer from the kit's page to normalUrl", async () => {
    await open("pay-answer.in-process");
    antom.on("pay", ({ body }) => about("pay-answer.in-process", String(body["paymentRequestId"])));
    const { id, status, redirect } = await checkout({ method: "issuer-authentication", cardBrand: "SAMSUNG" });
    expect(status).to.equal("requires_action");
    const { action, resultInfo } = await merchant.antom.payments.get(id);
    expect(action).to.deep.equal({ method: "GET", url: sample("pay-answer.in-process")["normalUrl"] });
    expect(resultInfo).to.equal(undefined);
    const page = await (await fetch(redirect)).text();
    expect(page.replaceAll("&#x3D;", "=").replaceAll("&amp;", "&")).to.include(
      "https://pgw-ui.2c2p.com/payment/4.1/ant/",
    );
    expect(page).not.to.include("tosspayments");
  });

  // notifyPayment

  /** A payment the buyer was sent to a page for, by an answer that bears the sample's own paymentId. */
  const waiting = async (name: string, fields: object = {}, options: Partial<AntomOptions> = {}): Promise<Taken> => {
    await open(name, {}, options);
    const { paymentId } = sample(name);
    antom.on("pay", (call) => ({ ...inProcess(call), paymentId }));
    antom.on("inquiryPayment", ({ body }) => ({
      result: { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success" },
      paymentStatus: "PROCESSING",
      paymentRequestId: body["paymentRequestId"],
      paymentId,
    }));
    const taken = await checkout(fields);
    expect(taken.status).to.equal("requires_action");
    return taken;
  };

  const notified = async (name: string, fields: object = {}, options: Partial<AntomOptions> = {}) => {
    const { id } = await waiting(name, fields, options);
    const answer = await merchant.notify(about(name, id));
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({
      result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
    });
    const payment = await told("payment.authorized");
    expect(payment).to.include({ id, status: "authorized", paymentId: "2020010123456789XXXX" });
    return payment;
  };

  const withThreeDS = async (fields: object = {}, options: Partial<AntomOptions> = {}): Promise<void> => {
    const payment = await notified("notify-payment.3d", fields, options);
    expect(payment.resultInfo).to.deep.equal({ ...CHECKED, threeDSResult: THREE_DS });
    expect(payment.authorizedAt).to.equal(Date.parse("2020-01-01T12:01:01+08:30"));
    expectChecked(payment, true);
  };

  it("000: notifyPayment with 3-D Secure authorizes the payment and tells its result, caav read as cavv", () =>
    withThreeDS());
  it("001: notifyPayment with 3-D Secure authorizes the payment and tells its result, caav read as cavv", () =>
    withThreeDS());
  it("002: notifyPayment with 3-D Secure authorizes an orchestration account's payment", () =>
    withThreeDS({ method: "card", card: cardOf("visa") }, { account: "apo" }));
  it("003: notifyPayment with 3-D Secure authorizes the payment and tells its result, caav read as cavv", () =>
    withThreeDS());
  it("004: notifyPayment with 3-D Secure authorizes the payment and tells its result, caav read as cavv", () =>
    withThreeDS());

  it("004: notifyPayment without 3-D Secure authorizes the payment", async () => {
    const payment = await notified("notify-payment.non-3d");
    expect(payment.resultInfo).to.deep.equal(CHECKED);
    expectChecked(payment, false);
  });

  const korean = async (): Promise<void> => {
    const fields = { method: "issuer-authentication", cardBrand: "SAMSUNG" };
    const payment = await notified("notify-payment.korean", fields);
    expect(payment).to.deep.include({
      amount: { currency: "KRW", value: "120" },
      actualAmount: { currency: "KRW", value: "120" },
      resultInfo: { paymentMethodRegion: "KR" },
      authorizedAt: Date.parse("2024-03-18T19:36:54-07:00"),
    });
    expect(payment).not.to.have.property("checks");
  };

  it("000: notifyPayment of a Korean card tells the actual amount and its region, and no empty checks", korean);
  it("003: notifyPayment of a Korean card tells the actual amount and its region, and no empty checks", korean);
  it("004: notifyPayment of a Korean card tells the actual amount and its region, and no empty checks", korean);

  // inquiryPayment

  /** "I have paid": the buyer's page asks, and Antom answers with the sample. */
  const inquired = async (name: string, fields: object = {}): Promise<PaymentView> => {
    const { id, statusUrl } = await waiting(name, fields);
    antom.on("inquiryPayment", () => about(name, id));
    const response = await fetch(statusUrl, { method: "POST", headers: { accept: "application/json" } });
    expect(((await response.json()) as { payment: object }).payment).to.include({ id, status: "authorized" });
    return told("payment.authorized");
  };

  it("004: inquiryPayment with 3-D Secure authorizes the payment and tells its result", async () => {
    const payment = await inquired("inquiry-answer.3d");
    expect(payment.resultInfo).to.deep.equal({ ...CHECKED, threeDSResult: THREE_DS });
    expect(payment.amount).to.deep.equal({ currency: "USD", value: "500" });
    expectChecked(payment, true);
  });

  it("004: inquiryPayment without 3-D Secure authorizes the payment", async () => {
    const payment = await inquired("inquiry-answer.non-3d");
    expect(payment.resultInfo).to.deep.equal(CHECKED);
    expectChecked(payment, false);
  });

  it("004: inquiryPayment of a Korean card tells until when the hold can be captured", async () => {
    const payment = await inquired("inquiry-answer.korean", { method: "issuer-authentication", cardBrand: "SAMSUNG" });
    expect(payment.resultInfo).to.deep.equal({ paymentMethodRegion: "KR" });
    expect(payment.authorizationExpiresAt).to.equal(Date.parse("2024-03-25T19:36:54-07:00"));
    expect(payment).not.to.have.property("checks");
  });

  it("the buyer's way back asks Antom as well, and shows that it is paid", async () => {
    const { id } = await waiting("inquiry-answer.3d");
    antom.on("inquiryPayment", () => about("inquiry-answer.3d", id));
    const { paymentRedirectUrl } = antom.calls.find(({ operation }) => operation === "pay")?.body ?? {};
    const response = await fetch(String(paymentRedirectUrl), { headers: { accept: "text/html" } });
    expect(response.status).to.equal(200);
    expect((await merchant.antom.payments.get(id)).status).to.equal("authorized");
  });
});
