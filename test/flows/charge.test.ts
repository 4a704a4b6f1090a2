import { expect } from "chai";
import { isAntomError, type AntomError, type ChargeRequest, type PaymentView } from "../../lib/index.js";
import { PAID, startSimulatedShop, type SimulatedShop } from "../support/simulated-shop.js";

describe("a charge with nobody there", () => {
  let simulated: SimulatedShop;
  let count = 0;
  beforeEach(async () => {
    simulated = await startSimulatedShop();
  });
  afterEach(() => simulated.stop());

  const charge = (cardId: string, more: Partial<ChargeRequest> = {}): Promise<PaymentView> =>
    simulated.shop.antom.payments.charge({
      orderId: `charge-${++count}`,
      description: "Coffee for December",
      amount: { currency: "EUR", value: "1500" },
      cardId,
      recurringType: "SCHEDULED",
      ...more,
    });

  const refusal = async (request: Promise<unknown>): Promise<string> => {
    try {
      await request;
    } catch (error) {
      if (isAntomError(error)) return error.code;
      throw error;
    }
    return "nothing was refused";
  };

  for (const recurringType of ["SCHEDULED", "UNSCHEDULED"] as const) {
    it(`is authorized (${recurringType})`, async () => {
      const payment = await charge(await simulated.kept(), { recurringType });
      expect(payment.status).to.be.oneOf(PAID);
      expect(payment).to.include({ method: "stored-card", recurringType });
    });
  }

  it("is made once, however often the same order is charged", async () => {
    const cardId = await simulated.kept();
    const one = { orderId: "december" };
    const [first, second] = await Promise.all([charge(cardId, one), charge(cardId, one)]);
    const third = await charge(cardId, one);
    expect(new Set([first.id, second.id, third.id]).size).to.equal(1);
    expect(
      simulated.simulator.payments().filter(({ referenceOrderId }) => referenceOrderId === "december"),
    ).to.have.lengthOf(1);
  });

  it("is answered with what it paid, also once the card is gone, and pays no other order", async () => {
    const { payments } = simulated.shop.antom;
    const cardId = await simulated.kept();
    const first = await charge(cardId, { orderId: "march" });
    expect(first.status).to.be.oneOf(PAID);
    await payments.forgetCard("buyer-1", cardId);
    expect((await charge(cardId, { orderId: "march" })).id).to.equal(first.id);
    const amount = { currency: "EUR", value: "1600" };
    expect(await refusal(charge(cardId, { orderId: "march", amount }))).to.equal("card_not_found");
    expect(await refusal(charge(cardId, { orderId: "march", buyerId: "somebody else" }))).to.equal("card_not_found");
    expect(await refusal(charge(cardId, { orderId: "april" }))).to.equal("card_not_found");
    const made = simulated.simulator.payments().filter(({ referenceOrderId }) => referenceOrderId === "march");
    expect(made).to.have.lengthOf(1);
  });

  it("is declined as any other, and may be made again", async () => {
    const cardId = await simulated.kept("mit-no-funds");
    const declined = await charge(cardId, { orderId: "january" });
    expect(declined).to.include({ status: "failed", failureCode: "USER_BALANCE_NOT_ENOUGH" });
    const again = await charge(cardId, { orderId: "january" });
    expect(again.id).not.to.equal(declined.id);
  });

  it("is voided, and the shop told, where Antom wants the buyer", async () => {
    const payment = await charge(await simulated.kept("mit-redirect"));
    expect(payment).to.include({ status: "voided", buyerNeeded: true });
    expect(payment.action).to.equal(undefined);
    const event = await simulated.shop.recorder.waitFor("payment.voided");
    expect(event.payment).to.include({ id: payment.id, buyerNeeded: true });
    const types = simulated.shop.recorder.events
      .filter((told) => told.payment.id === payment.id)
      .map(({ type }) => type);
    expect(types).to.deep.equal(["payment.voided"]);
  });

  it("is tried once where Antom wants the buyer, however often the same order is charged at once", async () => {
    const cardId = await simulated.kept("mit-redirect");
    const charges = await Promise.all(Array.from({ length: 10 }, () => charge(cardId, { orderId: "february" })));
    expect(new Set(charges.map(({ id }) => id)).size).to.equal(1);
    expect(charges[0]).to.include({ status: "voided", buyerNeeded: true });
    expect(
      simulated.simulator.payments().filter(({ referenceOrderId }) => referenceOrderId === "february"),
    ).to.have.lengthOf(1);
  });

  for (const advice of ["03", "21"] as const) {
    it(`stops further charges of the card after merchant advice ${advice}`, async () => {
      const cardId = await simulated.kept(`mit-advice-${advice}`);
      expect((await charge(cardId)).status).to.equal("failed");
      expect(await refusal(charge(cardId))).to.equal("card_stopped");
      expect(simulated.simulator.payments()).to.have.lengthOf(2);
    });
  }

  it("goes on after merchant advice 24, which says later", async () => {
    const cardId = await simulated.kept("mit-advice-24");
    await charge(cardId);
    expect((await charge(cardId)).status).to.equal("failed");
  });

  it("refuses a card that is not known, or another buyer's", async () => {
    const cardId = await simulated.kept();
    expect(await refusal(charge("CARD0000000000000000000000000A"))).to.equal("card_not_found");
    expect(await refusal(charge(cardId, { buyerId: "somebody else" }))).to.equal("card_not_found");
    expect((await charge(cardId, { buyerId: "buyer-1" })).status).to.be.oneOf(PAID);
  });

  it("refuses what only a buyer can do, and what it cannot read", async () => {
    const cardId = await simulated.kept();
    expect(await refusal(charge(cardId, { is3DSAuthentication: true }))).to.equal("combination_refused");
    expect(await refusal(charge(cardId, { creditPayPlan: { installmentNum: "3" } }))).to.equal("combination_refused");
    expect(await refusal(charge(cardId, { recurringType: "MONTHLY" as "SCHEDULED" }))).to.equal("request_invalid");
    expect(await refusal(charge(cardId, { amount: { currency: "EUR", value: "0" } }))).to.equal("request_invalid");
  });

  it("is told which of its own fields are wrong, and never of the order function, which nobody called", async () => {
    const cardId = await simulated.kept();
    for (const [wrong, says] of [
      [{ buyerID: "buyer-1" }, '/buyerID is not a known field; did you mean "buyerId"?'],
      [{ recuringType: "SCHEDULED" }, '/recuringType is not a known field; did you mean "recurringType"?'],
      [{ recurringType: "MONTHLY" }, "/recurringType must be one of"],
      [{ amount: 1999 }, "/amount must be an object, its value being minor units as text"],
      [{ amount: { currency: "EUR", value: 1999 } }, "/amount/value must be a whole positive number of minor units"],
      [{ orderId: undefined }, "/orderId is missing"],
    ] as const) {
      const error = await charge(cardId, wrong as object).then(
        () => expect.fail("it was charged"),
        (thrown: unknown) => thrown as AntomError,
      );
      expect(error).to.have.property("code", "request_invalid");
      expect(error.message)
        .to.contain("this charge cannot be made: ")
        .and.contain(says)
        .and.not.contain("order function");
      expect(error.problems).to.have.lengthOf(1);
    }
    for (const nothing of [undefined, null, cardId]) {
      expect(await refusal(simulated.shop.antom.payments.charge(nothing as never))).to.equal("request_invalid");
    }
  });

  it("is settled by Antom's word after silence", async () => {
    const cardId = await simulated.kept();
    simulated.simulator.addFault({ operation: "pay", fault: "http-500", times: 2 });
    const payment = await charge(cardId);
    expect(payment.status).not.to.equal("failed");
    await simulated.shop.recorder.waitFor("payment.authorized", (event) => event.payment.id === payment.id);
    expect(simulated.simulator.payments()).to.have.lengthOf(2);
  });
});
