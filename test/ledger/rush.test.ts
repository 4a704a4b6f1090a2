import { expect } from "chai";
import { createRush, RUSH_AT, RUSH_LASTS, type Rush } from "../../lib/ledger/rush.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";

describe("a rush", () => {
  let clock: ManualClock;
  let rush: Rush;

  beforeEach(() => {
    clock = manualClock();
    rush = createRush(clock);
  });

  const enter = (times: number): void => {
    for (let time = 0; time < times; time++) rush.enter();
  };
  const leave = (times: number): void => {
    for (let time = 0; time < times; time++) rush.leave();
  };

  it("begins with so many in hand at once, however many there were one after another", () => {
    for (let time = 0; time < 10 * RUSH_AT; time++) {
      enter(RUSH_AT - 1);
      leave(RUSH_AT - 1);
    }
    expect(rush.isOn()).to.equal(false);
    enter(RUSH_AT - 1);
    expect(rush.isOn()).to.equal(false);
    enter(1);
    expect(rush.isOn()).to.equal(true);
  });

  it("lasts until there have not been that many for a while", async () => {
    enter(RUSH_AT);
    leave(RUSH_AT);
    for (let time = 0; time < 5; time++) {
      await clock.advance(RUSH_LASTS - 1);
      enter(RUSH_AT);
      leave(RUSH_AT);
      await clock.advance(1);
      expect(rush.isOn()).to.equal(true);
    }
    await clock.advance(2 * RUSH_LASTS);
    expect(rush.isOn()).to.equal(false);
  });

  it("does not end while so many are in hand, though no more come", async () => {
    enter(RUSH_AT);
    await clock.advance(60 * RUSH_LASTS);
    expect(rush.isOn()).to.equal(true);
    leave(1);
    await clock.advance(2 * RUSH_LASTS);
    expect(rush.isOn()).to.equal(false);
  });

  it("is told of when it begins", async () => {
    let told = 0;
    rush = createRush(clock, RUSH_AT, () => told++);
    for (let time = 1; time <= 2; time++) {
      enter(2 * RUSH_AT);
      leave(2 * RUSH_AT);
      expect(told).to.equal(time);
      await clock.advance(2 * RUSH_LASTS);
    }
  });

  it("comes again after it was over", async () => {
    enter(RUSH_AT);
    leave(RUSH_AT);
    await clock.advance(2 * RUSH_LASTS);
    enter(RUSH_AT);
    expect(rush.isOn()).to.equal(true);
  });

  it("begins where the shop says", async () => {
    const always = createRush(clock, 1);
    expect(always.isOn()).to.equal(false);
    always.enter();
    expect(always.isOn()).to.equal(true);
    const never = createRush(clock, Infinity);
    for (let time = 0; time < 10_000; time++) never.enter();
    await clock.advance(RUSH_LASTS);
    expect(never.isOn()).to.equal(false);
  });
});
