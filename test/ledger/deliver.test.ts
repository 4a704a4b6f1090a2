import { expect } from "chai";
import { createDeliverer, HOOK_DELAYS } from "../../lib/ledger/deliver.js";
import { createWorker, LEASE, type TaskHandler, type Worker } from "../../lib/ledger/worker.js";
import { systemRandom, type Logger } from "../../lib/ports.js";
import type { Hooks } from "../../lib/index.js";
import { change, deliver, openNew, samplePayment } from "../../lib/storage/conformance/samples.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { ClaimedTask, Storage, TaskRecord } from "../../lib/storage/storage.js";
import { NO_TELEMETRY } from "../../lib/telemetry.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";

const TRIES = HOOK_DELAYS.length + 1;
const HOUR = 3_600_000;

/** Lets everything have its turn that waits for no clock. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe("an event of whose tries nothing was heard", () => {
  let clock: ManualClock;
  let lines: Record<string, unknown>[];
  let called: number[];

  beforeEach(() => {
    clock = manualClock();
    lines = [];
    called = [];
  });

  const logger = (): Logger => {
    const write = (fields: object): void => {
      lines.push({ ...fields });
    };
    return { debug: write, info: write, warn: write, error: write };
  };
  const deliverer = (hooks: Hooks | undefined, storage: Storage = memoryStorage()): TaskHandler =>
    createDeliverer({
      hooks,
      timeout: 10_000,
      storage,
      clock,
      logger: logger(),
      telemetry: NO_TELEMETRY,
      random: systemRandom,
    });
  const hooks: Hooks = {
    "payment.authorized": (_event, { attempt }) => {
      called.push(attempt);
    },
  };
  const claimed = (attempts: number, isTakenOver: boolean): ClaimedTask => ({
    task: deliver(samplePayment("a"), 1, clock.now()),
    attempts,
    lease: "of the test",
    ...(isTakenOver ? { isTakenOver: true } : {}),
  });

  it("is dead after the last of them, and its hook is not called any more", async () => {
    for (const isTakenOver of [true, false]) {
      expect(await deliverer(hooks)(claimed(TRIES + 1, isTakenOver)))
        .to.have.property("dead")
        .that.includes("without a word");
    }
    expect(called).to.deep.equal([]);
    expect(lines[0]).to.include({ event: "hook.dead", attempts: TRIES, type: "payment.authorized" });
    expect(String(lines[0]?.["err"])).to.include("without a word");
  });

  it("is tried that often, and no more seldom", async () => {
    expect(await deliverer(hooks)(claimed(TRIES, false))).to.deep.equal({ done: true });
    expect(called).to.deep.equal([TRIES]);
  });

  it("is tried again at once after the first", async () => {
    expect(await deliverer(hooks)(claimed(2, true))).to.deep.equal({ done: true });
    expect(called).to.deep.equal([2]);
  });

  it("waits after the others as after a failure, give or take half, without a try being counted", async () => {
    for (let attempts = 3; attempts <= TRIES; attempts++) {
      const handled = await deliverer(hooks)(claimed(attempts, true));
      expect(handled).to.include({ isUntried: true }).and.have.property("error").that.includes("without a word");
      const wait = "again" in handled ? handled.again - clock.now() : 0;
      const delay = HOOK_DELAYS[attempts - 2] ?? 0;
      expect(wait).to.be.within(delay / 2, 1.5 * delay);
      expect(lines.at(-1)).to.include({ event: "hook.unheard", attempts: attempts - 1, retryIn: wait });
    }
    expect(called).to.deep.equal([]);
  });

  it("is dealt with where nobody is to hear of it, and left to others by a process that was given no hooks", async () => {
    expect(await deliverer({})(claimed(TRIES + 1, true))).to.deep.equal({ done: true });
    expect(await deliverer(undefined)(claimed(TRIES + 1, true))).to.include({ isUntried: true });
  });

  describe("because its hook ends the process", () => {
    const BESIDE = 40;

    interface Process {
      readonly worker: Worker;
      isDead: boolean;
    }

    /** What a process that is dead asks of the storage is never carried out. */
    const asked = (storage: Storage, process: Pick<Process, "isDead">): Storage =>
      new Proxy(storage, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name, target);
          if (typeof member !== "function") return member;
          return (...args: unknown[]): unknown =>
            process.isDead ? new Promise(() => undefined) : Reflect.apply(member, target, args);
        },
      });

    const startProcess = (database: Storage, deadly: string, onCall: () => void): Process => {
      const life = { isDead: false };
      const storage = asked(database, life);
      const handle = deliverer(
        {
          "payment.authorized": ({ id }) => {
            if (id !== deadly || life.isDead) return;
            onCall();
            life.isDead = true;
          },
        },
        storage,
      );
      const none: TaskHandler = () => Promise.resolve({ done: true });
      const worker = createWorker({
        storage,
        clock,
        logger: logger(),
        telemetry: NO_TELEMETRY,
        random: systemRandom,
        pollInterval: HOUR,
        handlers: {
          deliver: handle,
          inquire: none,
          expire: none,
          record: none,
          capture: none,
          void: none,
          refund: none,
          increase: none,
        },
      });
      worker.start();
      return Object.assign(life, { worker });
    };

    it("is dead after thirteen calls over days, its payment's next one is told, and those in hand beside it are", async () => {
      const storage = memoryStorage();
      for (let number = 0; number <= BESIDE; number++) {
        const payment = await openNew(storage, samplePayment(`p${number}`));
        const events = [deliver(payment, 1, clock.now()), deliver(payment, 2, clock.now())];
        await storage.commit(change(payment, {}, events));
      }
      const deadly = "p7:1";
      const calls: number[] = [];
      const start = (): Process => startProcess(storage, deadly, () => calls.push(clock.now()));
      const tasks = async (state: TaskRecord["state"]): Promise<readonly TaskRecord[]> =>
        (await storage.tasks({ state, limit: 200 })).items;

      let process = start();
      for (let round = 0; round < 300; round++) {
        await turns();
        if (process.isDead) process = start();
        const waiting = await tasks("waiting");
        if (waiting.length === 0) break;
        const isFirst = ({ task }: TaskRecord): boolean =>
          waiting.every((other) => other.task.id !== `${task.payment}:1`);
        const next = waiting.filter((record) => record.task.id.endsWith(":1") || isFirst(record));
        const earliest = Math.min(...next.map(({ task }) => task.dueAt));
        await clock.advance(Math.max(LEASE, earliest - clock.now()));
        process.worker.wake();
      }
      await process.worker.stop(0);

      expect(calls).to.have.length(TRIES);
      expect((calls.at(-1) ?? 0) - (calls[0] ?? 0)).to.be.greaterThan(24 * HOUR);
      const [dead] = await tasks("dead");
      expect(dead?.task.id).to.equal(deadly);
      expect(dead?.lastError).to.include("without a word");
      const done = (await tasks("done")).map(({ task }) => task.id);
      expect(done).to.have.length(2 * BESIDE + 1);
      expect(done).to.include("p7:2");
    });
  });
});
