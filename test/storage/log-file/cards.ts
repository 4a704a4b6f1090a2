import type { CardStorage, StoredCard } from "../../../lib/index.js";
import type { LogFile } from "./log-file.js";
import { step } from "./step.js";

export const cardsIn = (file: LogFile): CardStorage => {
  const rows = file.table<StoredCard>("cards");
  const inOne = (work: () => boolean): Promise<boolean> => step(() => file.transaction(work));
  return {
    put: (card) =>
      inOne(() => {
        const stored = rows.get(card.id);
        const isNext = stored?.version === card.version - 1 && stored.buyer === card.buyer;
        if (card.version === 1 ? stored !== undefined : !isNext) return false;
        rows.put(card.id, card);
        return true;
      }),
    list: (buyer) =>
      step(() =>
        rows
          .all()
          .filter((card) => card.buyer === buyer)
          .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)),
      ),
    get: (id) => step(() => rows.get(id)),
    remove: (id, buyer) =>
      inOne(() => {
        if (rows.get(id)?.buyer !== buyer) return false;
        rows.remove(id);
        return true;
      }),
  };
};
