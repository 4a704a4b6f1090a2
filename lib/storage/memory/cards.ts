import type { StoredCard } from "../../payment/stored-card.js";
import type { CardStorage } from "../storage.js";
import { step } from "./step.js";

interface Row {
  readonly id: string;
  readonly buyer: string;
  readonly version: number;
  readonly createdAt: number;
  readonly json: string;
}

/** The cards of `memoryStorage`. */
export class MemoryCards implements CardStorage {
  readonly #rows = new Map<string, Row>();

  put(card: StoredCard): Promise<boolean> {
    return step(() => {
      const { id, buyer, version, createdAt } = card;
      const json = JSON.stringify(card);
      const row = this.#rows.get(id);
      const fits = version === 1 ? row === undefined : row?.version === version - 1 && row.buyer === buyer;
      if (fits) this.#rows.set(id, { id, buyer, version, createdAt, json });
      return fits;
    });
  }

  list(buyer: string): Promise<StoredCard[]> {
    return step(() =>
      [...this.#rows.values()]
        .filter((row) => row.buyer === buyer)
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
        .map(parse),
    );
  }

  get(id: string): Promise<StoredCard | undefined> {
    return step(() => {
      const row = this.#rows.get(id);
      return row === undefined ? undefined : parse(row);
    });
  }

  remove(id: string, buyer: string): Promise<boolean> {
    return step(() => this.#rows.get(id)?.buyer === buyer && this.#rows.delete(id));
  }
}

const parse = (row: Row): StoredCard => JSON.parse(row.json) as StoredCard;
