import { expect } from "chai";
import { createWorker, LEASE, RUSH_SHARE, type TaskHandler, type Worker } from "../../lib/ledger/worker.js";
import { systemRandom, type Clock } from "../../lib/ports.js";
import { inquire, openNew, samplePayment } from "../../lib/storage/conformance/samples.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { NO_TELEMETRY } from "../../lib/telemetry.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";

const TASKS = 3 * RUSH_SHARE;
const PAUSE = 200;

/** Long enough for everything that is under way without a clock. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

const silent = (): void => undefined;

const workerOn = (storage: Storage, clock: Clock, handle: TaskHandler, pause: () => number): Worker =>
  createWorker({
    storage,
    clock,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    telemetry: NO_TELEMETRY,
    random: systemRandom,
    pollInterval: 60_000,
    pause,
    handlers: {
      deliver: handle,
      inquire: handle,
      expire: handle,
      record: handle,
      capture: handle,
      void: handle,
      refund: handle,
      increase: handle,
    },
  });

const openTasks = async (storage: Storage, clock: Clock, many: number): Promise<void> => {
  for (let number = 0; number < many; number++) {
    const payment = samplePayment(`p${number}`);
    await openNew(storage, payment, [inquire(payment, clock.now())]);
  }
};

describe("a worker that is stopped", () => {
  it("first carries out what a claim under way brings in, and then nothing more", async () => {
    const clock = manualClock();
    const storage = memoryStorage();
    const claim = storage.claim.bind(storage);
    let release = (): void => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    storage.claim = async (request) => {
      const claimed = await claim(request);
      await isReleased;
      return claimed;
    };
    let done = 0;
    const handle: TaskHandler = async () => {
      await settled();
      done++;
      return { done: true };
    };
    await openTasks(storage, clock, 3);
    const worker = workerOn(storage, clock, handle, () => 0);
    worker.start();
    await settled();
    const stopping = worker.stop(1_000);
    release();
    await stopping;
    expect(done).to.equal(3);
    expect((await storage.tasks({ limit: 5 })).items).to.deep.equal([]);
  });

  it("is not waited for longer than it may take", async () => {
    const clock = manualClock();
    const storage = memoryStorage();
    storage.claim = () => new Promise(() => undefined);
    const worker = workerOn(
      storage,
      clock,
      () => Promise.resolve({ done: true }),
      () => 0,
    );
    worker.start();
    await settled();
    const stopping = worker.stop(1_000);
    await clock.advance(1_000);
    await stopping;
  });
});

describe("a worker that is to give way", () => {
  let clock: ManualClock;
  let storage: Storage;
  let worker: Worker;
  let done: number;
  let pause: number;

  beforeEach(async () => {
    clock = manualClock();
    storage = memoryStorage();
    done = 0;
    pause = PAUSE;
    const handle: TaskHandler = () => {
      done++;
      return Promise.resolve({ done: true });
    };
    worker = workerOn(storage, clock, handle, () => pause);
    await openTasks(storage, clock, TASKS);
  });
  afterEach(() => worker.stop(0));

  it("takes a few tasks at a time, however often it is woken", async () => {
    worker.start();
    await settled();
    expect(done).to.equal(RUSH_SHARE);
    for (let time = 0; time < 100; time++) worker.wake();
    await settled();
    expect(done).to.equal(RUSH_SHARE);
    await clock.advance(PAUSE);
    await settled();
    expect(done).to.equal(2 * RUSH_SHARE);
  });

  it("takes all there is once it need not any more", async () => {
    worker.start();
    await settled();
    pause = 0;
    await clock.advance(PAUSE);
    await settled();
    expect(done).to.equal(TASKS);
  });

  it("has nothing left to do once it is stopped", async () => {
    worker.start();
    await settled();
    await worker.stop(0);
    await clock.advance(10 * PAUSE);
    await settled();
    expect(done).to.equal(RUSH_SHARE);
    worker.start();
    await settled();
    expect(done).to.equal(2 * RUSH_SHARE);
  });
});

describe("a worker whose process is kept busy", () => {
  let manual: ManualClock;
  /** How long the process has been kept busy, in milliseconds. */
  let blocked: number;
  let clock: Clock;
  let storage: Storage;
  let begun: string[];
  /** What was begun, settled, and at which of its attempts. */
  let history: string[];
  let worker: Worker;

  beforeEach(() => {
    manual = manualClock();
    blocked = 0;
    clock = { ...manual, now: () => manual.now() + blocked };
    storage = memoryStorage();
    begun = [];
    history = [];
  });
  afterEach(() => worker.stop(0));

  /** With tasks that each keep the process busy for so long. */
  const start = async (tasks: number, busy: readonly number[]): Promise<void> => {
    const handle: TaskHandler = ({ task, attempts }) => {
      blocked += busy[begun.length] ?? 0;
      begun.push(`${task.id}, attempt ${attempts}`);
      history.push(`begin ${task.id}`);
      return Promise.resolve({ done: true });
    };
    const settle = storage.settle.bind(storage);
    storage.settle = (task, outcome) => {
      history.push(`settle ${task.task.id}`);
      return settle(task, outcome);
    };
    await openTasks(storage, clock, tasks);
    worker = workerOn(storage, clock, handle, () => 0);
  };

  it("leaves alone what it has claimed and not begun when its leases are over", async () => {
    await start(3, [LEASE]);
    worker.start();
    await settled();
    // Nobody else having come, it has claimed the others anew.
    expect(begun).to.deep.equal(["inquire:p0, attempt 1", "inquire:p1, attempt 2", "inquire:p2, attempt 2"]);
  });

  it("begins nothing of a claim that it hears of when its leases are over", async () => {
    await start(3, []);
    const claim = storage.claim.bind(storage);
    storage.claim = async (request) => {
      const claimed = await claim(request);
      // Stopped by somebody, between the question and the answer.
      if (claimed.length > 0 && blocked === 0) blocked += LEASE;
      return claimed;
    };
    worker.start();
    await settled();
    expect(begun).to.deep.equal([]);
    await manual.advance(60_000);
    await settled();
    expect(begun).to.have.length(3);
  });

  it("begins what its leases still last for, however late", async () => {
    await start(2, [LEASE - 1]);
    worker.start();
    await settled();
    expect(begun).to.have.length(2);
  });

  it("settles what has ended before it has begun all of them", async () => {
    await start(
      10,
      Array.from({ length: 10 }, () => 450),
    );
    worker.start();
    await settled();
    expect(history).to.have.length(20);
    expect(history.indexOf("settle inquire:p0")).to.be.lessThan(history.indexOf("begin inquire:p1"));
    expect(history.indexOf("settle inquire:p8")).to.be.lessThan(history.indexOf("begin inquire:p9"));
  });

  it("begins in one go what takes no time", async () => {
    await start(10, []);
    let turn = 0;
    let isOver = false;
    const next = (): void => {
      turn++;
      if (!isOver) setImmediate(next);
    };
    const turns = new Set<number>();
    const now = clock.now.bind(clock);
    clock.now = () => {
      if (begun.length > 0 && begun.length < 10) turns.add(turn);
      return now();
    };
    next();
    worker.start();
    await settled();
    isOver = true;
    expect(begun).to.have.length(10);
    expect(turns.size).to.equal(1);
  });

  it("carries nothing out too late for a script that runs what is due", async () => {
    await start(2, [LEASE]);
    expect(await worker.runDue()).to.equal(2);
    expect(begun).to.deep.equal(["inquire:p0, attempt 1", "inquire:p1, attempt 2"]);
  });
});
