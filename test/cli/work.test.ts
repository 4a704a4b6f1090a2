import { expect } from "chai";
import { pino } from "pino";
import { checkWork } from "../../lib/cli/checks/work.js";
import type { AntomOptions, Storage, TaskOutcome } from "../../lib/index.js";
import { createDeliverer } from "../../lib/ledger/deliver.js";
import { systemRandom } from "../../lib/ports.js";
import { claimAll, deliver, inquire, NOW, openNew, samplePayment } from "../../lib/storage/conformance/samples.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { NO_TELEMETRY } from "../../lib/telemetry.js";
import { manualClock } from "../../lib/testing/manual-clock.js";

const MINUTE = 60_000;

/** A process that was given no hooks. */
const NO_HOOKS = {
  hooks: undefined,
  timeout: 1_000,
  clock: manualClock(NOW),
  logger: pino({ enabled: false }),
  telemetry: NO_TELEMETRY,
  random: systemRandom,
};

describe("what check says of the work", () => {
  let storage: Storage;

  beforeEach(async () => {
    storage = memoryStorage();
    await storage.start();
  });

  /** A payment with so many events and an inquiry, all due at NOW. */
  const opened = async (id: string, events: number): Promise<void> => {
    const payment = samplePayment(id);
    const deliveries = Array.from({ length: events }, (_unused, index) => deliver(payment, index + 1));
    await openNew(storage, payment, [...deliveries, inquire(payment)]);
  };

  /** Carries out what can be claimed at NOW, each event's hook coming out as is said and everything else being done. */
  const carriedOut = async (hook: TaskOutcome): Promise<void> => {
    for (const claimed of await claimAll(storage)) {
      await storage.settle(claimed, claimed.task.kind === "deliver" ? hook : { done: true });
    }
  };

  const said = async (now: number, looked = storage): Promise<string[]> => {
    const findings = await checkWork({
      options: { storage: looked } as AntomOptions,
      configuration: undefined,
      problems: [],
      clock: { now: () => now, after: () => () => undefined },
    });
    return findings.map(({ level, message }) => `${level}: ${message}`);
  };

  it("names hooks that fail, and does not take what they hold up for work that nobody does", async () => {
    await opened("a", 3);
    await opened("b", 2);
    await opened("c", 1);
    await carriedOut({ again: NOW + 60 * MINUTE, error: "Error: the warehouse is shut" });
    const found = await said(NOW + 30 * MINUTE);
    expect(found).to.have.lengthOf(1);
    expect(found[0]).to.match(/^warn: 3 hooks are failing and wait for their next try/);
    expect(found[0]).to.include("hooks list --state waiting").and.include("hooks redeliver ID");
  });

  it("says what a shop without hooks is to do about events that a process without hooks has left to others", async () => {
    await opened("a", 2);
    await opened("b", 1);
    const deliverer = createDeliverer({ ...NO_HOOKS, storage });
    for (const claimed of await claimAll(storage)) {
      const handled = claimed.task.kind === "deliver" ? await deliverer(claimed) : { done: true as const };
      if (!("settled" in handled)) await storage.settle(claimed, handled);
    }
    expect(await said(NOW + MINUTE)).to.deep.equal([
      "warn: 2 events wait for a process that has hooks: give the shop's createAntom its hooks, or hooks: {} if nobody is to be told",
    ]);
  });

  it("says of a hook that nobody calls again when it is due that nobody works, too", async () => {
    await opened("a", 3);
    await carriedOut({ again: NOW + MINUTE, error: "Error: the warehouse is shut" });
    const found = await said(NOW + 30 * MINUTE);
    expect(found.map((text) => text.slice(0, 40))).to.deep.equal([
      "warn: 1 hook is failing and waits for it",
      "warn: 1 task has been due for minutes: d",
    ]);
  });

  it("counts of a payment's events the one that could be delivered, and every other task", async () => {
    await opened("a", 3);
    await opened("b", 1);
    expect(await said(NOW + MINUTE)).to.deep.equal(["ok: nothing is overdue, and no hook fails or was given up"]);
    expect(await said(NOW + 30 * MINUTE)).to.deep.equal([
      "warn: 4 tasks have been due for minutes: does a process of the shop run with worker not false?",
    ]);
  });

  it("looks for the first event of a payment also where it does not get to look at all tasks", async () => {
    await opened("failing", 25);
    await carriedOut({ again: NOW + 60 * MINUTE, error: "Error: the warehouse is shut" });
    await opened("idle", 1);
    await opened("busy", 1);
    // An adapter may give fewer than it is asked for: so its pages end before the oldest tasks.
    const sparing = Object.assign(Object.create(storage) as Storage, {
      tasks: (query: Parameters<Storage["tasks"]>[0]) => storage.tasks({ ...query, limit: 1 }),
    });
    const found = await said(NOW + 30 * MINUTE, sparing);
    expect(found.map((text) => text.slice(0, 40))).to.deep.equal([
      "warn: 1 hook is failing and waits for it",
      "warn: 4 tasks have been due for minutes:",
    ]);
  });
});
