import { expect } from "chai";
import { createWorker, RUSH_SHARE, type TaskHandler, type Worker } from "../../lib/ledger/worker.js";
import { systemRandom } from "../../lib/ports.js";
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

const workerOn = (storage: Storage, clock: ManualClock, handle: TaskHandler, pause: () => number): Worker =>
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

const openTasks = async (storage: Storage, clock: ManualClock, many: number): Promise<void> => {
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
