import type { StorageUnderTest } from "../../../lib/storage/conformance.js";
import { isLive } from "../../../lib/payment/payment.js";
import { memoryStorage } from "../../../lib/storage/memory.js";
import type { CardStorage, Storage } from "../../../lib/storage/storage.js";

/** A storage that breaks one promise, and the test of the suite that is to say so. */
export interface Defect {
  readonly name: string;
  /** The test's title, with what stands before it. */
  readonly breaks: string;
  readonly create: () => StorageUnderTest;
}

/** A storage that does as another one does, but for some steps. */
export const overlaid = (
  of: Storage,
  over: Partial<Omit<Storage, "cards">>,
  cards: Partial<CardStorage> = {},
): Storage => ({
  start: () => of.start(),
  stop: () => of.stop(),
  open: (opening) => of.open(opening),
  commit: (change) => of.commit(change),
  defer: (task) => of.defer(task),
  get: (id) => of.get(id),
  find: (by) => of.find(by),
  findByOrder: (orderId) => of.findByOrder(orderId),
  list: (query) => of.list(query),
  overview: (range) => of.overview(range),
  journal: (id) => of.journal(id),
  claim: (request) => of.claim(request),
  settle: (task, outcome) => of.settle(task, outcome),
  tasks: (query) => of.tasks(query),
  redrive: (id, now) => of.redrive(id, now),
  prune: (request) => of.prune(request),
  ...over,
  cards: {
    put: (card) => of.cards.put(card),
    list: (buyer) => of.cards.list(buyer),
    get: (id) => of.cards.get(id),
    remove: (id, buyer) => of.cards.remove(id, buyer),
    ...cards,
  },
});

/** Three that share what is stored, which outlives them as a database server does: all as it should be, but for what is laid over. */
export const shared = (over: (storage: Storage) => Storage): StorageUnderTest => {
  const database = memoryStorage();
  const connect = (): Storage => overlaid(database, {});
  const defective = over(database);
  return { storages: [defective, defective, defective], crash: () => Promise.resolve(connect()) };
};

export const defect = (name: string, breaks: string, over: (storage: Storage) => Storage): Defect => ({
  name,
  breaks,
  create: () => shared(over),
});

/** Takes an order from its live payment, which does not hear of it. */
export const freeOrder = async (storage: Storage, orderId: string): Promise<void> => {
  for (const payment of (await storage.findByOrder(orderId)).filter(isLive)) {
    await storage.commit({ payment, isLive: false, expectedVersion: payment.version, entries: [], tasks: [] });
  }
};

/** What a round trip to a database takes: others get their turn. */
export const roundTrip = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
