import { expect } from "chai";
import express from "express";
import type { Simulator } from "../../lib/simulator.js";
import { cardOf, numberOf } from "../golden/prose.js";
import { openSimulator } from "../golden/merchant.js";
import { BUSINESS_NO, CPF, CVV, DATE_OF_BIRTH, OTHER_CVV, PIN_DIGITS } from "./canaries.js";
import { openWatchedShop, type Seen, type WatchedShop } from "./watched-shop.js";

const BILLING = { region: "DE", city: "Berlin", address1: "Torstrasse 1", zipCode: "10115" };

/** A card with canaries in it. */
const entered = (key: string, more: object = {}): Record<string, unknown> => ({
  ...cardOf(key),
  cvv: CVV,
  billingAddress: BILLING,
  ...more,
});

const { cvv: _cvv, ...KOREAN } = entered("hyundai");
const WON = { currency: "KRW", value: "30000" };

describe("card data and secrets, through every flow", () => {
  let simulator: Simulator;
  let shop: WatchedShop;
  beforeEach(async () => {
    simulator = await openSimulator();
    shop = await openWatchedShop(simulator.credentials.gateway);
  });
  afterEach(async () => {
    await simulator.close();
    await shop.stop();
  });

  let count = 0;
  const anOrder = (more: object = {}): void => {
    const amount = { currency: "EUR", value: "1999" };
    shop.order = { orderId: `order-${++count}`, description: "Two mugs", amount, ...more };
  };
  const statusOf = ({ body, text }: Seen): string => {
    const payment = body["payment"] as { status: string } | undefined;
    if (payment === undefined) throw new Error(text);
    return payment.status;
  };
  /** Follows the links of a checkout's answer, as the buyer's browser does. */
  const look = async ({ body }: Seen): Promise<void> => {
    for (const link of [body["redirect"], body["statusUrl"]]) {
      await shop.send(String(link), { headers: { accept: "text/html" } });
      await shop.send(String(link), { headers: { accept: "application/json" } });
    }
    await shop.send(String(body["statusUrl"]), { method: "POST", headers: { accept: "application/json" } });
    const id = (body["payment"] as { id: string }).id;
    await shop.send(String(body["redirect"]).replace("/redirect/", "/return/"), { headers: { accept: "text/html" } });
    await shop.antom.payments.inquire(id);
  };
  const tokens = (): string[] =>
    simulator.payments().flatMap(({ cardToken }) => (cardToken === undefined ? [] : [cardToken]));
  const expectNoLeaks = async (...keys: readonly string[]): Promise<void> => {
    expect(await shop.leaks(keys.map(numberOf), tokens())).to.deep.equal([]);
  };

  it("leave no trace of a payment that succeeds", async () => {
    anOrder();
    const answer = await shop.checkout({ method: "card", card: entered("visa") });
    expect(statusOf(answer)).to.equal("authorized");
    await shop.recorder.waitFor("payment.captured");
    await look(answer);
    await expectNoLeaks("visa");
  });

  for (const cardNo of ["639147058270", "4639147058276"]) {
    it(`leave no more than the last four of a card number of ${cardNo.length} digits`, async () => {
      anOrder({ capture: "MANUAL" });
      const fields = { method: "card", card: entered("visa", { cardNo }) };
      const answer = await shop.checkout(fields);
      expect(statusOf(answer)).to.equal("authorized");
      const { id } = answer.body["payment"] as { id: string };
      const { amount, paymentId } = await shop.antom.payments.get(id);
      const masked = `${cardNo.slice(0, 6)}${"*".repeat(cardNo.length - 10)}${cardNo.slice(-4)}`;
      const told = { cardNo: masked, cardBin: cardNo.slice(0, 6), lastFour: cardNo.slice(-4) };
      const notification = {
        notifyType: "PAYMENT_RESULT",
        result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
        paymentRequestId: id,
        paymentId,
        paymentAmount: amount,
        paymentResultInfo: { ...told, rrn: "told" },
        cardInfo: { ...told, cardNo },
      };
      expect((await shop.notify(notification)).status).to.equal(200);
      await look(answer);
      // The same card again is the same payment.
      expect((await shop.checkout(fields)).body["payment"]).to.include({ id });
      const payment = await shop.antom.payments.get(id);
      expect(payment.resultInfo).to.include({ lastFour: cardNo.slice(-4), rrn: "told" });
      expect(await shop.leaks([cardNo])).to.deep.equal([]);
    });
  }

  it("leave no trace of a payment that is declined", async () => {
    anOrder();
    const answer = await shop.checkout({ method: "card", card: entered("visa-declined") });
    expect(statusOf(answer)).to.equal("failed");
    await shop.recorder.waitFor("payment.failed");
    await look(answer);
    await expectNoLeaks("visa-declined");
  });

  it("leave no trace of a payment whose buyer is sent to the bank", async () => {
    anOrder({ is3DSAuthentication: true });
    const answer = await shop.checkout({ method: "card", card: entered("visa-3ds") });
    expect(statusOf(answer)).to.equal("requires_action");
    await shop.recorder.waitFor("payment.requires_action");
    await look(answer);
    await expectNoLeaks("visa-3ds");
  });

  it("leave no trace of a form, nor of one that is submitted twice", async () => {
    anOrder();
    const form = {
      method: "card",
      "card[cardNo]": numberOf("visa").replace(/(....)(?=.)/g, "$1 "),
      "card[expiryMonth]": "12",
      "card[expiryYear]": "34",
      "card[cvv]": CVV,
      "card[cardholderName][firstName]": "Tom",
      "card[cardholderName][lastName]": "Jay",
    };
    expect((await shop.submit(form)).status).to.equal(303);
    expect((await shop.submit({ ...form, "card[cvv]": OTHER_CVV })).status).to.equal(303);
    await expectNoLeaks("visa");
  });

  it("leave no trace after a parser that keeps the bytes, be the checkout taken or refused", async () => {
    await shop.stop();
    const keepsBytes = express.json({
      verify: (req, _res, bytes) => {
        Object.assign(req, { rawBody: bytes });
      },
    });
    shop = await openWatchedShop(simulator.credentials.gateway, {}, [keepsBytes]);
    anOrder();
    const fields = { method: "card", card: entered("visa") };
    expect(statusOf(await shop.checkout(fields))).to.equal("authorized");
    expect((await shop.checkout(fields, { origin: "https://evil.example" })).status).to.equal(403);
    expect((await shop.checkout({ ...fields, installments: 1 })).status).to.equal(400);
    expect((await shop.checkout({ ...fields, note: "x".repeat(20_000) })).status).to.equal(413);
    // Notifications are verified by the same bytes as ever.
    await shop.recorder.waitFor("payment.captured");
    await expectNoLeaks("visa");
  });

  it("leave no trace of Korean cards, personal and corporate", async () => {
    anOrder({ amount: WON });
    const personal = { ...KOREAN, dateOfBirth: DATE_OF_BIRTH, cardPasswordDigest: PIN_DIGITS };
    expect(statusOf(await shop.checkout({ method: "card", card: personal }))).to.equal("authorized");
    anOrder({ amount: WON });
    const corporate = { ...KOREAN, businessNo: BUSINESS_NO, cardPasswordDigest: PIN_DIGITS };
    const answer = await shop.checkout({ method: "card", card: corporate });
    expect(statusOf(answer)).to.equal("authorized");
    await look(answer);
    await expectNoLeaks("hyundai");
  });

  it("leave no trace of a Brazilian card", async () => {
    anOrder({ enableAuthenticationUpgrade: false });
    const card = entered("visa-br", { cpf: CPF, payerEmail: "payer@example.com" });
    expect(statusOf(await shop.checkout({ method: "card", card }))).to.equal("authorized");
    await expectNoLeaks("visa-br");
  });

  it("leave no trace of a card that is stored, paid with, charged and erased", async () => {
    anOrder();
    await shop.checkout({ method: "card", card: entered("visa"), saveCard: true });
    const { card } = await shop.recorder.waitFor("card.stored");
    // Captured by hand, so that no capture is told while the answer is on its way.
    anOrder({ capture: "MANUAL" });
    expect(statusOf(await shop.checkout({ method: "stored-card", cardId: card.id }))).to.equal("authorized");
    const amount = { currency: "EUR", value: "500" };
    const charge = { orderId: "charge-1", description: "May", amount, cardId: card.id };
    shop.see("a charge", await shop.antom.payments.charge({ ...charge, recurringType: "SCHEDULED" }));
    await shop.send("/cards");
    await shop.send(`/cards/${card.id}`, { method: "DELETE" });
    await shop.send(`/cards/${card.id}`, { method: "DELETE" });
    const again = shop.antom.payments.charge({ ...charge, orderId: "charge-2", recurringType: "UNSCHEDULED" });
    shop.see("the refusal of a charge", await again.catch((error: unknown) => error));
    expect(tokens()).to.have.length.greaterThan(0);
    await expectNoLeaks("visa");
  });

  it("leave no trace of the token of a card that was kept by Antom's page", async () => {
    anOrder({ tokenizeMode: "ASKFORCONSENT" });
    const answer = await shop.checkout({});
    const { id } = answer.body["payment"] as { id: string };
    const token = "ALIPAYcanaryTOKENofTheHostedPage0123456789abcdefghij==";
    const { paymentId, paymentAmount } = simulator.payments().at(-1) as unknown as Record<string, unknown>;
    const result = { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" };
    const told = {
      cardBrand: "VISA",
      cardNo: numberOf("visa"),
      cardBin: numberOf("visa").slice(0, 8),
      cardToken: token,
    };
    const notification = {
      notifyType: "PAYMENT_RESULT",
      result,
      paymentRequestId: id,
      paymentId,
      paymentAmount: paymentAmount ?? { currency: "EUR", value: "1999" },
      paymentTime: "2026-01-01T00:00:00+08:00",
      paymentResultInfo: told,
      cardInfo: told,
      acquirerInfo: { acquirerName: "Bank", acquirerCardToken: token },
      metadata: JSON.stringify(told),
    };
    expect((await shop.notify(notification)).status).to.equal(200);
    expect((await shop.notify({ ...notification, paymentAmount: { currency: "EUR", value: "1" } })).status).to.equal(
      200,
    );
    expect((await shop.notify({ ...notification, result: "wrong" })).status).to.equal(400);
    expect((await shop.recorder.waitFor("card.stored")).card.cardBrand).to.equal("VISA");
    await look(answer);
    expect(await shop.leaks([numberOf("visa")], [token])).to.deep.equal([]);
  });

  it("leave no trace of what is refused before it is sent", async () => {
    anOrder();
    const number = numberOf("visa");
    const good = entered("visa");
    const wrong: readonly object[] = [
      { method: "card", card: { ...good, cardNo: number.replace(/.$/, "1") } },
      { method: "card", card: { ...good, cardNo: `${number}${number}` } },
      { method: "card", card: { ...good, cardNo: Number(number) } },
      { method: "card", card: { ...good, expiryMonth: number } },
      { method: "card", card: { ...good, expiryYear: "01" } },
      { method: "card", card: { ...good, cvv: `${CVV}1` } },
      { method: "card", card: { ...good, cvv: Number(CVV) } },
      { method: "card", card: { ...good, dateOfBirth: DATE_OF_BIRTH, businessNo: BUSINESS_NO } },
      { method: "card", card: { ...KOREAN, dateOfBirth: DATE_OF_BIRTH, cardPasswordDigest: Number(PIN_DIGITS) } },
      { method: "card", card: { ...KOREAN, dateOfBirth: DATE_OF_BIRTH, cardPasswordDigest: PIN_DIGITS } },
      { method: "card", card: { ...good, number } },
      { method: "card", card: { ...good, [number]: CVV } },
      { method: "card", card: { ...good, [number.replace(/(....)/g, "$1 ")]: CVV } },
      { method: "card", card: { ...good, billingAddress: { region: "DE", zipCode: `${number}${number}${number}` } } },
      { method: "card", card: { ...good, cardholderName: { firstName: number, lastName: "Jay", [number]: "x" } } },
      { method: "card", card: [good] },
      { method: "card", card: number },
      { method: number, card: good },
      { method: "card", card: good, cardBrand: number },
      { method: "card", card: good, cardId: number.repeat(5) },
      { method: "card", card: good, installments: number },
      { method: "card", card: good, saveCard: number },
      { method: "card", card: good, browser: { [number]: CVV } },
      { method: "card", card: good, browser: number },
      { card: good },
      { method: "hosted", card: good, cardBrand: "VISA" },
      { method: "stored-card", card: good, cardId: "CARD0" },
    ];
    for (const fields of wrong) {
      const answer = await shop.checkout(fields);
      expect(answer.status, answer.text).to.be.within(400, 499);
      await shop.checkout(fields, { accept: "text/html" });
    }
    expect(simulator.requests()).to.deep.equal([]);
    await expectNoLeaks("visa", "hyundai");
  });

  it("leave no trace of forms with fields nobody knows", async () => {
    anOrder();
    const number = numberOf("visa");
    const form = { method: "card", "card[cardNo]": number, "card[expiryMonth]": "12", "card[expiryYear]": "34" };
    const odd: readonly Readonly<Record<string, string>>[] = [
      { ...form, "card[cvv]": CVV, "card[number]": number },
      { ...form, "card[cvv]": CVV, [`card[${number}]`]: CVV },
      { ...form, "card[cvv][deep]": CVV },
      { ...form, "card[cvv][deep][deeper]": CVV },
      { ...form, "card[cvv": CVV },
      { ...form, card: number, "card[cvv]": CVV },
      { ...form, "card[cvv]": CVV, browser: number },
    ];
    for (const fields of odd) {
      const answer = await shop.submit(fields);
      expect(answer.status, JSON.stringify(Object.keys(fields))).to.be.within(400, 499);
    }
    await expectNoLeaks("visa");
  });

  it("leave no trace of bodies that cannot be read", async () => {
    anOrder();
    const whole = JSON.stringify({ method: "card", card: entered("visa") });
    const post = (body: string | Buffer, headers: Record<string, string>): Promise<Seen> =>
      shop.send("/checkout", { method: "POST", headers: { accept: "application/json", ...headers }, body });
    const json = { "content-type": "application/json" };
    const unreadable: readonly (readonly [string | Buffer, Record<string, string>])[] = [
      [whole.slice(0, -5), json],
      [`${whole}${whole}`, json],
      [whole.replaceAll('"', "'"), json],
      [`[${whole}]`, json],
      [JSON.stringify(whole), json],
      [Buffer.concat([Buffer.from(whole), Buffer.from([0xff, 0xfe])]), json],
      [`${"[".repeat(64)}${whole}${"]".repeat(64)}`, json],
      [whole + " ".repeat(20_000), json],
      [whole, { "content-type": "text/plain" }],
      [whole, { "content-type": "multipart/form-data; boundary=x" }],
      [whole, { ...json, "content-encoding": "gzip" }],
      [whole, { ...json, origin: "https://elsewhere.example" }],
    ];
    for (const [body, headers] of unreadable) {
      const answer = await post(body, headers);
      expect(answer.status, answer.text).to.be.within(400, 499);
    }
    expect((await shop.send("/checkout", { method: "PUT", headers: json, body: whole })).status).to.equal(405);
    await expectNoLeaks("visa");
  });

  it("leave no trace where the shop's own code fails or refuses, or the order cannot be paid so", async () => {
    const fields = { method: "card", card: entered("visa") };
    shop.order = () => {
      throw new Error("the shop's database is away");
    };
    expect((await shop.checkout(fields)).status).to.equal(500);
    anOrder({ amount: { currency: "EUR", value: "19.99" } });
    expect((await shop.checkout(fields)).status).to.equal(500);
    anOrder({ method: "hosted" });
    expect((await shop.checkout(fields)).status).to.equal(422);
    anOrder({ tokenizeMode: "ASKFORCONSENT", installments: [] });
    expect((await shop.checkout({ ...fields, installments: 3 })).status).to.equal(422);
    await expectNoLeaks("visa");
  });
});
