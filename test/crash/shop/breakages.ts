import { setTimeout as delay } from "node:timers/promises";
import type { RequestHandler } from "express";
import type { ClaimedTask, Storage } from "../../../lib/storage/storage.js";
import { replaced } from "./replaced.js";

/** What can be broken in a shop on purpose: each breaks one promise that the run is there to check. */
export const BREAKAGES = {
  "answers-early": "the storage says that a change is committed some milliseconds before it is",
  "forgets-events": "the storage drops the deliveries that come with every third commit",
  "forgets-work": "the storage drops all tasks but deliveries",
  overwrites: "the storage commits whether or not the version has moved on",
  "delivers-once": "an event is marked as delivered before its hook is called",
  "acknowledges-early": "a notification is acknowledged before anything is done about it",
  "sends-first": "Antom is called before the intent is written down",
  "forgets-keys": "the storage does not know the idempotency keys of operations any more",
  "gives-up-early": "an event whose hook has failed once is given up",
  "tells-twice":
    "the storage forgets once of every event that it was delivered (on PostgreSQL the hook's transaction says so, which it keeps)",
} as const;
export type Breakage = keyof typeof BREAKAGES;

export const isBreakage = (name: string): name is Breakage => Object.hasOwn(BREAKAGES, name);

/** How long a change that was said to be committed really takes, in milliseconds. */
const LATE = 40;

const later = (work: () => Promise<unknown>): void => {
  setTimeout(() => {
    work().catch(() => undefined);
  }, LATE);
};

/** The storage, broken as told. */
export const brokenStorage = (storage: Storage, breakage: Breakage | undefined): Storage =>
  breakage === undefined ? storage : replaced(storage, stepsOf(storage, breakage));

function stepsOf(storage: Storage, breakage: Breakage): Partial<Storage> {
  let commits = 0;
  switch (breakage) {
    case "answers-early":
      return {
        commit(change) {
          later(() => storage.commit(change));
          return Promise.resolve("committed");
        },
      };
    case "forgets-events":
      return {
        commit: (change) =>
          storage.commit(
            ++commits % 3 === 0
              ? { ...change, tasks: change.tasks.filter((task) => "obsolete" in task || task.kind !== "deliver") }
              : change,
          ),
      };
    case "forgets-work":
      return {
        open: (opening) => storage.open({ ...opening, tasks: [] }),
        commit: (change) =>
          storage.commit({
            ...change,
            tasks: change.tasks.filter((task) => "obsolete" in task || task.kind === "deliver"),
          }),
      };
    case "overwrites":
      return {
        async commit(change) {
          // Long enough for somebody else to come between.
          await delay(LATE);
          const outcome = await storage.commit(change);
          if (outcome !== "stale") return outcome;
          const expectedVersion = (await storage.get(change.payment.id))?.version ?? 0;
          const version = expectedVersion + 1;
          const entries = change.entries.map((entry) => ({ ...entry, version }));
          return storage.commit({ ...change, entries, expectedVersion, payment: { ...change.payment, version } });
        },
      };
    case "delivers-once":
      return {
        async claim(request) {
          const claimed = await storage.claim(request);
          await Promise.all(claimed.filter(isDelivery).map((task) => storage.settle(task, { done: true })));
          return claimed;
        },
        settle: (task, outcome) => (isDelivery(task) ? Promise.resolve(true) : storage.settle(task, outcome)),
      };
    case "sends-first":
      return {
        open(opening) {
          later(() => storage.open(opening));
          return Promise.resolve({ payment: opening.payment, isNew: true });
        },
      };
    case "forgets-keys":
      return {
        async get(id) {
          const payment = await storage.get(id);
          return payment && { ...payment, operations: payment.operations.map(({ key: _key, ...rest }) => rest) };
        },
      };
    case "gives-up-early":
      return {
        settle: (task, outcome) =>
          storage.settle(
            task,
            isDelivery(task) && "again" in outcome ? { dead: outcome.error ?? "It failed." } : outcome,
          ),
      };
    case "tells-twice": {
      const forgotten = new Set<string>();
      return {
        settle(task, outcome) {
          const { id } = task.task;
          if (!isDelivery(task) || !("done" in outcome) || forgotten.has(id)) return storage.settle(task, outcome);
          forgotten.add(id);
          return Promise.resolve(true);
        },
      };
    }
    case "acknowledges-early":
      return {};
  }
}

const isDelivery = ({ task }: ClaimedTask): boolean => task.kind === "deliver";

/** Stands before the kit's notify route: answers, and only then lets the kit do its work. */
export const earlyAcknowledgement: RequestHandler = (req, res, next) => {
  if (req.method !== "POST" || !req.path.endsWith("/notify")) {
    next();
    return;
  }
  const chunks: Buffer[] = [];
  req.on("data", (chunk: Buffer) => chunks.push(chunk));
  req.on("end", () => {
    const rawBody = Buffer.concat(chunks);
    Object.assign(req, { rawBody, body: {} });
    const result = { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" };
    res.status(200).json({ result });
    setTimeout(() => {
      next();
    }, LATE);
  });
};
