import { storedCardView } from "../payment/stored-card.js";
import type { Clock } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import type { Cards } from "./cards.js";
import type { Ledger } from "./ledger.js";

export interface EraseCardParts {
  readonly cards: Pick<Cards, "find" | "remove">;
  readonly ledger: Pick<Ledger, "record">;
  readonly storage: Pick<Storage, "get">;
  readonly clock: Clock;
}

/**
 * Erases a buyer's stored card. The payment that it was kept with may not know of it yet, where it could not be stored after the card was: it is told
 * first, or its next message would keep the card anew.
 *
 * @throws AntomError `card_not_found`, or the storage's error, and then it is not erased
 */
export function createEraseCard({ cards, ledger, storage, clock }: EraseCardParts): Cards["remove"] {
  return async (buyer, id) => {
    const card = await cards.find(id, buyer);
    const fact = { kind: "card", card: storedCardView(card) } as const;
    if ((await storage.get(card.consent.payment)) !== undefined) {
      await ledger.record(card.consent.payment, ({ evidence }) =>
        evidence.cardStored === true ? undefined : { source: "command", at: clock.now(), facts: [fact] },
      );
    }
    await cards.remove(buyer, id);
  };
}
