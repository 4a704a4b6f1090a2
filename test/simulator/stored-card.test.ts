import { expect } from "chai";
import type { SimulatorOptions } from "../../lib/simulator.js";
import {
  byToken,
  hosted,
  KOREAN_HOLDER,
  message,
  SAMPLE_CARD,
  storeCard,
  testCard,
  threeDSResult,
  withCard,
  withCardOf,
  WON,
} from "./support/cards.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: stored cards", () => {
  let scene: Scene;
  const open = async (options: SimulatorOptions = {}) => {
    scene = await openScene(options);
  };
  afterEach(() => scene.close());

  const notified = () => scene.shop.received[0]?.body;

  describe("tokens", () => {
    beforeEach(() => open());

    it("come from the hosted page when the buyer ticks the box, in notification and inquiry only", async () => {
      for (const metaData of [{}, { tokenizeMode: "ASKFORCONSENT" }]) {
        await scene.close();
        await open();
        const answer = await scene.pay(hosted(metaData));
        await submit(pageOf(answer), card({ saveCard: "yes" }));
        await scene.pass(0);
        const token = String(field(notified(), "paymentResultInfo", "cardToken"));
        expect(token).to.match(/^ALIPAY[A-Za-z0-9+/=]+$/);
        expect(field(notified(), "cardInfo", "cardToken")).to.equal(token);
        const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" });
        expect(field(body, "paymentResultInfo", "cardToken")).to.equal(token);
        expect(field(body, "cardInfo", "cardToken")).to.equal(token);
        expect((await scene.pay(hosted(metaData))).text).not.to.include(token);
        const again = await scene.pay(byToken(token));
        expect(again).to.include({ code: "SUCCESS", resultStatus: "S" });
        expect(again.body["paymentResultInfo"]).to.include({ lastFour: "0768", expiryMonth: "12", expiryYear: "34" });
      }
    });

    it("are not given when the buyer did not agree", async () => {
      await scene.authorize(hosted({ tokenizeMode: "ASKFORCONSENT" }));
      expect(field(notified(), "paymentResultInfo")).not.to.have.property("cardToken");
    });

    it("come with tokenize from server to server, as flag or as text, never in the answer itself", async () => {
      for (const tokenize of [true, "true"]) {
        const paymentRequestId = `PAY_${typeof tokenize}`;
        const answer = await scene.pay({ paymentRequestId, ...withCard(SAMPLE_CARD, { tokenize }) });
        expect(answer.text).not.to.include("cardToken");
      }
      expect(scene.simulator.payments().map(({ cardToken }) => cardToken?.slice(0, 6))).to.deep.equal([
        "ALIPAY",
        "ALIPAY",
      ]);
    });

    it("are not given for a payment that failed", async () => {
      await scene.pay(withCardOf("visa-declined", { tokenize: true }));
      await scene.pass(0);
      expect(scene.shop.received[0]?.raw).not.to.include("cardToken");
    });

    it("come after 3-D Secure was passed, too", async () => {
      const url = pageOf(await scene.pay(withCardOf("visa", { tokenize: true, is3DSAuthentication: true })));
      expect(scene.simulator.payments()[0]?.cardToken).to.be.undefined;
      await submit(`${url}/challenge`, { outcome: "approve" });
      expect(scene.simulator.payments()[0]?.cardToken).to.match(/^ALIPAY/);
    });

    it("must come with isCardOnFile", async () => {
      const { token } = await storeCard(scene, "visa");
      for (const isCardOnFile of [undefined, false, "false"]) {
        const answer = await scene.pay(byToken(token, { isCardOnFile }));
        expect(answer.code).to.equal("PARAM_ILLEGAL");
        expect(message(answer)).to.include("isCardOnFile");
      }
      expect((await scene.pay(byToken(token, { isCardOnFile: "true" }))).code).to.equal("SUCCESS");
    });

    it("that were not issued here fail the payment", async () => {
      expect(await scene.pay(byToken("ALIPAYsomething=="))).to.include({
        code: "INVALID_ACCESS_TOKEN",
        resultStatus: "F",
      });
    });
  });

  for (const [place, other] of [
    ["paymentResultInfo", "cardInfo"],
    ["cardInfo", "paymentResultInfo"],
  ] as const) {
    it(`stand in ${place} alone when the simulator is told so`, async () => {
      await open({ cardTokenIn: place });
      await scene.pay(withCard(SAMPLE_CARD, { tokenize: true }));
      await scene.pass(0);
      const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" });
      for (const message of [notified(), body]) {
        expect(field(message, place, "cardToken")).to.match(/^ALIPAY/);
        expect(field(message, other)).to.be.an("object").and.not.have.property("cardToken");
      }
    });
  }

  describe("charged by the merchant alone", () => {
    beforeEach(() => open());

    const charge = (token: string, networkTransactionId: string | undefined, more: Record<string, unknown> = {}) =>
      scene.pay(byToken(token, { recurringType: "SCHEDULED", networkTransactionId, ...more }));

    for (const recurringType of ["SCHEDULED", "UNSCHEDULED"]) {
      it(`are authorized at once, ${recurringType}`, async () => {
        const { token, networkTransactionId } = await storeCard(scene, "visa");
        const answer = await charge(token, networkTransactionId, { recurringType });
        expect(answer).to.include({ code: "SUCCESS", resultStatus: "S" });
      });
    }

    it("need the networkTransactionId of a payment the buyer made with that card", async () => {
      const first = await storeCard(scene, "visa");
      const other = await storeCard(scene, "mastercard");
      expect(message(await charge(first.token, undefined))).to.include("networkTransactionId is missing");
      expect((await charge(first.token, "000000000000000")).code).to.equal("PARAM_ILLEGAL");
      expect((await charge(first.token, other.networkTransactionId)).code).to.equal("PARAM_ILLEGAL");
      expect((await charge(first.token, first.networkTransactionId)).code).to.equal("SUCCESS");
    });

    it("may refer to a later payment of the buyer, but not to one of the merchant", async () => {
      const { token, networkTransactionId } = await storeCard(scene, "visa");
      const later = await scene.pay({ ...byToken(token), paymentRequestId: "PAY_LATER" });
      const byBuyer = String(field(later.body, "paymentResultInfo", "networkTransactionId"));
      const alone = await charge(token, byBuyer);
      expect(alone.code).to.equal("SUCCESS");
      const byMerchant = String(field(alone.body, "paymentResultInfo", "networkTransactionId"));
      const next = { ...byToken(token, { recurringType: "SCHEDULED", networkTransactionId: byMerchant }) };
      expect((await scene.pay({ ...next, paymentRequestId: "PAY_NEXT" })).code).to.equal("PARAM_ILLEGAL");
      const first = { ...byToken(token, { recurringType: "SCHEDULED", networkTransactionId }) };
      expect((await scene.pay({ ...first, paymentRequestId: "PAY_FIRST" })).code).to.equal("SUCCESS");
    });

    it("may always refer to the first payment, and to the last twenty", async () => {
      const { token, networkTransactionId } = await storeCard(scene, "visa");
      const later: string[] = [];
      for (let index = 0; index <= 20; index += 1) {
        const { body } = await scene.pay({ ...byToken(token), paymentRequestId: `PAY_${index}` });
        later.push(String(field(body, "paymentResultInfo", "networkTransactionId")));
      }
      const codes: string[] = [];
      for (const [index, id] of [networkTransactionId, later[0], later[1], later[20]].entries()) {
        const alone = byToken(token, { recurringType: "UNSCHEDULED", networkTransactionId: id });
        codes.push((await scene.pay({ ...alone, paymentRequestId: `PAY_ALONE_${index}` })).code);
      }
      expect(codes).to.deep.equal(["SUCCESS", "PARAM_ILLEGAL", "SUCCESS", "SUCCESS"]);
    });

    it("never meet 3-D Secure, and cannot ask for it", async () => {
      const { token, networkTransactionId } = await storeCard(scene, "visa-frictionless");
      expect((await charge(token, networkTransactionId, { is3DSAuthentication: true })).code).to.equal(
        "INVALID_PAYMENT_METHOD_META_DATA",
      );
      const answer = await charge(token, networkTransactionId);
      expect(answer.code).to.equal("SUCCESS");
      expect(threeDSResult(answer)).to.be.undefined;
    });

    it("need no second authentication once the first payment was authenticated", async () => {
      const url = pageOf(await scene.pay(withCardOf("visa-3ds", { tokenize: true })));
      await submit(`${url}/challenge`, { outcome: "approve" });
      const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" });
      const told = (name: string) => String(field(body, "paymentResultInfo", name));
      expect((await charge(told("cardToken"), told("networkTransactionId"))).code).to.equal("SUCCESS");
    });

    it("must be cards of region GLOBAL", async () => {
      const brazilian = await storeCard(scene, "visa-br", { cpf: "12345678909", payerEmail: "payer@example.com" });
      expect((await charge(brazilian.token, brazilian.networkTransactionId)).code).to.equal("CARD_NOT_SUPPORTED");
      await scene.pay({
        paymentRequestId: "PAY_KR",
        ...WON,
        ...withCardOf("hyundai", { ...KOREAN_HOLDER, tokenize: true }),
      });
      const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_KR" });
      const told = (name: string) => String(field(body, "paymentResultInfo", name));
      const metaData = { recurringType: "SCHEDULED", networkTransactionId: told("networkTransactionId") };
      const alone = { ...byToken(told("cardToken"), metaData), ...WON, paymentRequestId: "PAY_KR_2" };
      expect((await scene.pay(alone)).code).to.equal("CARD_NOT_SUPPORTED");
    });

    const declined: readonly [string, string, string | undefined][] = [
      ["mit-authentication-required", "AUTHENTICATION_REQUIRED", undefined],
      ["mit-no-funds", "USER_BALANCE_NOT_ENOUGH", undefined],
      ["mit-advice-03", "DO_NOT_HONOR", "03"],
      ["mit-advice-21", "DO_NOT_HONOR", "21"],
      ["mit-advice-24", "USER_BALANCE_NOT_ENOUGH", "24"],
    ];
    for (const [key, code, advice] of declined) {
      it(`are declined with ${code}, advice ${advice ?? "none"}: ${key}, which the buyer can still pay with`, async () => {
        const { token, networkTransactionId } = await storeCard(scene, key);
        const answer = await charge(token, networkTransactionId);
        expect(answer).to.include({ code, resultStatus: "F" });
        expect(field(answer.body, "paymentResultInfo", "merchantAdviceCode")).to.equal(advice);
        const withBuyer = await scene.pay({ ...byToken(token), paymentRequestId: "PAY_BUYER" });
        expect(withBuyer.code).to.equal("SUCCESS");
        expect(field(withBuyer.body, "paymentResultInfo")).not.to.have.property("merchantAdviceCode");
      });
    }

    it("come back with a page for the buyer when the bank wants them: mit-redirect", async () => {
      const { token, networkTransactionId } = await storeCard(scene, "mit-redirect");
      const answer = await charge(token, networkTransactionId);
      expect(answer).to.include({ code: "PAYMENT_IN_PROCESS", resultStatus: "U" });
      await submit(`${pageOf(answer)}/challenge`, { outcome: "approve" });
      expect(scene.simulator.payments().at(-1)).to.include({ status: "SUCCESS" });
    });

    it("can be cancelled while they wait for a buyer who is not there", async () => {
      const { token, networkTransactionId } = await storeCard(scene, "mit-redirect");
      await charge(token, networkTransactionId);
      expect((await scene.call("cancel", { paymentRequestId: "PAY_AGAIN" })).code).to.equal("SUCCESS");
    });
  });

  it("gives merchant advice on an approval, too", async () => {
    await open();
    const answer = await scene.pay(withCard(testCard("mastercard-advice-01").number));
    expect(answer.code).to.equal("SUCCESS");
    expect(field(answer.body, "paymentResultInfo", "merchantAdviceCode")).to.equal("01");
  });
});
