import { expect } from "chai";
import type { Order } from "../../lib/index.js";
import { problemOf } from "../support/shop.js";
import { cardNumber, GOOD_CARD, PAID, startSimulatedShop, type SimulatedShop } from "../support/simulated-shop.js";

const WON: Partial<Order> = { amount: { currency: "KRW", value: "30000" } };

describe("a Korean card", () => {
  let simulated: SimulatedShop;
  beforeEach(async () => {
    simulated = await startSimulatedShop();
  });
  afterEach(() => simulated.stop());

  const hyundai = (more: object = {}) => ({
    method: "card",
    card: {
      cardNo: cardNumber("hyundai"),
      expiryMonth: "12",
      expiryYear: "34",
      dateOfBirth: "1990-01-31",
      cardPasswordDigest: "12",
      ...more,
    },
  });

  describe("with issuer authentication", () => {
    it("is paid on its issuer's page, without any card data", async () => {
      const { payment, redirect } = await simulated.paid(
        { method: "issuer-authentication", cardBrand: "SAMSUNG" },
        WON,
      );
      expect(payment.status).to.equal("requires_action");
      const page = await fetch(redirect);
      const cashier = /http[^"]+\/cashier\/[^"&]+/.exec(await page.text())?.[0] ?? "";
      const issuer = await fetch(cashier);
      expect(await issuer.text()).to.include("SAMSUNG");
      const approved = await fetch(`${cashier}/issuer`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ outcome: "approve" }),
      });
      const back = await fetch(approved.headers.get("location") ?? "", { redirect: "manual" });
      expect(back.status).to.equal(200);
      const after = await simulated.shop.antom.payments.get(payment.id);
      expect(after.status).to.be.oneOf(PAID);
      expect(after.resultInfo).to.include({ paymentMethodRegion: "KR" });
      expect(after.resultInfo).not.to.have.any.keys("avsResultRaw", "cvvResultRaw", "threeDSResult");
    });

    it("asks for the brand where none was chosen", async () => {
      const { redirect } = await simulated.paid({ method: "issuer-authentication" }, WON);
      const cashier = /http[^"]+\/cashier\/[^"&]+/.exec(await (await fetch(redirect)).text())?.[0] ?? "";
      expect(await (await fetch(cashier)).text()).to.include("SHINHAN");
    });

    it("is not captured by hand unless the contract has it so", async () => {
      const order: Partial<Order> = { ...WON, capture: "MANUAL" };
      const refused = await simulated.pay({ method: "issuer-authentication" }, order);
      expect((await problemOf(refused)).code).to.equal("combination_refused");
      await simulated.stop();
      simulated = await startSimulatedShop({ contract: { koreanManualCapture: true } });
      expect((await simulated.pay({ method: "issuer-authentication" }, order)).status).to.equal(200);
    });

    it("works with the flag beside the metadata, where Antom's SDKs have it", async () => {
      await simulated.stop();
      simulated = await startSimulatedShop({ contract: { issuerAuthenticationIn: "paymentMethod" } });
      const { payment } = await simulated.paid({ method: "issuer-authentication" }, WON);
      expect(payment.status).to.equal("requires_action");
    });
  });

  describe("without authentication", () => {
    it("is paid with a birth date and two digits of the PIN", async () => {
      const { payment } = await simulated.paid(hyundai(), WON);
      expect(payment.status).to.be.oneOf(PAID);
    });

    it("is paid with a business number, for a corporate card", async () => {
      const { payment } = await simulated.paid(hyundai({ dateOfBirth: undefined, businessNo: "1234567890" }), WON);
      expect(payment.status).to.be.oneOf(PAID);
    });

    it("leaves neither with the payment", async () => {
      const { payment } = await simulated.paid(hyundai(), WON);
      const stored = JSON.stringify([
        await simulated.shop.antom.payments.get(payment.id),
        await simulated.shop.antom.payments.journal(payment.id),
        simulated.shop.log,
        simulated.shop.recorder.events,
      ]);
      expect(stored).not.to.include("1990-01-31");
      expect(stored).not.to.include("cardPasswordDigest");
    });

    it("knows no 3-D Secure, and no other currency", async () => {
      const secured = await simulated.pay(hyundai(), { ...WON, is3DSAuthentication: true });
      expect((await problemOf(secured)).code).to.equal("combination_refused");
      expect((await problemOf(await simulated.pay(hyundai()))).code).to.equal("combination_refused");
    });
  });

  describe("with a global brand on it too", () => {
    const both = { ...hyundai().card, cardNo: cardNumber("visa-shinhan"), cvv: "123" };
    const brandOf = async (fields: object, order: Partial<Order>): Promise<string | undefined> => {
      const { payment } = await simulated.paid({ method: "card", card: both, ...fields }, order);
      expect(payment.status).to.be.oneOf(PAID);
      return (await simulated.shop.antom.payments.get(payment.id)).resultInfo?.cardBrand;
    };

    it("is charged under the one that was chosen, with all it asks for", async () => {
      expect(await brandOf({ cardBrand: "VISA" }, WON)).to.equal("VISA");
      expect(await brandOf({ cardBrand: "VISA" }, {})).to.equal("VISA");
      expect(await brandOf({}, { ...WON, paymentMethodRegion: "GLOBAL" })).to.equal("VISA");
      expect(await brandOf({ cardBrand: "SHINHAN" }, WON)).to.equal("SHINHAN");
      expect(await brandOf({}, { ...WON, paymentMethodRegion: "KR" })).to.equal("SHINHAN");
    });

    it("is charged under the one that Antom chooses where nobody did", async () => {
      expect(await brandOf({}, WON)).to.equal("VISA");
    });

    it("is not sent under the Korean one without its holder, nor with what that one does not know", async () => {
      const { dateOfBirth: _dateOfBirth, cardPasswordDigest: _cardPasswordDigest, ...card } = both;
      const korean = { method: "card", card, cardBrand: "SHINHAN" };
      expect((await problemOf(await simulated.pay(korean, WON))).code).to.equal("card_invalid");
      for (const order of [{}, { paymentMethodRegion: "KR" }, { ...WON, is3DSAuthentication: true }]) {
        const refused = await simulated.pay({ ...korean, card: both }, order);
        expect((await problemOf(refused)).code).to.equal("combination_refused");
      }
      expect(simulated.simulator.requests()).to.deep.equal([]);
    });
  });

  it("is refused in another currency and with 3-D Secure when it is stored, too", async () => {
    await simulated.paid({ ...hyundai(), saveCard: true }, WON);
    const { card } = await simulated.shop.recorder.waitFor("card.stored");
    const stored = { method: "stored-card", cardId: card.id };
    for (const order of [{}, { ...WON, is3DSAuthentication: true }, { ...WON, enableAuthenticationUpgrade: true }]) {
      expect((await problemOf(await simulated.pay(stored, order))).code).to.equal("combination_refused");
    }
    expect((await simulated.paid(stored, WON)).payment.status).to.be.oneOf(PAID);
  });

  it("may be a global card too, paid in won as anywhere", async () => {
    const { payment } = await simulated.paid({ method: "card", card: GOOD_CARD }, WON);
    expect(payment.status).to.be.oneOf(PAID);
  });
});
