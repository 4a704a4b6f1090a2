import { expect } from "chai";
import type { StoredCard } from "../../../lib/payment/stored-card.js";
import type { Current } from "../contract.js";
import { NOW, openNew, samplePayment } from "./samples.js";

export const sampleCard = (id: string, changes: Partial<StoredCard> = {}): StoredCard => ({
  id,
  buyer: "buyer",
  version: 1,
  sealedToken: `v1.name.sealed-${id}`,
  cardBrand: "VISA",
  lastFour: "1111",
  consent: { at: NOW, by: "shop", payment: `payment-of-${id}` },
  createdAt: NOW,
  updatedAt: NOW,
  ...changes,
});

const next = (card: StoredCard, changes: Partial<StoredCard> = {}): StoredCard => ({
  ...card,
  version: card.version + 1,
  ...changes,
});

const STRANGE: Record<string, Partial<StoredCard>> = {
  "all there is": {
    expiryMonth: "12",
    expiryYear: "29",
    funding: "CREDIT",
    issuingCountry: "BR",
    paymentMethodRegion: "GLOBAL",
    networkTransactionId: "MCC1234567890",
    stopped: { at: NOW, adviceCode: "03" },
    consent: { at: NOW, by: "antom", payment: "p" },
  },
  "a long token": { sealedToken: `v1.name.${"A".repeat(4000)}` },
  "quotes and SQL": { cardBrand: `'; DROP TABLE antom_cards; -- " \\ $1 ? :a %s` },
  "every script": { cardBrand: "\ube44\uc790 \u00b7 \u94f6\u8054 \u00b7 \u{1f381} \u00b7 \u202e" },
  "times far away": { createdAt: 0, updatedAt: 8_640_000_000_000_000 },
};

export const cardsAreKept = (current: Current): void => {
  describe("cards", () => {
    const idsOf = async (buyer = "buyer", nth = 0): Promise<string[]> =>
      (await current(nth).cards.list(buyer)).map(({ id }) => id);

    it("are there when they are put, and nowhere before", async () => {
      expect(await current().cards.get("a")).to.equal(undefined);
      expect(await current().cards.list("buyer")).to.deep.equal([]);
      expect(await current().cards.put(sampleCard("a"))).to.equal(true);
      expect(await current(1).cards.get("a")).to.deep.equal(sampleCard("a"));
      expect(await current(2).cards.list("buyer")).to.deep.equal([sampleCard("a")]);
    });

    for (const [name, changes] of Object.entries(STRANGE)) {
      it(`come back as they went in: ${name}`, async () => {
        const card = sampleCard("a", changes);
        expect(await current().cards.put(card)).to.equal(true);
        expect(await current().cards.get("a")).to.deep.equal(card);
        expect(await current().cards.list("buyer")).to.deep.equal([card]);
        const replaced = next(sampleCard("a"), { updatedAt: NOW + 1 });
        expect(await current().cards.put(replaced)).to.equal(true);
        expect(await current().cards.get("a")).to.deep.equal(replaced);
      });
    }

    it("of one id are inserted once, whoever's they are", async () => {
      expect(await current().cards.put(sampleCard("a"))).to.equal(true);
      expect(await current(1).cards.put(sampleCard("a", { lastFour: "2222" }))).to.equal(false);
      expect(await current(2).cards.put(sampleCard("a", { buyer: "other" }))).to.equal(false);
      expect(await current().cards.get("a")).to.deep.equal(sampleCard("a"));
      expect(await current().cards.list("other")).to.deep.equal([]);
    });

    it("are replaced by the next version only, and by the same buyer's only", async () => {
      const first = sampleCard("a");
      await current().cards.put(first);
      for (const card of [
        next(first, { version: 3 }),
        next(first, { version: 0 }),
        next(first, { buyer: "other" }),
        next(sampleCard("never put")),
      ]) {
        expect(await current(1).cards.put(card)).to.equal(false);
      }
      expect(await current().cards.get("a")).to.deep.equal(first);
      expect(await current().cards.get("never put")).to.equal(undefined);
      const second = next(first, { sealedToken: "v1.name.another", lastFour: "2222" });
      expect(await current(1).cards.put(second)).to.equal(true);
      expect(await current(2).cards.put(second)).to.equal(false);
      expect(await current(2).cards.list("buyer")).to.deep.equal([second]);
    });

    it("are put once when fifty put the same version at once", async () => {
      const race = async (cards: StoredCard[]): Promise<string | undefined> => {
        const put = await Promise.all(cards.map((card, nth) => current(nth).cards.put(card)));
        expect(put.filter(Boolean)).to.have.lengthOf(1);
        return cards[put.indexOf(true)]?.sealedToken;
      };
      const fifty = (card: StoredCard) =>
        Array.from({ length: 50 }, (_unused, nth) => ({ ...card, sealedToken: `v1.name.${nth}` }));
      const inserted = await race(fifty(sampleCard("a")));
      expect((await current().cards.get("a"))?.sealedToken).to.equal(inserted);
      const replaced = await race(fifty(next(sampleCard("a"))));
      expect((await current().cards.get("a"))?.sealedToken).to.equal(replaced);
      expect(await idsOf()).to.deep.equal(["a"]);
    });

    it("are listed newest first, then by id, and each buyer's apart", async () => {
      for (const [id, createdAt] of [
        ["c", NOW],
        ["a", NOW],
        ["b", NOW],
        ["older", NOW - 1],
        ["newer", NOW + 1],
      ] as const) {
        await current().cards.put(sampleCard(id, { createdAt }));
        await current().cards.put(sampleCard(`${id} of another`, { createdAt, buyer: "another" }));
      }
      expect(await idsOf()).to.deep.equal(["newer", "a", "b", "c", "older"]);
      await current().cards.put(next(sampleCard("b"), { updatedAt: NOW + 5 }));
      expect(await idsOf("buyer", 1)).to.deep.equal(["newer", "a", "b", "c", "older"]);
      expect(await idsOf("another", 2)).to.have.lengthOf(5);
    });

    it("are given to no buyer but their own, however alike the ids are", async () => {
      const buyers = ["buyer", "Buyer", "buyer ", "buy", "b\u00fcyer", "%", "_____", "'buyer'", "\uad6c\ub9e4\uc790"];
      for (const [nth, buyer] of buyers.entries()) {
        await current(nth).cards.put(sampleCard(`card-${nth}`, { buyer }));
      }
      for (const [nth, buyer] of buyers.entries()) {
        expect(await idsOf(buyer), buyer).to.deep.equal([`card-${nth}`]);
      }
    });

    it("are not found by what only begins like their id or their buyer's", async () => {
      await current().cards.put(sampleCard("a"));
      for (const end of ["\0", "\0b", "\ud800", "\udfff"]) {
        expect(await current().cards.get(`a${end}`)).to.equal(undefined);
        expect(await current().cards.list(`buyer${end}`)).to.deep.equal([]);
        expect(await current().cards.remove(`a${end}`, "buyer")).to.equal(false);
        expect(await current().cards.remove("a", `buyer${end}`)).to.equal(false);
      }
      expect(await idsOf()).to.deep.equal(["a"]);
    });

    it("are erased for their own buyer, once", async () => {
      await current().cards.put(sampleCard("a"));
      await current().cards.put(sampleCard("b"));
      expect(await current(1).cards.remove("a", "other")).to.equal(false);
      expect(await idsOf()).to.deep.equal(["a", "b"]);
      expect(await current(1).cards.remove("a", "buyer")).to.equal(true);
      expect(await current(2).cards.remove("a", "buyer")).to.equal(false);
      expect(await current().cards.get("a")).to.equal(undefined);
      expect(await idsOf()).to.deep.equal(["b"]);
      expect(await current().cards.remove("never put", "buyer")).to.equal(false);
    });

    it("are erased once when many ask for it at once", async () => {
      await current().cards.put(sampleCard("a"));
      const removed = await Promise.all(
        Array.from({ length: 20 }, (_unused, nth) => current(nth).cards.remove("a", "buyer")),
      );
      expect(removed.filter(Boolean)).to.have.lengthOf(1);
    });

    it("are not brought back by who had read them before they were erased", async () => {
      const first = sampleCard("a");
      await current().cards.put(first);
      await current(1).cards.remove("a", "buyer");
      expect(await current().cards.put(next(first))).to.equal(false);
      expect(await current().cards.get("a")).to.equal(undefined);
    });

    it("are not shared with who handed them in or had them handed out", async () => {
      const consent = { at: NOW, by: "shop" as const, payment: "p" };
      const card = { ...sampleCard("a"), consent };
      const pending = current().cards.put(card);
      card.lastFour = "9999";
      consent.payment = "changed";
      await pending;
      for (const read of [await current().cards.get("a"), ...(await current().cards.list("buyer"))]) {
        Object.assign(read ?? {}, { buyer: "changed" });
        Object.assign(read?.consent ?? {}, { payment: "changed" });
      }
      expect(await current().cards.get("a")).to.deep.equal(
        sampleCard("a", { consent: { at: NOW, by: "shop", payment: "p" } }),
      );
    });

    it("have nothing to do with payments of the same id", async () => {
      await openNew(current(), samplePayment("a"));
      expect(await current().cards.get("a")).to.equal(undefined);
      await current().cards.put(sampleCard("a"));
      await current().cards.remove("a", "buyer");
      expect(await current().get("a")).to.deep.equal(samplePayment("a"));
    });
  });
};
