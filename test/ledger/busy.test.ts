import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { createBusy } from "../../lib/ledger/busy.js";

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
