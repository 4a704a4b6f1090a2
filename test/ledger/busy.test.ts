import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { createBusy, createGivingWay, PAUSE } from "../../lib/ledger/busy.js";
import { RUSH_LASTS } from "../../lib/ledger/rush.js";
import { RUSH_SHARE } from "../../lib/ledger/worker.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop, type TestShop } from "../support/shop.js";

const MANY = 3 * RUSH_SHARE;

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
    await clock.advance(PAUSE.busy);
    await turns(100);
    expect(await waiting()).to.equal(2 * MANY - RUSH_SHARE);
  });

  it("takes all there is once the rush is over", async () => {
    await spin();
    await wakened();
    await clock.advance(2 * PAUSE.busy + RUSH_LASTS);
    await turns(100);
    expect(await waiting()).to.equal(0);
  });
});

/** Leaves the event loop no time, for so many milliseconds. */
const work = async (ms: number): Promise<void> => {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const turn = performance.now() + 5;
    while (performance.now() < turn);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe("whether the event loop is busy", () => {
  it("is told by what it did lately: nothing else, and then nothing", async () => {
    const isBusy = createBusy();
    await delay(100);
    expect(isBusy()).to.equal(false);
    await work(100);
    expect(isBusy()).to.equal(true);
    await delay(100);
    expect(isBusy()).to.equal(false);
  });

  it("does not change its mind within a moment", async () => {
    const isBusy = createBusy();
    await work(100);
    expect(isBusy()).to.equal(true);
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(isBusy()).to.equal(true);
    }
  });
});

describe("how long a worker is to pause after a few tasks", () => {
  it("is not at all while there is no rush; in one it is less where the process only waits, as its database may be what is short", async () => {
    let isRush = false;
    const pause = createGivingWay(() => isRush);
    await work(100);
    expect(pause()).to.equal(0);
    isRush = true;
    expect(pause()).to.equal(PAUSE.busy);
    await delay(100);
    expect(pause()).to.equal(PAUSE.waiting);
    expect(PAUSE.waiting).to.be.below(PAUSE.busy);
  });
});
