import { expect } from "chai";
import fc from "fast-check";
import { createCards } from "../../lib/ledger/cards.js";
import { createLedger } from "../../lib/ledger/ledger.js";
import { createPrune, KEPT_AT_LEAST, type PruneOptions } from "../../lib/ledger/prune.js";
import { isLive, type Payment } from "../../lib/payment/payment.js";
import type { Logger } from "../../lib/ports.js";
import { captured, failed } from "../../lib/storage/conformance/resting.js";
import { opening } from "../../lib/storage/conformance/samples.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { manualClock } from "../../lib/testing.js";
import { DAY, opened, T0 } from "../payment/a-payment.js";
import { plans, worldOf } from "../payment/antom-model.js";
import { noise } from "../payment/noise.js";
import { CLIENT_ID } from "../support/keys.js";

const NOW = Date.UTC(2026, 0, 1);

/** What `rejects` rejects with. */
const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("it was not refused"),
    (error: unknown) => error,
  );

const house = (storage: Storage = memoryStorage()) => {
  const pauses: number[] = [];
  const lines: object[] = [];
  const silent = (): void => undefined;
  const logger: Logger = { debug: silent, info: (fields) => lines.push(fields), warn: silent, error: silent };
  const pause = (ms: number): Promise<void> => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const prune = createPrune({ start: () => Promise.resolve(), storage, clock: manualClock(NOW), logger, pause });
  return { storage, prune, pauses, lines };
};

const openAged = async (storage: Storage, make: typeof failed, id: string, days: number): Promise<void> => {
  const at = NOW - days * DAY;
  await storage.open(opening(make(id, { createdAt: at, updatedAt: at, expiresAt: at })));
};

const left = async (storage: Storage): Promise<string[]> =>
  (await storage.list({ limit: 1000 })).items.map(({ id }) => id).sort();

describe("prune", () => {
  it("removes what has been at rest for more than so many days, paid and unpaid each by its own", async () => {
    const { storage, prune, lines } = house();
    for (const days of [0, 89, 90, 91, 399, 400, 401]) {
      await openAged(storage, failed, `unpaid-${days}`, days);
      await openAged(storage, captured, `paid-${days}`, days);
    }
    expect(await prune({ unpaid: 90, paid: 400 })).to.deep.equal({ removed: 5, stopped: false });
    expect(await left(storage)).to.deep.equal(
      ["paid-0", "paid-89", "paid-90", "paid-91", "paid-399", "paid-400", "unpaid-0", "unpaid-89", "unpaid-90"].sort(),
    );
    expect(lines).to.deep.equal([{ event: "payments.pruned", removed: 5, unpaid: 90, paid: 400 }]);
    expect(await prune({ unpaid: 90, paid: 400 })).to.deep.equal({ removed: 0, stopped: false });
    expect(lines).to.have.lengthOf(1);
  });

  it("keeps those it was not asked for, however old they are", async () => {
    const { storage, prune } = house();
    for (const make of [failed, captured]) await openAged(storage, make, make.name, 5000);
    expect(await prune({ paid: 365 })).to.include({ removed: 1 });
    expect(await left(storage)).to.deep.equal(["failed"]);
    await openAged(storage, captured, "captured", 5000);
    expect(await prune({ unpaid: 30 })).to.include({ removed: 1 });
    expect(await left(storage)).to.deep.equal(["captured"]);
  });

  const refusals: readonly (readonly [string, PruneOptions, readonly string[]])[] = [
    ["neither", {}, ["unpaid"]],
    ["less than a month of an unpaid one", { unpaid: 29.9 }, ["unpaid"]],
    ["less than a year of a paid one", { paid: 364, unpaid: 30 }, ["paid"]],
    ["too little of both", { unpaid: 0, paid: 0 }, ["unpaid", "paid"]],
    ["what is no time", { unpaid: NaN, paid: Infinity }, ["unpaid", "paid"]],
    ["what is no number", { unpaid: "90" as unknown as number }, ["unpaid"]],
  ];
  for (const [what, options, places] of refusals) {
    it(`refuses ${what}, and removes nothing`, async () => {
      const { storage, prune } = house();
      await openAged(storage, failed, "old", 5000);
      const error = await rejection(prune(options));
      expect(error).to.include({ code: "request_invalid" });
      expect(error)
        .to.have.property("problems")
        .that.satisfies((problems: readonly { at: string }[]) => problems.map(({ at }) => at).join() === places.join());
      expect(await left(storage)).to.deep.equal(["old"]);
    });
  }

  for (const [what, options, says] of [
    ["a misspelt option", { paid: 400, unPaid: 90 }, 'unPaid is not an option; did you mean "unpaid"?'],
    ["a number of days alone", 90, "such as { unpaid: 90 }"],
    ["nothing", undefined, "such as { unpaid: 90 }"],
    ["no days", {}, "unpaid: Give unpaid, paid or both"],
    ["too few days", { paid: 30 }, "paid: Give days, 365 to 36500. Refunds and disputes may still come before."],
  ] as const) {
    it(`says in the message what is wrong with ${what}`, async () => {
      const { prune } = house();
      const error = await rejection(prune(options as PruneOptions));
      expect(error).to.have.property("code", "request_invalid");
      expect(error).to.have.property("message").that.contains(says);
    });
  }

  it("waits until the storage is ready, and asks it nothing where the days are wrong", async () => {
    const steps: string[] = [];
    const storage = memoryStorage();
    storage.prune = () => {
      steps.push("prune");
      return Promise.resolve(0);
    };
    const start = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      steps.push("start");
    };
    const silent = (): void => undefined;
    const logger = { debug: silent, info: silent, warn: silent, error: silent };
    const prune = createPrune({ start, storage, clock: manualClock(NOW), logger, pause: () => Promise.resolve() });
    await rejection(prune({ unpaid: 1 }));
    expect(steps).to.deep.equal([]);
    await prune({ unpaid: 30 });
    expect(steps).to.deep.equal(["start", "prune"]);
  });

  it("asks the storage in whole milliseconds, also where the days are a fraction", async () => {
    const { storage, prune } = house();
    const asked: number[] = [];
    storage.prune = ({ unpaidBefore, paidBefore }) => {
      asked.push(unpaidBefore, paidBefore);
      return Promise.resolve(0);
    };
    await prune({ unpaid: 1000 / 11, paid: 365.2422 * 1.1 });
    expect(asked).to.deep.equal([Math.floor(NOW - (1000 / 11) * DAY), Math.floor(NOW - 365.2422 * 1.1 * DAY)]);
  });

  it("takes the fewest days there may be", async () => {
    const { storage, prune } = house();
    for (const make of [failed, captured]) await openAged(storage, make, make.name, 366);
    expect(await prune(KEPT_AT_LEAST)).to.include({ removed: 2 });
  });

  it("goes on in batches with a pause between them, and tells how far it is", async () => {
    const { storage, prune, pauses } = house();
    for (let nth = 0; nth < 250; nth++) await openAged(storage, failed, `p${nth}`, 100);
    const told: number[] = [];
    expect(await prune({ unpaid: 30, onProgress: (removed) => told.push(removed) })).to.include({ removed: 250 });
    expect(told).to.deep.equal([100, 200, 250, 250]);
    expect(pauses).to.have.lengthOf(3);
    for (const ms of pauses) expect(ms).to.be.within(1, 100);
  });

  it("stops after the batch under way when it is told to, and goes on with the rest when it is begun again", async () => {
    const { storage, prune } = house();
    for (let nth = 0; nth < 250; nth++) await openAged(storage, failed, `p${nth}`, 100);
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = (): void => {
      controller.abort();
    };
    expect(await prune({ unpaid: 30, signal, onProgress })).to.deep.equal({ removed: 100, stopped: true });
    expect(await prune({ unpaid: 30, signal })).to.deep.equal({ removed: 0, stopped: true });
    expect(await prune({ unpaid: 30 })).to.deep.equal({ removed: 150, stopped: false });
  });

  it("rejects with what the storage rejects with, and logs what it had removed by then", async () => {
    const memory = memoryStorage();
    const away = new Error("the disk is away");
    let calls = 0;
    const { prune, lines } = house({
      ...memory,
      prune: () => (++calls > 2 ? Promise.reject(away) : Promise.resolve(7)),
    });
    expect(await rejection(prune({ unpaid: 30 }))).to.equal(away);
    expect(lines).to.deep.equal([{ event: "payments.pruned", removed: 14, unpaid: 30, paid: undefined }]);
  });
});

describe("prune, whatever has happened to the payments", function () {
  this.timeout(30_000);

  /** Why a payment must not go, by what can be seen of it from outside. */
  const reasons = ({ status, operations, conflicts, reviewed = 0 }: Payment): string[] => [
    ...(["captured", "failed", "voided", "expired"].includes(status) ? [] : [status]),
    ...operations.filter((operation) => operation.status === "pending").map(({ kind }) => `${kind} pending`),
    ...(conflicts.length > reviewed ? ["a conflict"] : []),
  ];

  it("never loses one with something pending, nor any part of one that stays", async () => {
    let removed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ plan: plans, noises: fc.array(noise, { maxLength: 3 }) }), { minLength: 4, maxLength: 8 }),
        fc.nat(3),
        async (lives, isDelivered) => {
          const { storage } = house();
          const silent = (): void => undefined;
          const logger = { debug: silent, info: silent, warn: silent, error: silent };
          const cards = createCards({ storage, seal: undefined, logger });
          const ledger = createLedger({ clientId: CLIENT_ID, storage, cards, logger, onTasks: silent });
          let at = T0;
          for (const [nth, { plan, noises }] of lives.entries()) {
            // Two payments of each order, so that one may succeed after the other.
            const first = opened({ value: String(plan.value), captureMode: plan.captureMode });
            const payment = { ...first.payment, id: `p${nth}`, orderId: `order-${nth >> 1}` };
            const tasks = first.tasks.map((task) => ({ ...task, id: `${task.id}:${nth}`, payment: payment.id }));
            const entry = { ...first.entry, payment: payment.id };
            const { isNew } = await storage.open({ payment, isLive: isLive(payment), entry, tasks });
            const { commands, signed } = worldOf(plan);
            for (const told of isNew ? [...commands, ...signed, ...noises] : []) {
              at += 1000;
              await ledger.record(payment.id, { source: told.source, at, facts: told.facts });
            }
          }
          // Of some, the events were delivered and the tasks found nothing left to do.
          for (let rounds = 0; rounds < 20 && isDelivered > 0; rounds++) {
            for (const task of await storage.claim({ now: at + 1e9, lease: 1, limit: 500 })) {
              await storage.settle(
                task,
                task.task.payment === "p0" && isDelivered > 1 ? { dead: "x" } : { done: true },
              );
            }
          }
          const before = (await storage.list({ limit: 100 })).items;
          const waiting = [
            ...(await storage.tasks({ state: "waiting", limit: 1000 })).items,
            ...(await storage.tasks({ state: "dead", limit: 1000 })).items,
          ];
          const journals = new Map<string, unknown>();
          for (const { id } of before) journals.set(id, await storage.journal(id));

          const prune = createPrune({
            start: () => Promise.resolve(),
            storage,
            clock: manualClock(at + 5000 * DAY),
            logger,
            pause: () => Promise.resolve(),
          });
          removed += (await prune({ unpaid: 30, paid: 365 })).removed;
          for (const payment of before) {
            const now = await storage.get(payment.id);
            if (now === undefined) {
              expect(reasons(payment)).to.deep.equal([]);
              expect(waiting.filter(({ task }) => task.payment === payment.id)).to.deep.equal([]);
              expect(await storage.journal(payment.id)).to.deep.equal([]);
            } else {
              expect(now).to.deep.equal(payment);
              expect(await storage.journal(payment.id)).to.deep.equal(journals.get(payment.id));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(removed).to.be.greaterThan(20);
  });
});
