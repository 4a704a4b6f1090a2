import assert from "node:assert/strict";
import type { StoredCard } from "../../payment/stored-card.js";
import { ALIKE } from "./alike.js";
import { same } from "./same.js";
import type { Current, Suite } from "./suite.js";
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

export const cardsAreKept = ({ describe, it }: Suite): void => {
  describe("cards", () => {
    const idsOf = async (current: Current, buyer = "buyer", nth = 0): Promise<string[]> =>
      (await current(nth).cards.list(buyer)).map(({ id }) => id);

    it("are there when they are put, and nowhere before", async (current) => {
      assert.equal(await current().cards.get("a"), undefined);
      same(await current().cards.list("buyer"), []);
      assert.equal(await current().cards.put(sampleCard("a")), true);
      same(await current(1).cards.get("a"), sampleCard("a"));
      same(await current(2).cards.list("buyer"), [sampleCard("a")]);
    });

    for (const [name, changes] of Object.entries(STRANGE)) {
      it(`come back as they went in: ${name}`, async (current) => {
        const card = sampleCard("a", changes);
        assert.equal(await current().cards.put(card), true);
        same(await current().cards.get("a"), card);
        same(await current().cards.list("buyer"), [card]);
        const replaced = next(sampleCard("a"), { updatedAt: NOW + 1 });
        assert.equal(await current().cards.put(replaced), true);
        same(await current().cards.get("a"), replaced);
      });
    }

    it("of one id are inserted once, whoever's they are", async (current) => {
      assert.equal(await current().cards.put(sampleCard("a")), true);
      assert.equal(await current(1).cards.put(sampleCard("a", { lastFour: "2222" })), false);
      assert.equal(await current(2).cards.put(sampleCard("a", { buyer: "other" })), false);
      same(await current().cards.get("a"), sampleCard("a"));
      same(await current().cards.list("other"), []);
    });

    it("are replaced by the next version only, and by the same buyer's only", async (current) => {
      const first = sampleCard("a");
      await current().cards.put(first);
      for (const card of [
        next(first, { version: 3 }),
        next(first, { version: 0 }),
        next(first, { buyer: "other" }),
        next(sampleCard("never put")),
      ]) {
        assert.equal(await current(1).cards.put(card), false);
      }
      same(await current().cards.get("a"), first);
      assert.equal(await current().cards.get("never put"), undefined);
      const second = next(first, { sealedToken: "v1.name.another", lastFour: "2222" });
      assert.equal(await current(1).cards.put(second), true);
      assert.equal(await current(2).cards.put(second), false);
      same(await current(2).cards.list("buyer"), [second]);
    });

    it("are put once when fifty put the same version at once", async (current) => {
      const race = async (cards: StoredCard[]): Promise<string | undefined> => {
        const put = await Promise.all(cards.map((card, nth) => current(nth).cards.put(card)));
        assert.equal(put.filter(Boolean).length, 1);
        return cards[put.indexOf(true)]?.sealedToken;
      };
      const fifty = (card: StoredCard) =>
        Array.from({ length: 50 }, (_unused, nth) => ({ ...card, sealedToken: `v1.name.${nth}` }));
      const inserted = await race(fifty(sampleCard("a")));
      assert.equal((await current().cards.get("a"))?.sealedToken, inserted);
      const replaced = await race(fifty(next(sampleCard("a"))));
      assert.equal((await current().cards.get("a"))?.sealedToken, replaced);
      same(await idsOf(current), ["a"]);
    });

    it("are listed newest first, then by id, and each buyer's apart", async (current) => {
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
      same(await idsOf(current), ["newer", "a", "b", "c", "older"]);
      await current().cards.put(next(sampleCard("b"), { updatedAt: NOW + 5 }));
      same(await idsOf(current, "buyer", 1), ["newer", "a", "b", "c", "older"]);
      assert.equal((await idsOf(current, "another", 2)).length, 5);
    });

    it("are given to no buyer but their own, however alike the ids are", async (current) => {
      for (const [nth, buyer] of ALIKE.entries()) {
        await current(nth).cards.put(sampleCard(`card-${nth}`, { buyer }));
      }
      for (const [nth, buyer] of ALIKE.entries()) {
        same(await idsOf(current, buyer), [`card-${nth}`], buyer);
      }
    });

    it("are neither replaced nor erased for a buyer whose id is alike", async (current) => {
      for (const [nth, buyer] of ALIKE.entries()) {
        const card = sampleCard(`card-${nth}`, { buyer });
        await current().cards.put(card);
        for (const other of ALIKE.filter((id) => id !== buyer)) {
          assert.equal(await current(1).cards.put(next(card, { buyer: other })), false, other);
          assert.equal(await current(2).cards.remove(card.id, other), false, other);
        }
        same(await current().cards.get(card.id), card);
      }
    });

    it("are not found by what only begins like their id or their buyer's", async (current) => {
      await current().cards.put(sampleCard("a"));
      for (const end of ["\0", "\0b", "\ud800", "\udfff"]) {
        assert.equal(await current().cards.get(`a${end}`), undefined);
        same(await current().cards.list(`buyer${end}`), []);
        assert.equal(await current().cards.remove(`a${end}`, "buyer"), false);
        assert.equal(await current().cards.remove("a", `buyer${end}`), false);
      }
      same(await idsOf(current), ["a"]);
    });

    it("are erased for their own buyer, once", async (current) => {
      await current().cards.put(sampleCard("a"));
      await current().cards.put(sampleCard("b"));
      assert.equal(await current(1).cards.remove("a", "other"), false);
      same(await idsOf(current), ["a", "b"]);
      assert.equal(await current(1).cards.remove("a", "buyer"), true);
      assert.equal(await current(2).cards.remove("a", "buyer"), false);
      assert.equal(await current().cards.get("a"), undefined);
      same(await idsOf(current), ["b"]);
      assert.equal(await current().cards.remove("never put", "buyer"), false);
    });

    it("are erased once when many ask for it at once", async (current) => {
      await current().cards.put(sampleCard("a"));
      const removed = await Promise.all(
        Array.from({ length: 20 }, (_unused, nth) => current(nth).cards.remove("a", "buyer")),
      );
      assert.equal(removed.filter(Boolean).length, 1);
    });

    it("are not brought back by who had read them before they were erased", async (current) => {
      const first = sampleCard("a");
      await current().cards.put(first);
      await current(1).cards.remove("a", "buyer");
      assert.equal(await current().cards.put(next(first)), false);
      assert.equal(await current().cards.get("a"), undefined);
    });

    it("are not shared with who handed them in or had them handed out", async (current) => {
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
      same(await current().cards.get("a"), sampleCard("a", { consent: { at: NOW, by: "shop", payment: "p" } }));
    });

    it("have nothing to do with payments of the same id", async (current) => {
      await openNew(current(), samplePayment("a"));
      assert.equal(await current().cards.get("a"), undefined);
      await current().cards.put(sampleCard("a"));
      await current().cards.remove("a", "buyer");
      same(await current().get("a"), samplePayment("a"));
    });
  });
};
