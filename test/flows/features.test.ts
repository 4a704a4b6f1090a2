import { expect } from "chai";
import { problemOf } from "../support/shop.js";
import { cardNumber, GOOD_CARD, PAID, startSimulatedShop, type SimulatedShop } from "../support/simulated-shop.js";

const byCard = (key: string, more: object = {}) => ({
  method: "card",
  card: { ...GOOD_CARD, cardNo: cardNumber(key), ...more },
});

describe("the features of a card payment", () => {
  let simulated: SimulatedShop;
  beforeEach(async () => {
    simulated = await startSimulatedShop();
  });
  afterEach(() => simulated.stop());

  const codeOf = async (response: Promise<Response>): Promise<string> => (await problemOf(await response)).code;
  const view = (id: string) => simulated.shop.antom.payments.get(id);

  it("asks for 3-D Secure where the order does", async () => {
    const { payment } = await simulated.paid(byCard("visa"), { is3DSAuthentication: true });
    expect(payment.status).to.equal("requires_action");
  });

  it("moves a payment to 3-D Secure, unless the order says not to", async () => {
    const salvaged = await simulated.paid(byCard("visa-3ds"));
    expect(salvaged.payment.status).to.equal("requires_action");
    const left = await simulated.paid(byCard("visa-3ds"), { enableAuthenticationUpgrade: false });
    expect(left.payment.status).to.equal("failed");
    expect((await view(left.payment.id)).failureCode).to.equal("AUTHENTICATION_REQUIRED");
  });

  it("passes a 3-D Secure result from elsewhere on", async () => {
    const mpiData = { threeDSVersion: "2.2.0", eci: "05", cavv: "AAABBBCCC", dsTransactionId: "ds-1" };
    const { payment } = await simulated.paid(byCard("visa-3ds"), { mpiData });
    expect(payment.status).to.be.oneOf(PAID);
    expect((await view(payment.id)).resultInfo?.threeDSResult).to.include({ eci: "05", cavv: "AAABBBCCC" });
  });

  it("takes a payment in instalments, by the buyer's choice or the order's plan", async () => {
    const order = { amount: { currency: "BRL", value: "50000" } };
    const chosen = await simulated.paid({ ...byCard("visa"), installments: 3 }, order);
    expect(chosen.payment.status).to.be.oneOf(PAID);
    expect((await view(chosen.payment.id)).resultInfo?.creditPayPlan).to.include({ installmentNum: 3 });
    const planned = await simulated.paid(byCard("visa"), { ...order, creditPayPlan: { installmentNum: "6" } });
    expect((await view(planned.payment.id)).resultInfo?.creditPayPlan).to.include({ installmentNum: 6 });
    const creditPayPlan = { installmentNum: "6", feePercentage: 50 };
    const shared = await simulated.paid(byCard("visa"), { ...order, creditPayPlan });
    expect((await view(shared.payment.id)).resultInfo?.creditPayPlan).to.include({ creditPayFeeType: "PERCENTAGE" });
  });

  it("tells Antom all that an order may tell of the buyer, the goods and where they go", async () => {
    const price = { currency: "EUR", value: "100" };
    const { payment } = await simulated.paid(byCard("visa"), {
      buyer: { buyerEmail: "ana@example.com", isAccountVerified: true, successfulOrderCount: 3 },
      goods: [
        {
          priceId: "price-1",
          goodsName: "Course",
          goodsDiscountAmount: price,
          goodsEndsOnTime: "2026-12-31T00:00:00Z",
        },
      ],
      shipping: {
        shippingAddress: { region: "DE", address1: "Hof 1", address3: "Rear building", label: "Work" },
        shippingFee: { ...price, value: "0" },
        deliveryEstimate: { minimum: { unit: "DAY", value: 1 }, maximum: { unit: "DAY", value: 3 } },
        shippingNumber: "1Z999",
        notes: "Ring twice",
      },
      orderDiscountAmount: price,
      subTotalOrderAmount: price,
    });
    expect(payment.status).to.be.oneOf(PAID);
  });

  it("refuses instalments that the order does not offer, and manual capture of them in the United States", async () => {
    expect(await codeOf(simulated.pay({ ...byCard("visa"), installments: 3 }, { installments: [] }))).to.equal(
      "combination_refused",
    );
    const dollars = { amount: { currency: "USD", value: "50000" }, capture: "MANUAL" } as const;
    expect(await codeOf(simulated.pay({ ...byCard("visa"), installments: 3 }, dollars))).to.equal(
      "combination_refused",
    );
    const stored = { method: "stored-card", cardId: await simulated.kept("visa"), installments: 3 };
    expect(await codeOf(simulated.pay(stored, { ...dollars, merchantRegion: "SG" }))).to.equal("combination_refused");
  });

  it("charges a card of two brands under the one the buyer chose", async () => {
    const fields = { ...byCard("visa-cartes-bancaires"), cardBrand: "CARTES_BANCAIRES" };
    const { payment } = await simulated.paid(fields);
    expect((await view(payment.id)).resultInfo?.cardBrand).to.equal("CARTES_BANCAIRES");
    const other = await simulated.paid({ ...byCard("visa"), cardBrand: "CARTES_BANCAIRES" });
    expect((await view(other.payment.id)).failureCode).to.equal("SELECTED_CARD_BRAND_NOT_AVAILABLE");
  });

  for (const [key, extras] of [
    ["visa-br", { cpf: "12345678909", payerEmail: "ana@example.com" }],
    ["visa-mx", { payerEmail: "ana@example.com" }],
    ["visa-cl", { payerEmail: "ana@example.com" }],
    ["visa-pe", { payerEmail: "ana@example.com" }],
  ] as const) {
    it(`pays with a local card (${key}) and what its country asks for`, async () => {
      const { payment } = await simulated.paid(byCard(key, extras));
      expect(payment.status).to.be.oneOf(PAID);
    });
  }

  it("gives the buyer as long as the order says", async () => {
    const { payment } = await simulated.paid({}, { expiresIn: 120_000 });
    const { createdAt, expiresAt } = await view(payment.id);
    expect(expiresAt - createdAt).to.equal(120_000);
  });

  it("has Antom's page offer to keep the card, by the buyer's wish or the order's", async () => {
    const hosted = await simulated.paid({ saveCard: true });
    const cashier = /http[^"]+\/cashier\/[^"&]+/.exec(await (await fetch(hosted.redirect)).text())?.[0] ?? "";
    const response = await fetch(cashier, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({
        cardNo: cardNumber("visa"),
        expiryMonth: "12",
        expiryYear: "34",
        cvv: "123",
        saveCard: "yes",
      }),
    });
    expect(response.status).to.be.within(302, 303);
    const event = await simulated.shop.recorder.waitFor("card.stored");
    expect(event.card).to.include({ lastFour: "0768" });
  });

  it("takes every card from the shop for an orchestration account, and nothing its document leaves out", async () => {
    await simulated.stop();
    simulated = await startSimulatedShop({ account: "apo" }, { account: "apo" });
    const { payment } = await simulated.paid(byCard("visa"));
    expect(payment.status).to.be.oneOf(PAID);
    expect((await view(payment.id)).acquirerInfo).to.be.an("object");
    for (const [fields, order] of [
      [{ method: "hosted" }, {}],
      [byCard("visa"), { enableAuthenticationUpgrade: true }],
      [{ ...byCard("visa"), cardBrand: "VISA" }, {}],
      [{ ...byCard("visa"), installments: 3 }, {}],
    ] as const) {
      expect(await codeOf(simulated.pay(fields, order))).to.equal("combination_refused");
    }
  });
});
