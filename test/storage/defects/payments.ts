import { isLive, type Payment } from "../../../lib/payment/payment.js";
import { defect, freeOrder, overlaid, roundTrip, type Defect } from "./defect.js";

export const PAYMENT_DEFECTS: readonly Defect[] = [
  defect(
    "a lost update: the version is looked at before, and not when it is written",
    "races: lose no update",
    (storage) =>
      overlaid(storage, {
        commit: async (change) => {
          const read = await storage.get(change.payment.id);
          if (read?.version !== change.expectedVersion) return "stale";
          await roundTrip();
          const now = await storage.get(change.payment.id);
          return storage.commit({ ...change, expectedVersion: now?.version ?? 0 });
        },
      }),
  ),
  defect("a stale commit is accepted", "commit: stores nothing when the version has moved on", (storage) =>
    overlaid(storage, {
      commit: async (change) => {
        const now = await storage.get(change.payment.id);
        return storage.commit({ ...change, expectedVersion: now?.version ?? change.expectedVersion });
      },
    }),
  ),
  defect(
    "a commit that is not atomic: the payment is stored though its tasks cannot be",
    "a step that is refused: has changed nothing when a task is of another payment",
    (storage) =>
      overlaid(storage, {
        commit: async (change) => {
          try {
            return await storage.commit(change);
          } catch (error) {
            await storage.commit({ ...change, tasks: [] }).catch(() => undefined);
            throw error;
          }
        },
      }),
  ),
  defect(
    "an opening that is not atomic: the payment is stored though its tasks cannot be",
    "a step that is refused: has opened nothing when a task is of another payment",
    (storage) =>
      overlaid(storage, {
        open: async (opening) => {
          try {
            return await storage.open(opening);
          } catch (error) {
            await storage.open({ ...opening, tasks: [] }).catch(() => undefined);
            throw error;
          }
        },
      }),
  ),
  defect(
    "a second live payment: the order is looked at before the insert",
    "open: opens one payment when a hundred checkouts of an order come at once",
    (storage) =>
      overlaid(storage, {
        open: async (opening) => {
          const payment = (await storage.findByOrder(opening.payment.orderId)).find(isLive);
          if (payment !== undefined) return { payment, isNew: false };
          await roundTrip();
          return storage.open({ ...opening, isLive: false });
        },
      }),
  ),
  defect(
    "a payment that was given up comes alive beside another",
    "commit: does not make a payment live while another of its order is, and stores nothing then",
    (storage) =>
      overlaid(storage, {
        commit: async (change) => {
          const outcome = await storage.commit(change);
          return outcome === "occupied" ? storage.commit({ ...change, isLive: false }) : outcome;
        },
      }),
  ),
  defect(
    "a payment that is not live takes the order from the one that is, when it changes",
    "commit: leaves the order to its live payment where another one of it changes",
    (storage) =>
      overlaid(storage, {
        commit: async (change) => {
          const outcome = await storage.commit(change);
          if (outcome === "committed" && !change.isLive) await freeOrder(storage, change.payment.orderId);
          return outcome;
        },
      }),
  ),
  defect("reads see what is not committed", "races: show no reader what is not committed", (storage) => {
    const written = new Map<string, Payment>();
    return overlaid(storage, {
      commit: async (change) => {
        written.set(change.payment.id, structuredClone(change.payment));
        await roundTrip();
        const outcome = await storage.commit(change);
        written.delete(change.payment.id);
        return outcome;
      },
      get: async (id) => written.get(id) ?? storage.get(id),
    });
  }),
  defect(
    "entries of a commit are stored twice over when it is tried again",
    "commit: stores the payment, its entries and its tasks",
    (storage) =>
      overlaid(storage, {
        commit: (change) => storage.commit({ ...change, entries: [...change.entries, ...change.entries] }),
      }),
  ),
  defect(
    "a journal goes by its times, not by its versions",
    "journal: gives the entries in the order of their versions, and those of one commit as they were handed in",
    (storage) => overlaid(storage, { journal: async (id) => (await storage.journal(id)).sort((a, b) => a.at - b.at) }),
  ),
  defect(
    "to open the very same payment again puts its task and its entry anew",
    "open: answers with the payment as it is stored when the very same is opened again, and adds nothing",
    (storage) =>
      overlaid(storage, {
        open: async (opening) => {
          const opened = await storage.open(opening);
          const { payment } = opened;
          if (opened.isNew || payment.id !== opening.payment.id) return opened;
          const { isLive, entry, tasks } = opening;
          await storage.commit({ payment, isLive, expectedVersion: payment.version, entries: [entry], tasks });
          return opened;
        },
      }),
  ),
  defect(
    "whether the very same payment is there is looked at before it is inserted, and not then",
    "open: adds nothing either when the very same is opened many times at once",
    (storage) =>
      overlaid(storage, {
        open: async (opening) => {
          const payment = await storage.get(opening.payment.id);
          await roundTrip();
          const opened = await storage.open(opening);
          const isOurs = opened.payment.id === opening.payment.id;
          if (payment === undefined && !opened.isNew && isOurs) throw new Error("There is such a row already.");
          return opened;
        },
      }),
  ),
  defect(
    "an order's live payment is asked for only by those that would be live too",
    "open: answers with the live payment also to one that would not be live",
    (storage) => {
      const others = new Map<string, Payment>();
      return overlaid(storage, {
        open: async (opening) => {
          const opened = await storage.open(opening);
          if (opening.isLive || opened.isNew) return opened;
          others.set(opening.payment.id, opening.payment);
          return { payment: opening.payment, isNew: true };
        },
        get: async (id) => others.get(id) ?? storage.get(id),
      });
    },
  ),
];
