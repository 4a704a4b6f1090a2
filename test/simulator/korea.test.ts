import { expect } from "chai";
import { hosted, KOREAN_HOLDER, SAMPLE_CARD, testCard, withCardOf, WON } from "./support/cards.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit, visit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: Korean cards", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const payment = () => scene.simulator.payments()[0];

  describe("with issuer authentication", () => {
    const issuer = (metaData: Record<string, unknown>): Record<string, unknown> => ({
      ...WON,
      ...hosted({ requireIssuerAuthentication: true, ...metaData }),
      settlementStrategy: { settlementCurrency: "USD" },
      paymentFactor: { isAuthorization: true, captureMode: "MANUAL" },
    });

    it("sends the buyer to the issuer and answers with empty checks", async () => {
      const answer = await scene.pay(issuer({ selectedCardBrand: "SAMSUNG" }));
      expect(answer).to.include({ code: "PAYMENT_IN_PROCESS" });
      expect((await visit(pageOf(answer))).text)
        .to.include("Pay with SAMSUNG")
        .and.not.include('name="cardNo"');
      await submit(`${pageOf(answer)}/issuer`, { outcome: "approve" });
      await scene.pass(0);
      expect(scene.shop.received[0]?.body["paymentResultInfo"]).to.deep.include({
        avsResultRaw: "",
        cvvResultRaw: "",
        paymentMethodRegion: "KR",
        threeDSResult: { cavv: "", eci: "" },
      });
      expect(scene.shop.received[0]?.body["cardInfo"]).to.deep.include({
        avsResultRaw: "",
        cvvResultRaw: "",
        paymentMethodRegion: "KR",
        threeDSResult: { cavv: "", eci: "" },
      });
      expect(scene.shop.received[0]?.body["actualPaymentAmount"]).to.deep.equal({ currency: "KRW", value: "30000" });
      const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" });
      expect(body).to.include({ paymentStatus: "SUCCESS", authExpiryTime: "2026-01-22T20:00:00+08:00" });
    });

    it("leads from paymentActionForm to the issuer's own page", async () => {
      const answer = await scene.pay(issuer({ selectedCardBrand: "LOTTE" }));
      const form: unknown = JSON.parse(String(answer.body["paymentActionForm"]));
      const page = await visit(String(field(form, "redirectUrl")));
      expect(page.status).to.equal(200);
      expect(page.text).to.include("Pay with LOTTE");
    });

    it("takes the flag beside the metadata, too, and as text", async () => {
      const paymentMethod = { paymentMethodType: "CARD", requireIssuerAuthentication: "true" };
      const url = pageOf(await scene.pay({ ...WON, paymentMethod }));
      expect((await visit(url)).text).to.include("Choose your card");
    });

    it("asks for the brand first when the shop named none", async () => {
      const url = pageOf(await scene.pay(issuer({})));
      expect((await submit(`${url}/brand`, { selectedCardBrand: "VISA" })).status).to.equal(422);
      expect((await submit(`${url}/brand`, { selectedCardBrand: "SHINHAN" })).location).to.equal(`${url}/issuer`);
      expect((await submit(`${url}/issuer`, { outcome: "decline" })).location).to.equal(scene.shop.returnUrl);
      expect(payment()).to.include({ status: "FAIL", code: "USER_PAYMENT_VERIFICATION_FAILED" });
    });

    it("is for won and for Korean brands only", async () => {
      const euros = { ...issuer({}), paymentAmount: { currency: "EUR", value: "100" } };
      expect((await scene.pay(euros)).code).to.equal("CURRENCY_NOT_SUPPORT");
      expect((await scene.pay(issuer({ selectedCardBrand: "VISA" }))).code).to.equal(
        "SELECTED_CARD_BRAND_NOT_AVAILABLE",
      );
    });

    for (const more of [
      { cardNo: SAMPLE_CARD, expiryMonth: "12", expiryYear: "29" },
      { is3DSAuthentication: true },
      { mpiData: { eci: "05", cavv: "x" } },
      { tokenize: true },
      { recurringType: "SCHEDULED" },
      KOREAN_HOLDER,
    ]) {
      it(`does not go with ${Object.keys(more)[0]}`, async () => {
        expect((await scene.pay(issuer(more))).code).to.equal("INVALID_PAYMENT_METHOD_META_DATA");
      });
    }
  });

  describe("without authentication, from server to server", () => {
    const pay = (more: Record<string, unknown>, fields: Record<string, unknown> = WON) =>
      scene.pay({
        ...withCardOf("hyundai", { cvv: undefined, enableAuthenticationUpgrade: undefined, ...more }),
        ...fields,
      });

    it("takes a person's date of birth or a company's number, without a security code", async () => {
      const person = await pay(KOREAN_HOLDER);
      expect(person.code).to.equal("SUCCESS");
      expect(person.body["paymentResultInfo"]).to.include({
        avsResultRaw: "",
        cvvResultRaw: "",
        paymentMethodRegion: "KR",
        cardBrand: "HYUNDAI",
      });
      expect(person.body["paymentResultInfo"]).not.to.have.property("threeDSResult");
      const company = { businessNo: "1234567891", cardPasswordDigest: "12" };
      expect((await pay(company, { ...WON, paymentRequestId: "PAY_2" })).code).to.equal("SUCCESS");
    });

    for (const dateOfBirth of ["1990-02-30", "1990-13-01", "2090-01-01", "19901231"]) {
      it(`refuses the date of birth ${dateOfBirth}`, async () => {
        expect((await pay({ ...KOREAN_HOLDER, dateOfBirth })).code).to.equal("PARAM_ILLEGAL");
      });
    }

    it("is for won only", async () => {
      const euros = { paymentAmount: { currency: "EUR", value: "1999" } };
      expect((await pay(KOREAN_HOLDER, euros)).code).to.equal("CURRENCY_NOT_SUPPORT");
    });

    it("lets the bank decline", async () => {
      const answer = await scene.pay({ ...withCardOf("samsung-declined", KOREAN_HOLDER), ...WON });
      expect(answer.code).to.equal("USER_BALANCE_NOT_ENOUGH");
    });
  });

  describe("without authentication, on the hosted page", () => {
    const HYUNDAI = { cardNo: testCard("hyundai").number };
    const open = async (metaData: Record<string, unknown> = {}) =>
      pageOf(await scene.pay({ ...WON, ...hosted(metaData) }));

    it("asks for the holder on a page of its own, once the number is a Korean card's", async () => {
      const url = await open();
      expect(await submit(url, card({ ...HYUNDAI, cvv: "" }))).to.include({
        status: 303,
        location: `${url}/cardholder`,
      });
      const page = await visit(`${url}/cardholder`);
      for (const name of ["dateOfBirth", "businessNo", "cardPasswordDigest"])
        expect(page.text).to.include(`name="${name}"`);
      expect(page.text).to.include("949022******9217").and.not.include(HYUNDAI.cardNo);
      expect(payment()).to.include({ status: "PROCESSING" });
      expect(await submit(`${url}/cardholder`, KOREAN_HOLDER)).to.include({ location: scene.shop.returnUrl });
      expect(payment()).to.include({ status: "SUCCESS", cardNo: "949022******9217" });
    });

    it("takes everything with the first form, too", async () => {
      const url = await open();
      const company = { businessNo: "123-45-67891", cardPasswordDigest: "12" };
      expect((await submit(url, card({ ...HYUNDAI, ...company }))).location).to.equal(scene.shop.returnUrl);
      expect(payment()).to.include({ status: "SUCCESS" });
    });

    const mistakes: readonly [Record<string, string>, string][] = [
      [{}, "dateOfBirth"],
      [{ dateOfBirth: "2090-01-01", cardPasswordDigest: "12" }, "dateOfBirth"],
      [{ businessNo: "12", cardPasswordDigest: "12" }, "businessNo"],
      [{ dateOfBirth: "1990-12-31", cardPasswordDigest: "1" }, "cardPasswordDigest"],
    ];
    for (const [form, name] of mistakes) {
      it(`leads to ${name} when the form has ${JSON.stringify(form)}, showing nothing of it again`, async () => {
        const url = await open();
        await submit(url, card(HYUNDAI));
        const page = await submit(`${url}/cardholder`, form);
        expect(page.status).to.equal(422);
        expect(page.text).to.include(`id="${name}-problem"`).and.include('role="alert"');
        expect(page.text).not.to.include("2090-01-01").and.not.include("1990-12-31");
        expect(payment()).to.include({ status: "PROCESSING" });
      });
    }

    it("cannot be passed by the page of another step", async () => {
      const url = await open({ is3DSAuthentication: true });
      expect((await submit(`${url}/cardholder`, KOREAN_HOLDER)).location).to.equal(url);
      await submit(url, card(HYUNDAI));
      expect((await submit(`${url}/challenge`, { outcome: "approve" })).location).to.equal(url);
      expect((await visit(`${url}/checked`)).location).to.equal(url);
      expect(payment()).to.include({ status: "PROCESSING" });
    });

    it("does not take a Korean card for euros", async () => {
      const page = await submit(pageOf(await scene.pay()), card(HYUNDAI));
      expect(page.status).to.equal(422);
      expect(page.text).to.include("Korean won only").and.include("CURRENCY_NOT_SUPPORT");
    });
  });
});
