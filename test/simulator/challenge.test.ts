import { expect } from "chai";
import { KOREAN_HOLDER, WON } from "./support/cards.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit, visit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

const SOFT_DECLINE = "4035501000000016";
const EXEMPT = "4035501000000008";
const MASTERCARD = "5162774114974622";

const wish = (metaData: Record<string, unknown>): Record<string, unknown> => ({
  paymentMethod: { paymentMethodType: "CARD", paymentMethodMetaData: metaData },
});

describe("simulator: 3-D Secure", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const payment = () => scene.simulator.payments()[0];

  /** Pays on the hosted page and follows to the challenge. */
  async function challenge(metaData: Record<string, unknown>, fields: Record<string, string> = {}): Promise<string> {
    const url = pageOf(await scene.pay(wish(metaData)));
    const page = await submit(url, card(fields));
    expect(page).to.include({ status: 303, location: `${url}/challenge` });
    expect(payment()).to.include({ status: "PROCESSING" });
    return page.location;
  }

  it("challenges every card when the shop asks for it, and authorizes on approval", async () => {
    const url = await challenge({ is3DSAuthentication: true });
    const page = await visit(url);
    expect(page.text).to.include("405469******0768").and.include('value="approve"');
    expect(await submit(url, { outcome: "approve" })).to.include({ status: 303, location: scene.shop.returnUrl });
    await scene.pass(0);
    const result = field(scene.shop.received[0]?.body, "paymentResultInfo", "threeDSResult");
    expect(result).to.include({ threeDSVersion: "2.2.0", eci: "05", challenged: true, threeDSOffered: true });
    expect(Buffer.from(String(field(result, "cavv")), "base64")).to.have.length(20);
    expect(field(result, "dsTransactionId")).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("gives Mastercard its own ECI", async () => {
    await submit(await challenge({ is3DSAuthentication: true }, { cardNo: MASTERCARD }), { outcome: "approve" });
    await scene.pass(0);
    expect(field(scene.shop.received[0]?.body, "paymentResultInfo", "threeDSResult", "eci")).to.equal("02");
  });

  it("still lets the bank decline after the challenge", async () => {
    const url = await challenge({ is3DSAuthentication: true }, { cardNo: "4054692760174822" });
    await submit(url, { outcome: "approve" });
    expect(payment()).to.include({ status: "FAIL", code: "DO_NOT_HONOR" });
  });

  it("upgrades the card whose bank wants authentication, also when the shop said nothing", async () => {
    await submit(await challenge({}, { cardNo: SOFT_DECLINE }), { outcome: "approve" });
    expect(payment()).to.include({ status: "SUCCESS" });
  });

  it("fails that card when the shop switched the upgrade off", async () => {
    const url = pageOf(await scene.pay(wish({ enableAuthenticationUpgrade: false })));
    expect(await submit(url, card({ cardNo: SOFT_DECLINE }))).to.include({ location: scene.shop.returnUrl });
    expect(payment()).to.include({ status: "FAIL", code: "AUTHENTICATION_REQUIRED" });
  });

  it("excuses the exempt card and says so", async () => {
    const url = pageOf(await scene.pay(wish({ is3DSAuthentication: true })));
    expect(await submit(url, card({ cardNo: EXEMPT }))).to.include({ location: scene.shop.returnUrl });
    await scene.pass(0);
    expect(field(scene.shop.received[0]?.body, "paymentResultInfo", "threeDSResult")).to.include({
      exemptionType: "transactionRiskAnalysis",
      challenged: false,
    });
  });

  it("never challenges a Korean card", async () => {
    const url = pageOf(await scene.pay({ ...wish({ is3DSAuthentication: true }), ...WON }));
    await submit(url, card({ cardNo: "9490220011669217", ...KOREAN_HOLDER }));
    expect(payment()).to.include({ status: "SUCCESS" });
  });

  it("fails the payment when the buyer declines", async () => {
    const url = await challenge({ is3DSAuthentication: true });
    expect(await submit(url, { outcome: "decline" })).to.include({ status: 303, location: scene.shop.returnUrl });
    expect(payment()).to.include({ status: "FAIL", code: "USER_PAYMENT_VERIFICATION_FAILED" });
    await scene.pass(0);
    expect(field(scene.shop.received[0]?.body, "result", "resultStatus")).to.equal("F");
  });

  it("leaves the payment open until it expires when the buyer abandons the challenge", async () => {
    const url = await challenge({ is3DSAuthentication: true });
    expect(await submit(url, { outcome: "abandon" })).to.include({ status: 303, location: scene.shop.returnUrl });
    expect(payment()).to.include({ status: "PROCESSING" });
    expect(scene.shop.received).to.be.empty;
    await scene.pass(14 * 60_000);
    expect(payment()).to.include({ status: "FAIL", code: "ORDER_IS_CLOSED" });
  });

  it("lets the buyer come back after leaving and finish", async () => {
    const url = await challenge({ is3DSAuthentication: true });
    await submit(url, { outcome: "abandon" });
    await submit(url, { outcome: "approve" });
    expect(payment()).to.include({ status: "SUCCESS" });
  });

  it("authorizes once when the approval is sent twice", async () => {
    const url = await challenge({ is3DSAuthentication: true });
    await Promise.all([submit(url, { outcome: "approve" }), submit(url, { outcome: "approve" })]);
    await submit(url, { outcome: "decline" });
    expect(scene.simulator.ledger().authorizations).to.have.length(1);
  });

  it("cannot be approved before a card was entered, nor answered otherwise", async () => {
    const url = pageOf(await scene.pay(wish({ is3DSAuthentication: true })));
    expect((await submit(`${url}/challenge`, { outcome: "approve" })).location).to.equal(url);
    expect((await submit(`${url}/issuer`, { outcome: "approve" })).location).to.equal(url);
    expect((await submit(`${url}/challenge`, { outcome: "maybe" })).status).to.equal(422);
    expect(payment()).to.include({ status: "PROCESSING" });
  });
});
