import type { Payment } from "../../../lib/payment/payment.js";
import { defect, overlaid, shared, type Defect } from "./defect.js";

/** As a column of doubles keeps it. */
const asDouble = (value: string): string => String(Number(value));

/** As a database in UTF-8 keeps it. */
const inUtf8 = <T>(value: T): T => JSON.parse(Buffer.from(JSON.stringify(value, wellFormed)).toString()) as T;
const wellFormed = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? Buffer.from(value).toString() : value;

/** As a driver in C may hand it on. */
const cutOff = (id: string): string => id.replace(/\0.*/s, "");

export const READ_DEFECTS: readonly Defect[] = [
  defect(
    "a value is mangled: half a character",
    "values: come back as they went in: half a surrogate pair",
    (storage) =>
      overlaid(storage, { open: (opening) => storage.open({ ...opening, payment: inUtf8(opening.payment) }) }),
  ),
  defect("a value is mangled: a number too long", "values: come back as they went in: sixteen digits", (storage) =>
    overlaid(storage, {
      open: (opening) => {
        const authorizedAmount = asDouble(opening.payment.authorizedAmount);
        return storage.open({ ...opening, payment: { ...opening.payment, authorizedAmount } });
      },
    }),
  ),
  defect(
    "readers share what they are given",
    "what is handed in or out: is not shared between two readers",
    (storage) => {
      const cached = new Map<string, Payment>();
      return overlaid(storage, {
        get: async (id) => {
          const stored = await storage.get(id);
          const known = cached.get(id);
          if (known !== undefined && known.version === stored?.version) return known;
          if (stored !== undefined) cached.set(id, stored);
          return stored;
        },
      });
    },
  ),
  defect(
    "a page repeats the last of the page before",
    "list: passes over none and repeats none of those created in the same millisecond",
    (storage) =>
      overlaid(storage, {
        list: (query) => {
          const [createdAt = "", number = ""] = query.after?.split(".") ?? [];
          return storage.list(number === "" ? query : { ...query, after: `${createdAt}.${Number(number) + 1}` });
        },
      }),
  ),
  defect(
    "a page goes by the time alone, and passes over those that share it",
    "list: passes over none and repeats none of those created in the same millisecond",
    (storage) =>
      overlaid(storage, {
        list: (query) =>
          storage.list(query.after === undefined ? query : { ...query, after: query.after.replace(/\.\d+$/, ".0") }),
      }),
  ),
  defect("an overview sums in floats", "overview: is exact beyond what 64 bits hold", (storage) =>
    overlaid(storage, {
      overview: async (range) => {
        const overview = await storage.overview(range);
        const days = overview.days.map((day) => ({ ...day, captured: asDouble(day.captured) }));
        return { ...overview, days };
      },
    }),
  ),
  defect(
    "an overview takes for held what is not authorized yet",
    "overview: counts what is held now, whenever it was opened",
    (storage) =>
      overlaid(storage, {
        overview: async (range) => {
          const overview = await storage.overview(range);
          const { items } = await storage.list({ limit: 1000 });
          const { length } = items.filter(({ status }) => status === "processing");
          const held = overview.held.map((each) => ({ ...each, count: each.count + length }));
          return { ...overview, held };
        },
      }),
  ),
  defect(
    "an overview counts all work that was given up",
    "overview: counts the hooks that wait, that fail and that were given up, and no other work",
    (storage) =>
      overlaid(storage, {
        overview: async (range) => {
          const overview = await storage.overview(range);
          const { items } = await storage.tasks({ state: "dead", limit: 200 });
          return { ...overview, waiting: { ...overview.waiting, dead: items.length } };
        },
      }),
  ),
  defect(
    "a search takes what a name begins with for the name",
    "searching payments: takes no part of a name for the name",
    (storage) =>
      overlaid(storage, {
        list: async ({ search, ...query }) => {
          if (search === undefined) return storage.list(query);
          const { items } = await storage.list({ ...query, limit: 1000 });
          const begins = ({ id, orderId, paymentId, buyer }: Payment): boolean =>
            [id, orderId, paymentId, buyer].some((name) => name?.startsWith(search));
          return { items: items.filter(begins).slice(0, query.limit) };
        },
      }),
  ),
  defect(
    "a driver ends an id at a NUL",
    "what only begins like an id: finds no payment, whichever of its names it is",
    (storage) =>
      overlaid(storage, {
        get: (id) => storage.get(cutOff(id)),
        find: ({ paymentId }) => storage.find({ paymentId: cutOff(paymentId) }),
        findByOrder: (orderId) => storage.findByOrder(cutOff(orderId)),
      }),
  ),
  defect(
    "a task is found by what a database in UTF-8 has for its id",
    "what only begins like an id: finds no task, and redrives none",
    (storage) => overlaid(storage, { redrive: (id, now) => storage.redrive(inUtf8(id), now) }),
  ),
  {
    name: "an instance goes by what it read before",
    breaks: "races: of several instances see at once what any of them has committed",
    create: () =>
      shared((storage) => {
        const read = new Map<string, Payment | undefined>();
        return overlaid(storage, {
          get: async (id) => {
            if (!read.has(id)) read.set(id, await storage.get(id));
            return structuredClone(read.get(id));
          },
          journal: async (id) => (await storage.journal(id)).slice(0, 1),
        });
      }),
  },
];
