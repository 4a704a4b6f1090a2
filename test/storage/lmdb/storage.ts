import type { Storage } from "../../../lib/index.js";
import { cards } from "./cards.js";
import { LmdbDatabase } from "./database.js";
import { overview } from "./overview.js";
import { payments } from "./payments.js";
import { tasks } from "./tasks.js";

/** Keeps payments in a folder of LMDB, which several processes of one machine may share: the adapter that docs/conformance.md writes. */
export const lmdbStorage = (folder: string): Storage => {
  const database = new LmdbDatabase(folder);
  return {
    start: () =>
      new Promise((resolve) => {
        database.open();
        resolve();
      }),
    stop: () => database.close(),
    describe: () => Promise.resolve({ kind: "lmdb", text: `LMDB in ${folder}, every commit synced`, isDurable: true }),
    open: (opening) => database.write(payments.open, opening),
    commit: (change) => database.write(payments.commit, change),
    defer: (task) => database.write(tasks.defer, task),
    get: (id) => database.read(payments.get, id),
    find: (by) => database.read(payments.find, by),
    findByOrder: (orderId) => database.read(payments.findByOrder, orderId),
    list: (query) => database.read(payments.list, query),
    overview: (range) => database.read(overview, range),
    journal: (id) => database.read(payments.journal, id),
    claim: (request) => database.write(tasks.claim, request),
    settle: (task, outcome) => database.write(tasks.settle, task, outcome),
    tasks: (query) => database.read(tasks.tasks, query),
    redrive: (id, now) => database.write(tasks.redrive, id, now),
    prune: (request) => database.write(payments.prune, request),
    cards: {
      put: (card) => database.write(cards.put, card),
      list: (buyer) => database.read(cards.list, buyer),
      get: (id) => database.read(cards.get, id),
      remove: (id, buyer) => database.write(cards.remove, id, buyer),
    },
  };
};
