import { expect } from "chai";
import { CALLS_AT_MOST, createCalls } from "../../lib/ledger/gateway-calls.js";
import { createWorker, type TaskHandler, type Worker } from "../../lib/ledger/worker.js";
import { systemRandom } from "../../lib/ports.js";
import { change, deliver, inquire, openNew, samplePayment } from "../../lib/storage/conformance/samples.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { ClaimedTask, Storage } from "../../lib/storage/storage.js";
import { NO_TELEMETRY } from "../../lib/telemetry.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { startScriptedAntom, standing, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type TestShop } from "../support/shop.js";
import { until } from "../flows/until.js";

const MINUTE = 60_000;
const silent = (): void => undefined;

/** Long enough for everything that is under way without a clock. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("a worker whose calls to Antom take long", () => {
  let clock: ManualClock;
  let storage: Storage;
  let worker: Worker;
  let begun: ClaimedTask[];
  let delivered: string[];
  let answer: () => void;

  beforeEach(() => {
    clock = manualClock();
    storage = memoryStorage();
    begun = [];
    delivered = [];
    let isAnswered = new Promise<void>((resolve) => (answer = resolve));
    const call: TaskHandler = async (claimed) => {
      begun.push(claimed);
      await isAnswered;
      return { again: clock.now() + MINUTE * claimed.attempts };
    };
    const hook: TaskHandler = ({ task }) => {
      delivered.push(task.id);
      return Promise.resolve({ done: true });
    };
    const release = answer;
    answer = () => {
      isAnswered = Promise.resolve();
      release();
    };
    worker = createWorker({
      storage,
      clock,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      telemetry: NO_TELEMETRY,
      random: systemRandom,
      pollInterval: 1_000,
      handlers: {
        deliver: hook,
        record: hook,
        inquire: call,
        expire: call,
        capture: call,
        void: call,
        refund: call,
        increase: call,
      },
    });
  });
  afterEach(async () => {
    answer();
    await worker.stop(0);
  });

  const openTasks = async (many: number): Promise<void> => {
    for (let number = 0; number < many; number++) {
      const payment = samplePayment(`p${number}`);
      await openNew(storage, payment, [inquire(payment, clock.now())]);
    }
  };
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 250) {
      await clock.advance(250);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it("has so many of them under way at once, however long they take", async () => {
    await openTasks(3 * CALLS_AT_MOST);
    worker.start();
    await settled();
    await pass(10_000);
    expect(begun).to.have.length(CALLS_AT_MOST);
  });

  it("delivers events that were due after all of them", async () => {
    await openTasks(3 * CALLS_AT_MOST);
    const payment = samplePayment("told");
    await openNew(storage, payment, []);
    await storage.commit(change(payment, {}, [deliver(payment, 1, clock.now() + 1)]));
    worker.start();
    await pass(1_000);
    expect(delivered).to.have.length(1);
    expect(begun).to.have.length(CALLS_AT_MOST);
  });

  /** The tasks in the order in which they were tried for the first time. */
  const tried = (): string[] => begun.filter(({ attempts }) => attempts === 1).map(({ task }) => task.id);

  it("carries the others out a few seconds later where there is room by then", async () => {
    await openTasks(2 * CALLS_AT_MOST);
    worker.start();
    await settled();
    answer();
    await pass(4_000);
    expect(new Set(tried()).size).to.equal(2 * CALLS_AT_MOST);
  });

  it("carries them out within a minute and a half of there being room, however long there was none, and each once", async () => {
    await openTasks(2 * CALLS_AT_MOST);
    worker.start();
    await pass(10 * MINUTE);
    expect(tried()).to.have.length(CALLS_AT_MOST);
    answer();
    await pass(90_000 + 1_000);
    expect(tried()).to.have.length(2 * CALLS_AT_MOST);
    expect(new Set(tried()).size).to.equal(2 * CALLS_AT_MOST);
  });

  it("does not count as attempts how often there was no room, so that none is tried the more rarely for it", async () => {
    await openTasks(2 * CALLS_AT_MOST);
    worker.start();
    await pass(20_000);
    answer();
    await pass(3 * MINUTE);
    const attempts = new Map<string, number[]>();
    for (const { task, attempts: nth } of begun) attempts.set(task.id, [...(attempts.get(task.id) ?? []), nth]);
    expect(attempts.size).to.equal(2 * CALLS_AT_MOST);
    for (const nths of attempts.values()) expect(nths).to.deep.equal(nths.map((_nth, index) => index + 1));
  });

  it("counts from the beginning of a task that has taken the place of one that was put off", async () => {
    await openTasks(CALLS_AT_MOST);
    worker.start();
    await settled();
    const payment = samplePayment("replaced");
    await openNew(storage, payment, [inquire(payment, clock.now())]);
    worker.wake();
    await pass(10_000);
    await storage.commit(change(payment, {}, [inquire(payment, clock.now() + 1_000)]));
    answer();
    await pass(3 * MINUTE);
    const own = begun.filter(({ task }) => task.payment === "replaced").map(({ attempts }) => attempts);
    expect(own).to.deep.equal([1, 2]);
  });

  it("gives back at its end what found no room", async () => {
    await openTasks(CALLS_AT_MOST + 1);
    worker.start();
    await settled();
    const stopping = worker.stop(1_000);
    answer();
    await stopping;
    await clock.advance(5_000);
    expect(await storage.claim({ now: clock.now(), lease: 1_000, limit: 10 })).to.have.length(1);
  });
});

describe("a shop with a backlog of inquiries and an Antom that is slow", () => {
  const BACKLOG = 300;
  let gateway: ScriptedAntom;
  let clock: ManualClock;
  let shop: TestShop;
  let asked: Set<string>;
  let waiting: number;
  let answer: () => void;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    asked = new Set();
    waiting = 0;
    const isAnswered = new Promise<void>((resolve) => (answer = resolve));
    gateway.on("inquiryPayment", async (call) => {
      asked.add(String(call.body["paymentRequestId"]));
      waiting++;
      await isAnswered;
      waiting--;
      return standing(call, "PENDING");
    });
    const storage = memoryStorage();
    for (let number = 0; number < BACKLOG; number++) {
      const payment = samplePayment(`backlog-${number}`, { expiresAt: clock.now() + 60 * MINUTE });
      await openNew(storage, payment, [inquire(payment, clock.now())]);
    }
    shop = await startShop({ gateway: gateway.url, clock, storage });
    shop.orders.set("order-1", anOrder("order-1"));
    await shop.antom.start();
  });
  afterEach(async () => {
    answer();
    await shop.stop();
    await gateway.stop();
  });

  it("takes a buyer to Antom at once, tells the shop, and asks about all of the others in the end", async () => {
    await until(() => waiting >= CALLS_AT_MOST);
    for (let look = 0; look < 10; look++) {
      await clock.advance(250);
      await settled();
    }
    expect(waiting).to.equal(CALLS_AT_MOST);
    const response = await shop.checkout("order-1");
    expect(response.status).to.equal(200);
    expect((await answerOf(response)).payment.status).to.equal("requires_action");
    await shop.recorder.waitFor("payment.requires_action");
    expect(waiting).to.equal(CALLS_AT_MOST);
    answer();
    await until(async () => {
      await clock.advance(250);
      return asked.size === BACKLOG;
    });
  });
});

describe("a task that finds no room", () => {
  const task = inquire(samplePayment("p"), 0);
  const middle = (): Buffer => Buffer.from([0x80, 0]);
  const calls = () => {
    const made = createCalls({ now: () => 0, after: () => silent }, middle);
    for (let nth = 0; nth < CALLS_AT_MOST; nth++) made.enter(task);
    return made;
  };
  const waitOf = (made: ReturnType<typeof calls>): number => {
    const outcome = made.putOff();
    return "again" in outcome ? Math.round(outcome.again / 1_000) : NaN;
  };

  it("waits the longer the more of them there are, a minute at most", () => {
    const made = calls();
    const waits = Array.from({ length: 40 * CALLS_AT_MOST }, () => waitOf(made));
    expect([0, 1, 2, 10, 39].map((times) => waits[times * CALLS_AT_MOST])).to.deep.equal([2, 4, 6, 22, 60]);
  });

  it("waits the less the more of them have been carried out since", () => {
    const made = calls();
    for (let nth = 0; nth < 3 * CALLS_AT_MOST; nth++) made.putOff();
    expect(waitOf(made)).to.equal(8);
    for (let nth = 0; nth <= 2 * CALLS_AT_MOST; nth++) {
      made.leave(task);
      made.enter(task);
    }
    expect(waitOf(made)).to.equal(4);
    for (let nth = 0; nth < CALLS_AT_MOST; nth++) made.leave(task);
    expect(waitOf(made)).to.equal(2);
  });
});
