import { performance, type EventLoopUtilization } from "node:perf_hooks";
import { expect } from "chai";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { RUSH_SHARE } from "../../lib/ledger/worker.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop, type TestShop } from "../support/shop.js";

const MANY = 3 * RUSH_SHARE.tasks;

describe("the kit's worker in a rush", () => {
  let gateway: ScriptedAntom;
  let clock: ManualClock;
  let storage: Storage;
  let shops: TestShop[];
  let isSpinning: boolean;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    storage = memoryStorage();
    shops = [];
    isSpinning = false;
  });
  afterEach(async () => {
    isSpinning = false;
    await Promise.all(shops.map((shop) => shop.stop()));
    await gateway.stop();
  });

  const open = async (worker: boolean): Promise<TestShop> => {
    const shop = await startShop({ gateway: gateway.url, clock, storage, worker, rushAt: 1, hooks: {} });
    shops.push(shop);
    await shop.antom.start();
    return shop;
  };
  const hear = async (shop: TestShop, orderId: string): Promise<void> => {
    shop.orders.set(orderId, anOrder(orderId));
    const { payment } = await answerOf(await shop.checkout(orderId));
    expect((await shop.notify(paymentResult(payment))).status).to.equal(200);
  };
  const waiting = async (): Promise<number> => {
    const { items } = await storage.tasks({ state: "waiting", limit: 100 });
    return items.filter(({ task }) => task.dueAt <= clock.now()).length;
  };
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  /** Leaves the event loop without an idle moment, for as long as it is looked at together. */
  const spin = async (): Promise<void> => {
    isSpinning = true;
    const busy = (): void => {
      const until = performance.now() + 2;
      while (performance.now() < until);
      if (isSpinning) setImmediate(busy);
    };
    busy();
    await turns(100);
  };

  /** Leaves the process idle for longer than it has been busy since: however slow the machine, any time that is looked at was mostly idle. */
  const rest = async (since: EventLoopUtilization): Promise<void> => {
    const from = performance.eventLoopUtilization();
    const isRested = (): boolean =>
      performance.eventLoopUtilization(from).idle > performance.eventLoopUtilization(since).active;
    while (!isRested()) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  /** A worker that has been woken while a rush is on, and much that was put off by another process. */
  const wakened = async (): Promise<void> => {
    const other = await open(false);
    const shop = await open(true);
    await hear(shop, "the first");
    await turns(20);
    for (let order = 0; order < MANY; order++) await hear(other, `order-${order}`);
    // Of each its notification, and an event to be told of.
    expect(await waiting()).to.equal(2 * MANY);
  };

  it("gives way where the process is busy: it takes few tasks at a time", async () => {
    await spin();
    await wakened();
    await clock.advance(RUSH_SHARE.pause);
    await turns(100);
    expect(await waiting()).to.equal(2 * MANY - RUSH_SHARE.tasks);
  });

  it("takes all it can at once where the process has time", async () => {
    const since = performance.eventLoopUtilization();
    await wakened();
    await rest(since);
    await clock.advance(RUSH_SHARE.pause);
    await turns(100);
    expect(2 * MANY - (await waiting())).to.be.above(RUSH_SHARE.tasks);
  });
});
