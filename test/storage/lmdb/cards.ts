import type { CardStorage } from "../../../lib/index.js";
import { textKey, up } from "./table.js";
import type { Steps } from "./tables.js";

export const cards: Steps<CardStorage, keyof CardStorage> = {
  put(tables, card) {
    const stored = tables.cards.get(card.id);
    const isNext = stored?.version === card.version - 1 && stored.buyer === card.buyer;
    if (card.version === 1 ? stored !== undefined : !isNext) return false;
    tables.cards.put(card.id, card);
    return true;
  },

  list(tables, buyer) {
    const cards = [...tables.cards.by("buyer", up(textKey(buyer)))];
    return cards.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  },

  get: (tables, id) => tables.cards.get(id),

  remove(tables, id, buyer) {
    if (tables.cards.get(id)?.buyer !== buyer) return false;
    tables.cards.remove(id);
    return true;
  },
};
