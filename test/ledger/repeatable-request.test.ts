import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { AntomError } from "../../lib/errors.js";
import { createCardSeal } from "../../lib/ledger/card-seal.js";
import { createCards, type Cards } from "../../lib/ledger/cards.js";
import { repeatable } from "../../lib/ledger/repeatable-request.js";
import type { Payment } from "../../lib/payment/payment.js";
import { Secret } from "../../lib/payment/secret.js";
import { systemRandom } from "../../lib/ports.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { newPayment } from "../payment/a-payment.js";
import { sampleCard } from "../../lib/storage/conformance/cards.js";

const TOKEN = "ALIPAYtoken==";

describe("the pay request that is made again", () => {
  const silent = (): void => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const seal = createCardSeal([randomBytes(32)], systemRandom);
  let storage: Storage;
  let cards: Cards;

  beforeEach(async () => {
    storage = memoryStorage();
    await storage.start();
    const row = { id: "CARD1", buyer: "ann" };
    await storage.cards.put(sampleCard("CARD1", { ...row, sealedToken: seal.seal(new Secret(TOKEN), row) }));
    cards = createCards({ storage, seal, logger });
  });

  const request = {
    paymentRequestId: "PAY1",
    paymentMethod: { paymentMethodType: "CARD", paymentMethodMetaData: { isCardOnFile: true } },
  };
  const payment = (more: Partial<Payment>): Payment => ({ ...newPayment(), request, ...more });

  it("is the one that was written down", async () => {
    expect(await repeatable(payment({}), cards)).to.deep.equal(request);
    expect(await repeatable(payment({ choice: { cardBrand: "VISA" } }), cards)).to.deep.equal(request);
  });

  it("has the stored card's token in it again, and the payment still has not", async () => {
    const stored = payment({ method: "stored-card", choice: { cardId: "CARD1" } });
    expect(await repeatable(stored, cards)).to.deep.equal({
      ...request,
      paymentMethod: { ...request.paymentMethod, paymentMethodId: TOKEN },
    });
    expect(JSON.stringify(stored)).not.to.contain(TOKEN);
  });

  it("cannot be made where it bore card data, and so was not written down", async () => {
    const { request: _request, ...without } = payment({ method: "card", choice: { card: "405469...0768" } });
    expect(await repeatable(without, cards)).to.equal(undefined);
  });

  it("cannot be made once the buyer has had the card forgotten", async () => {
    await cards.remove("ann", "CARD1");
    const stored = payment({ method: "stored-card", choice: { cardId: "CARD1" } });
    expect(await repeatable(stored, cards)).to.equal(undefined);
  });

  it("cannot be made where the card's token cannot be opened any more", async () => {
    const stored = payment({ method: "stored-card", choice: { cardId: "CARD1" } });
    const otherSeal = createCardSeal([randomBytes(32)], systemRandom);
    for (const given of [undefined, otherSeal]) {
      expect(await repeatable(stored, createCards({ storage, seal: given, logger }))).to.equal(undefined);
    }
  });

  it("is not given up because the storage is away, or for what nobody foresaw", async () => {
    const stored = payment({ method: "stored-card", choice: { cardId: "CARD1" } });
    for (const failure of [new AntomError("storage_unavailable", "the storage is away"), new TypeError("a mistake")]) {
      const broken: Cards = { ...cards, find: () => Promise.reject(failure) };
      expect(await repeatable(stored, broken).catch((error: unknown) => error)).to.equal(failure);
    }
  });
});
