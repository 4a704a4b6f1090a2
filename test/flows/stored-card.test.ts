import { expect } from "chai";
import { AntomError } from "../../lib/index.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { problemOf, type CheckoutAnswer } from "../support/shop.js";
import { GOOD_CARD, PAID, startSimulatedShop, type SimulatedShop } from "../support/simulated-shop.js";
import { until } from "./until.js";

interface CardList {
  readonly cards: readonly { readonly id: string; readonly lastFour?: string }[];
}

describe("a stored card", () => {
  let simulated: SimulatedShop;
  afterEach(() => simulated.stop());

  const list = async (headers: Record<string, string> = {}): Promise<CardList["cards"]> => {
    const response = await fetch(simulated.shop.urls.cards, { headers });
    return ((await response.json()) as CardList).cards;
  };

  for (const cardTokenIn of ["both", "paymentResultInfo", "cardInfo"] as const) {
    it(`is kept, told, listed and paid with when its token stands in ${cardTokenIn}`, async () => {
      simulated = await startSimulatedShop({}, { cardTokenIn });
      const id = await simulated.kept();
      expect(await list()).to.deep.equal([
        {
          id,
          cardBrand: "VISA",
          lastFour: "0768",
          expiryMonth: "12",
          expiryYear: "34",
          funding: "CREDIT",
          issuingCountry: "US",
          paymentMethodRegion: "GLOBAL",
        },
      ]);
      const { payment } = await simulated.paid({ method: "stored-card", cardId: id });
      expect(payment.status).to.be.oneOf(PAID);
    });
  }

  it("is kept although the notification is lost, because the kit asks", async () => {
    simulated = await startSimulatedShop({ worker: false });
    simulated.simulator.addFault({ operation: "notify", fault: "drop", times: 10 });
    const { payment } = await simulated.paid({ method: "card", card: GOOD_CARD, saveCard: true });
    expect(await list()).to.deep.equal([]);
    await simulated.shop.antom.payments.inquire(payment.id);
    expect(await list()).to.have.lengthOf(1);
  });

  it("is not kept where the buyer did not agree", async () => {
    simulated = await startSimulatedShop();
    const { payment } = await simulated.paid({ method: "card", card: GOOD_CARD });
    await until(async () => (await simulated.shop.antom.payments.get(payment.id)).status === "captured");
    expect(await list()).to.deep.equal([]);
  });

  it("is kept as the buyer who pays agreed last, and not as whoever began the payment", async () => {
    simulated = await startSimulatedShop();
    const order = { orderId: "shared" };
    const begun = async (fields: Record<string, unknown>, buyer: string): Promise<string> => {
      const response = await simulated.pay({ method: "hosted", ...fields }, order, { "x-buyer": buyer });
      return ((await response.json()) as CheckoutAnswer).payment.id;
    };
    const ids = [
      await begun({ saveCard: true }, "buyer-1"),
      await begun({ saveCard: true }, "buyer-1"),
      await begun({ saveCard: true }, "buyer-2"),
      await begun({}, "buyer-2"),
      await begun({}, "buyer-1"),
    ];
    expect(ids.map((id) => ids.indexOf(id))).to.deep.equal([0, 0, 2, 3, 3]);
    const [first, , second, third] = await Promise.all(ids.map((id) => simulated.shop.antom.payments.get(id)));
    expect([first?.status, second?.status, third?.status]).to.deep.equal(["voided", "voided", "requires_action"]);
  });

  it("is one buyer's alone", async () => {
    simulated = await startSimulatedShop();
    const id = await simulated.kept("visa", { "x-buyer": "buyer-2" });
    expect(await list()).to.deep.equal([]);
    const response = await simulated.pay({ method: "stored-card", cardId: id });
    expect(response.status).to.equal(404);
    expect((await problemOf(response)).code).to.equal("card_not_found");
    const removed = await fetch(`${simulated.shop.urls.cards}/${id}`, { method: "DELETE" });
    expect(removed.status).to.equal(404);
    expect(await list({ "x-buyer": "buyer-2" })).to.have.lengthOf(1);
  });

  it("cannot be used once it is forgotten, and is not brought back by a notification that comes again", async () => {
    simulated = await startSimulatedShop();
    const id = await simulated.kept();
    expect((await fetch(`${simulated.shop.urls.cards}/${id}`, { method: "DELETE" })).status).to.equal(204);
    const [payment] = (await simulated.shop.antom.payments.list()).items;
    await simulated.shop.antom.payments.inquire(payment?.id ?? "");
    expect(await list()).to.deep.equal([]);
    expect((await simulated.pay({ method: "stored-card", cardId: id })).status).to.equal(404);
  });

  it("stays forgotten though its payment could not be stored after it, and Antom tells of it again", async () => {
    const memory = memoryStorage();
    const commit = memory.commit.bind(memory);
    let isAway = true;
    const storage = Object.assign(memory, {
      commit: (change: Parameters<typeof commit>[0]) =>
        isAway && change.payment.evidence.cardStored === true
          ? Promise.reject(new AntomError("storage_unavailable", "the server is away"))
          : commit(change),
    });
    simulated = await startSimulatedShop({ storage, worker: false });
    await simulated.pay({ method: "card", card: GOOD_CARD, saveCard: true });
    const [payment] = (await simulated.shop.antom.payments.list()).items;
    const inquire = () => simulated.shop.antom.payments.inquire(payment?.id ?? "");
    while ((await list()).length === 0) await inquire().catch(() => undefined);
    const [card] = await list();
    isAway = false;
    expect((await fetch(`${simulated.shop.urls.cards}/${card?.id ?? ""}`, { method: "DELETE" })).status).to.equal(204);
    expect((await inquire()).status).to.be.oneOf(PAID);
    expect(await list()).to.deep.equal([]);
  });

  it("is entered once when the same card is kept twice", async () => {
    simulated = await startSimulatedShop();
    await simulated.kept();
    await simulated.kept();
    expect(await list()).to.have.lengthOf(1);
  });

  it("leaves its token in nothing that is written down", async () => {
    simulated = await startSimulatedShop();
    const id = await simulated.kept();
    const { payment } = await simulated.paid({ method: "stored-card", cardId: id });
    const written = JSON.stringify([
      await simulated.shop.antom.payments.list(),
      await simulated.shop.antom.payments.journal(payment.id),
      simulated.shop.log,
      simulated.shop.recorder.events,
    ]);
    expect(written).not.to.match(/ALIPAY/);
  });

  it("is paid for again with the same request after silence, its token put in anew", async () => {
    simulated = await startSimulatedShop();
    const id = await simulated.kept();
    simulated.simulator.addFault({ operation: "pay", fault: "reset-before", times: 2 });
    const { payment } = await simulated.paid({ method: "stored-card", cardId: id });
    expect(payment.status).to.equal("created");
    await simulated.shop.recorder.waitFor("payment.authorized", (event) => event.payment.id === payment.id);
  });
});
