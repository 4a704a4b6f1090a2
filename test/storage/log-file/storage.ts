import type { Storage } from "../../../lib/index.js";
import { cardsIn } from "./cards.js";
import { LogFile } from "./log-file.js";
import { daysOf, heldOf } from "./overview.js";
import { Payments } from "./payments.js";
import { step } from "./step.js";
import { Tasks } from "./tasks.js";

/** Keeps payments in one file of one process, a line for each transaction: the adapter that docs/conformance.md writes. */
export const logFileStorage = (path: string): Storage => {
  const file = new LogFile(path);
  const tasks = new Tasks(file);
  const payments = new Payments(file, tasks);
  return {
    start: () =>
      step(() => {
        file.open();
      }),
    stop: () =>
      step(() => {
        file.close();
      }),
    open: (opening) => step(() => payments.open(opening)),
    commit: (change) => step(() => payments.commit(change)),
    defer: (task) => step(() => tasks.defer(task, payments.has(task.payment))),
    get: (id) => step(() => payments.get(id)),
    find: ({ paymentId }) => step(() => payments.newest((payment) => payment.paymentId === paymentId)[0]),
    findByOrder: (orderId) => step(() => payments.newest((payment) => payment.orderId === orderId)),
    list: (query) => step(() => payments.list(query)),
    overview: (range) =>
      step(() => {
        const all = payments.all();
        return { days: daysOf(all, range), held: heldOf(all), waiting: tasks.deliveries() };
      }),
    journal: (id) => step(() => payments.journal(id)),
    claim: (request) => step(() => tasks.claim(request)),
    settle: (task, outcome) => step(() => tasks.settle(task, outcome)),
    tasks: (query) => step(() => tasks.list(query)),
    redrive: (id, now) => step(() => tasks.redrive(id, now)),
    prune: (request) => step(() => payments.prune(request)),
    cards: cardsIn(file),
  };
};
