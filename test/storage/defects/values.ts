import type { JournalEntry } from "../../../lib/payment/journal.js";
import type { Task } from "../../../lib/payment/task.js";
import type { ClaimedTask, Storage, TaskOutcome } from "../../../lib/storage/storage.js";
import { defect, overlaid, type Defect } from "./defect.js";

/** As a database in UTF-8 keeps it, and a driver that takes texts as they come. */
const inUtf8 = <T>(value: T): T => JSON.parse(JSON.stringify(value, wellFormed)) as T;
const wellFormed = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? Buffer.from(value).toString() : value;

/** As a column of so many letters keeps it. */
const cut = (text: string): string => text.slice(0, 255);

const told = (outcome: TaskOutcome): TaskOutcome => {
  if ("dead" in outcome) return { dead: cut(outcome.dead) };
  return "again" in outcome && outcome.error !== undefined ? { ...outcome, error: cut(outcome.error) } : outcome;
};

/** Parses what is alike once, and hands it out again and again. */
const parsedOnce = () => {
  const known = new Map<string, unknown>();
  return <T>(value: T): T => {
    const json = JSON.stringify(value);
    if (!known.has(json)) known.set(json, value);
    return known.get(json) as T;
  };
};

/** Hands out copies that go one level deep. */
const shallow = <T extends object>(once: ReturnType<typeof parsedOnce>, value: T): T => ({ ...once(value) });

const NESTED = "what is handed in or out: is not changed in the storage when a reader changes all of it";

/** An adapter whose step keeps what it has parsed. */
const keeping = (name: string, over: (storage: Storage, once: ReturnType<typeof parsedOnce>) => Partial<Storage>) =>
  defect(`what is nested is shared by those who ${name}`, NESTED, (storage) =>
    overlaid(storage, over(storage, parsedOnce())),
  );

/** Rejects with an error of its own, which bears no code. */
const uncoded = async <T>(step: Promise<T>): Promise<T> =>
  step.catch((cause: unknown) => {
    throw new RangeError("There is no such page.", { cause });
  });

export const VALUE_DEFECTS: readonly Defect[] = [
  defect(
    "a value is mangled by a commit, and not when it is opened",
    "values: come back as a commit has changed them: half a surrogate pair",
    (storage) =>
      overlaid(storage, { commit: (change) => storage.commit({ ...change, payment: inUtf8(change.payment) }) }),
  ),
  defect(
    "a value is mangled in the journal",
    "values: come back from the journal as they went in: halves of surrogate pairs",
    (storage) => {
      const entries = (all: readonly JournalEntry[]): JournalEntry[] => all.map((entry) => inUtf8(entry));
      return overlaid(storage, { commit: (change) => storage.commit({ ...change, entries: entries(change.entries) }) });
    },
  ),
  defect("a task's error is cut", "values: are readable as a task's error: half a megabyte", (storage) =>
    overlaid(storage, { settle: (task, outcome) => storage.settle(task, told(outcome)) }),
  ),
  keeping("get", (storage, once) => ({
    get: async (id) => {
      const payment = await storage.get(id);
      return payment && shallow(once, payment);
    },
  })),
  keeping("find", (storage, once) => ({
    find: async (by) => {
      const payment = await storage.find(by);
      return payment && shallow(once, payment);
    },
  })),
  keeping("ask for an order's", (storage, once) => ({
    findByOrder: async (orderId) => (await storage.findByOrder(orderId)).map((payment) => shallow(once, payment)),
  })),
  keeping("list", (storage, once) => ({
    list: async (query) => {
      const page = await storage.list(query);
      return { ...page, items: page.items.map((payment) => shallow(once, payment)) };
    },
  })),
  keeping("read a journal", (storage, once) => ({
    journal: async (id) => (await storage.journal(id)).map((entry) => shallow(once, entry)),
  })),
  keeping("read tasks", (storage, once) => ({
    tasks: async (query) => {
      const page = await storage.tasks(query);
      return { ...page, items: page.items.map((record) => ({ ...record, task: shallow(once, record.task) })) };
    },
  })),
  defect(
    "what is claimed is shared by those who claim it",
    "what is handed in or out: is not changed in the storage when a worker changes what it has claimed",
    (storage) => {
      const once = parsedOnce();
      const kept = (claimed: ClaimedTask): ClaimedTask => ({ ...claimed, task: once<Task>(claimed.task) });
      return overlaid(storage, { claim: async (request) => (await storage.claim(request)).map(kept) });
    },
  ),
  defect("a list is refused without a code", "list: refuses a limit or a place that is none", (storage) =>
    overlaid(storage, {
      list: (query) =>
        query.amount === undefined && query.attention === undefined
          ? uncoded(storage.list(query))
          : storage.list(query),
    }),
  ),
  defect("a list of tasks is refused without a code", "list: refuses a limit or a place that is none", (storage) =>
    overlaid(storage, { tasks: (query) => uncoded(storage.tasks(query)) }),
  ),
  defect(
    "an overview is refused without a code",
    "overview: refuses times that are none, backwards, or more than a hundred days apart",
    (storage) => overlaid(storage, { overview: (range) => uncoded(storage.overview(range)) }),
  ),
  defect("a removal is refused without a code", "prune: refuses a limit that is none", (storage) =>
    overlaid(storage, { prune: (request) => uncoded(storage.prune(request)) }),
  ),
];
