import { isLive, type Payment } from "../../../lib/payment/payment.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { defect, overlaid, type Defect } from "./defect.js";

/** As many a database compares texts unless told otherwise: without their case, and without blanks at the end. */
const folded = (id: string): string => id.trimEnd().toLowerCase();

const isAlike = (id: string | undefined, asked: string): boolean => id !== undefined && folded(id) === folded(asked);

const allOf = async (storage: Storage): Promise<readonly Payment[]> => (await storage.list({ limit: 1000 })).items;

/** Finds the live payment of an order, or of one that is alike, but for the payment itself. */
const occupants = (storage: Storage): ((payment: Payment) => Promise<Payment | undefined>) => {
  const orders = new Set<string>();
  return async ({ id, orderId }) => {
    orders.add(orderId);
    const alike = [...orders].filter((other) => isAlike(other, orderId));
    const payments = await Promise.all(alike.map((other) => storage.findByOrder(other)));
    return payments.flat().find((other) => isLive(other) && other.id !== id);
  };
};

const OWN_ORDER = "ids that are alike: are of different orders, each with a live payment of its own";
const OWN_PAYMENTS = "ids that are alike: find their own payments, and no others";
const OWN_CARDS = "cards: are neither replaced nor erased for a buyer whose id is alike";

export const ALIKE_DEFECTS: readonly Defect[] = [
  defect("the index of live payments is over orders without their case", OWN_ORDER, (storage) => {
    const occupant = occupants(storage);
    return overlaid(storage, {
      open: async (opening) => {
        const payment = await occupant(opening.payment);
        return payment === undefined ? storage.open(opening) : { payment, isNew: false };
      },
    });
  }),
  defect("a payment does not come alive beside one of an order that is alike", OWN_ORDER, (storage) => {
    const occupant = occupants(storage);
    return overlaid(storage, {
      open: async (opening) => {
        await occupant(opening.payment);
        return storage.open(opening);
      },
      commit: async (handed) => {
        const change = structuredClone(handed);
        const isTaken = change.isLive && (await occupant(change.payment)) !== undefined;
        const stored = await storage.get(change.payment.id);
        return isTaken && stored?.version === change.expectedVersion ? "occupied" : storage.commit(change);
      },
    });
  }),
  defect("an order's payments are found without its case", OWN_PAYMENTS, (storage) =>
    overlaid(storage, {
      findByOrder: async (orderId) => (await allOf(storage)).filter((payment) => isAlike(payment.orderId, orderId)),
    }),
  ),
  defect("an order's payments are listed without its case", OWN_PAYMENTS, (storage) =>
    overlaid(storage, {
      list: async ({ orderId, ...others }) => {
        const page = await storage.list(others);
        if (orderId === undefined) return page;
        return { ...page, items: page.items.filter((payment) => isAlike(payment.orderId, orderId)) };
      },
    }),
  ),
  defect("a payment is found by Antom's id without its case", OWN_PAYMENTS, (storage) =>
    overlaid(storage, {
      find: async ({ paymentId }) => (await allOf(storage)).find((payment) => isAlike(payment.paymentId, paymentId)),
    }),
  ),
  defect("a card is replaced for a buyer whose id is alike", OWN_CARDS, (storage) =>
    overlaid(
      storage,
      {},
      {
        put: async (handed) => {
          const card = structuredClone(handed);
          const { buyer = card.buyer } = (await storage.cards.get(card.id)) ?? {};
          return storage.cards.put(isAlike(buyer, card.buyer) ? { ...card, buyer } : card);
        },
      },
    ),
  ),
  defect("a card is erased for a buyer whose id is alike", OWN_CARDS, (storage) =>
    overlaid(
      storage,
      {},
      {
        remove: async (id, asked) => {
          const { buyer = asked } = (await storage.cards.get(id)) ?? {};
          return storage.cards.remove(id, isAlike(buyer, asked) ? buyer : asked);
        },
      },
    ),
  ),
];
