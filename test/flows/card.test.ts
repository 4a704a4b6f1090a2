import { expect } from "chai";
import { problemOf, type CheckoutAnswer } from "../support/shop.js";
import { cardNumber, GOOD_CARD, PAID, startSimulatedShop, type SimulatedShop } from "../support/simulated-shop.js";
import { until } from "./until.js";

describe("a card from the shop's own form", () => {
  let simulated: SimulatedShop;
  beforeEach(async () => {
    simulated = await startSimulatedShop();
  });
  afterEach(() => simulated.stop());

  const standing = (id: string) => simulated.shop.antom.payments.get(id);

  it("is authorized at once, and captured when Antom says so", async () => {
    const { payment, redirect } = await simulated.paid({ method: "card", card: GOOD_CARD });
    expect(payment.status).to.be.oneOf(PAID);
    expect(new URL(redirect).pathname).to.equal(`/payments/return/${payment.id}`);
    await until(async () => (await standing(payment.id)).status === "captured");
    expect((await standing(payment.id)).resultInfo).to.include({
      cardBrand: "VISA",
      lastFour: "0768",
      avsResultRaw: "Y",
    });
  });

  it("is declined at once, and another card pays the same order", async () => {
    const orderId = "order-declined";
    const declined = await simulated.paid(
      { method: "card", card: { ...GOOD_CARD, cardNo: cardNumber("visa-declined") } },
      { orderId },
    );
    expect(declined.payment.status).to.equal("failed");
    const paid = await simulated.paid({ method: "card", card: GOOD_CARD }, { orderId });
    expect(paid.payment.status).to.be.oneOf(PAID);
    expect(paid.payment.id).not.to.equal(declined.payment.id);
  });

  it("sends the buyer to the bank where the bank wants to see them", async () => {
    const card = { ...GOOD_CARD, cardNo: cardNumber("visa-3ds") };
    const { payment, redirect } = await simulated.paid({ method: "card", card });
    expect(payment.status).to.equal("requires_action");
    expect(new URL(redirect).pathname).to.equal(`/payments/redirect/${payment.id}`);
  });

  it("answers a second click with the same payment", async () => {
    const order = { orderId: "order-twice" };
    const fields = { method: "card", card: { ...GOOD_CARD, cardNo: cardNumber("visa-3ds") } };
    const [first, second] = await Promise.all([simulated.paid(fields, order), simulated.paid(fields, order)]);
    const third = await simulated.paid(fields, order);
    expect([second.payment.id, third.payment.id]).to.deep.equal([first.payment.id, first.payment.id]);
    expect(simulated.simulator.payments()).to.have.lengthOf(1);
  });

  it("cancels what waits for the bank when the buyer comes back with another card", async () => {
    const order = { orderId: "order-other-card" };
    const first = await simulated.paid(
      { method: "card", card: { ...GOOD_CARD, cardNo: cardNumber("visa-3ds") } },
      order,
    );
    const second = await simulated.paid({ method: "card", card: GOOD_CARD }, order);
    expect(second.payment.status).to.be.oneOf(PAID);
    expect(second.payment.id).not.to.equal(first.payment.id);
    expect((await standing(first.payment.id)).status).to.equal("voided");
  });

  it("does not pay twice when the buyer chooses another way once the card is authorized", async () => {
    const order = { orderId: "order-again" };
    const first = await simulated.paid({ method: "card", card: GOOD_CARD }, order);
    const second = await simulated.paid({ method: "hosted" }, order);
    expect(second.payment.id).to.equal(first.payment.id);
    expect(simulated.simulator.payments()).to.have.lengthOf(1);
  });

  it("is taken from a plain form, and answered with the way on", async () => {
    simulated.shop.orders.set("form", {
      orderId: "form",
      description: "Tea",
      amount: { currency: "EUR", value: "500" },
    });
    const response = await fetch(simulated.shop.urls.checkout, {
      method: "POST",
      redirect: "manual",
      headers: { accept: "text/html" },
      body: new URLSearchParams({
        orderId: "form",
        method: "card",
        "card[cardNo]": "4054 6957 2310 0768",
        "card[expiryMonth]": "1",
        "card[expiryYear]": "2034",
        "card[cvv]": "123",
        "card[cardholderName][firstName]": "Tom",
        "card[cardholderName][lastName]": "Jay",
        "card[billingAddress][region]": "DE",
        "card[cpf]": "",
        installments: "",
      }),
    });
    expect(response.status).to.equal(303);
    const [payment] = await simulated.shop.antom.payments.findByOrder("form");
    expect(payment?.status).to.be.oneOf(PAID);
  });

  it("is refused with each field that is wrong, and nothing is opened", async () => {
    const response = await simulated.pay(
      { method: "card", card: { ...GOOD_CARD, cardNo: "4054695723100769", cvv: "12", expiryMonth: "13" } },
      { orderId: "mistyped" },
    );
    expect(response.status).to.equal(422);
    const problem = await problemOf(response);
    expect(problem.code).to.equal("card_invalid");
    expect(problem.problems?.map(({ at }) => at)).to.have.members(["/card/cvv", "/card/expiryMonth", "/card/cardNo"]);
    expect(await simulated.shop.antom.payments.findByOrder("mistyped")).to.deep.equal([]);
  });

  it("is refused with each field it needs where all were left blank", async () => {
    const response = await simulated.pay({ method: "card", "card[cardNo]": "", "card[cvv]": "" });
    expect(response.status).to.equal(422);
    const { code, problems } = await problemOf(response);
    expect(code).to.equal("card_invalid");
    expect(problems?.map(({ at, message }) => `${at} ${message}`)).to.deep.equal(
      ["cardNo", "expiryMonth", "expiryYear", "cvv"].map((name) => `/card/${name} is missing`),
    );
    const without = await problemOf(await simulated.pay({ method: "card" }));
    expect(without).to.deep.include({ code: "request_invalid", problems: [{ at: "/card", message: "is missing" }] });
  });

  it("is refused before anything is sent without what its country asks for, and taken with it", async () => {
    const card = { ...GOOD_CARD, cardNo: cardNumber("visa-br") };
    const order = { orderId: "order-br", paymentMethodRegion: "BR", amount: { currency: "BRL", value: "50000" } };
    const response = await simulated.pay({ method: "card", card }, order);
    expect(response.status).to.equal(422);
    const problem = await problemOf(response);
    expect(problem.code).to.equal("card_invalid");
    expect(problem.problems?.map(({ at }) => at)).to.deep.equal(["/card/cpf", "/card/payerEmail"]);
    expect(simulated.simulator.payments()).to.deep.equal([]);
    const whole = { ...card, cpf: "123.456.789-09", payerEmail: "ana@example.com" };
    const { payment } = await simulated.paid({ method: "card", card: whole }, order);
    expect(payment.status).to.be.oneOf(PAID);
  });

  it("is refused with the field of its billing address that Antom takes from no merchant in the United States", async () => {
    const paid = (state: string, region: string) =>
      simulated.pay(
        { method: "card", card: { ...GOOD_CARD, billingAddress: { region, state, zipCode: "78701-1234" } } },
        { merchantRegion: "US" },
      );
    const response = await paid("Texas", "US");
    expect(response.status).to.equal(422);
    const problem = await problemOf(response);
    expect(problem.code).to.equal("card_invalid");
    expect(problem.problems?.map(({ at }) => at)).to.deep.equal(["/card/billingAddress/state"]);
    expect(simulated.simulator.payments()).to.deep.equal([]);
    for (const [state, region] of [
      ["TX", "US"],
      ["Hessen", "DE"],
    ] as const) {
      const { payment } = (await (await paid(state, region)).json()) as CheckoutAnswer;
      expect(payment.status, region).to.be.oneOf(PAID);
    }
  });

  it("is refused with a page that says where to look, in the buyer's language, where there is no script", async () => {
    simulated.shop.orders.set("form", {
      orderId: "form",
      description: "Tea",
      amount: { currency: "EUR", value: "500" },
    });
    const response = await fetch(simulated.shop.urls.checkout, {
      method: "POST",
      headers: { accept: "text/html", "accept-language": "ko" },
      body: new URLSearchParams({
        orderId: "form",
        method: "card",
        "card[cardNo]": "4054695723100769",
        "card[expiryMonth]": "12",
        "card[expiryYear]": "34",
        "card[cvv]": "123",
      }),
    });
    expect(response.status).to.equal(422);
    const page = await response.text();
    expect(page).to.include("<li>카드 번호를 확인해 주세요.</li>");
    expect(page).not.to.include("4054695723100769");
  });

  it("is refused with a sentence for the buyer beside each problem", async () => {
    const response = await simulated.pay(
      { method: "card", card: { ...GOOD_CARD, cvv: "1" } },
      {},
      { "accept-language": "zh-CN" },
    );
    const { problems } = (await response.json()) as { problems: { at: string; text: string }[] };
    expect(problems.map(({ at, text }) => [at, text])).to.deep.equal([
      ["/card/cvv", "请检查卡片背面的三位或四位数字（CVC）。"],
    ]);
  });

  it("is never shown to the shop's order function", async () => {
    const seen: unknown[] = [];
    await simulated.stop();
    simulated = await startSimulatedShop({
      order: (req) => {
        seen.push(req.body);
        return { orderId: "seen", description: "Tea", amount: { currency: "EUR", value: "500" } };
      },
      mounting: "the router after express.json()",
    });
    await simulated.paid({ method: "card", card: GOOD_CARD, note: "by the shop" });
    expect(seen).to.deep.equal([{ orderId: "order-1", note: "by the shop", method: "card" }]);
  });
});

describe("a shop that has not said that it is PCI-qualified", () => {
  it("collects no cards", async () => {
    const simulated = await startSimulatedShop({ pciQualified: false });
    try {
      const response = await simulated.pay({ method: "card", card: GOOD_CARD });
      expect(response.status).to.equal(422);
      expect((await problemOf(response)).code).to.equal("method_refused");
      expect(simulated.simulator.payments()).to.deep.equal([]);
    } finally {
      await simulated.stop();
    }
  });
});

describe("an order that narrows the ways to pay", () => {
  it("is paid in one of them only", async () => {
    const simulated = await startSimulatedShop();
    try {
      const refused = await simulated.pay({ method: "card", card: GOOD_CARD }, { method: ["hosted", "stored-card"] });
      expect((await problemOf(refused)).code).to.equal("method_refused");
      expect((await simulated.pay({}, { method: "card" })).status).to.equal(422);
      expect((await simulated.pay({ method: "card", card: GOOD_CARD }, { method: "card" })).status).to.equal(200);
    } finally {
      await simulated.stop();
    }
  });
});
