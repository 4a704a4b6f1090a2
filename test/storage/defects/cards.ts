import { defect, overlaid, roundTrip, type Defect } from "./defect.js";

export const CARD_DEFECTS: readonly Defect[] = [
  defect("anybody's card is removed", "cards: are erased for their own buyer, once", (storage) =>
    overlaid(
      storage,
      {},
      {
        remove: async (id) => {
          const card = await storage.cards.get(id);
          return card !== undefined && storage.cards.remove(id, card.buyer);
        },
      },
    ),
  ),
  defect(
    "put brings back a card that was removed",
    "cards: are not brought back by who had read them before they were erased",
    (storage) =>
      overlaid(
        storage,
        {},
        {
          put: async (card) => {
            if (await storage.cards.put(card)) return true;
            if ((await storage.cards.get(card.id)) !== undefined || card.version === 1) return false;
            return storage.cards.put({ ...card, version: 1 });
          },
        },
      ),
  ),
  defect(
    "a buyer's id is compared without its case",
    "cards: are given to no buyer but their own, however alike the ids are",
    (storage) => {
      const buyers = new Set<string>();
      return overlaid(
        storage,
        {},
        {
          put: (card) => {
            buyers.add(card.buyer);
            return storage.cards.put(card);
          },
          list: async (buyer) => {
            const alike = [...buyers].filter((other) => other.toLowerCase() === buyer.toLowerCase());
            return (await Promise.all(alike.map((other) => storage.cards.list(other)))).flat();
          },
        },
      );
    },
  ),
  defect(
    "a card is put by whoever comes last",
    "cards: are put once when fifty put the same version at once",
    (storage) =>
      overlaid(
        storage,
        {},
        {
          put: async (card) => {
            const stored = await storage.cards.get(card.id);
            if ((stored?.version ?? 0) !== card.version - 1) return false;
            if (stored !== undefined && stored.buyer !== card.buyer) return false;
            await roundTrip();
            await storage.cards.remove(card.id, card.buyer);
            let isPut = await storage.cards.put({ ...card, version: 1 });
            for (let version = 2; version <= card.version; version++)
              isPut = await storage.cards.put({ ...card, version });
            return isPut;
          },
        },
      ),
  ),
];
