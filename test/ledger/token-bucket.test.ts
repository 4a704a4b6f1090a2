import { expect } from "chai";
import { createTokenBucket } from "../../lib/ledger/token-bucket.js";
import { manualClock } from "../../lib/testing/manual-clock.js";

describe("turns that are given so often and no more", () => {
  const taken = (take: () => boolean): number => {
    let count = 0;
    while (take()) count++;
    return count;
  };

  it("are as many as may be at once, and then one each interval", async () => {
    const clock = manualClock();
    const take = createTokenBucket(3, 1_000, clock);
    expect(taken(take)).to.equal(3);
    await clock.advance(999);
    expect(take()).to.equal(false);
    await clock.advance(1);
    expect([take(), take()]).to.deep.equal([true, false]);
    await clock.advance(2_500);
    expect(taken(take)).to.equal(2);
    await clock.advance(500);
    expect(taken(take), "the half that was left over").to.equal(1);
  });

  it("are saved up, but not beyond what may be at once", async () => {
    const clock = manualClock();
    const take = createTokenBucket(3, 1_000, clock);
    expect(taken(take)).to.equal(3);
    await clock.advance(3_600_000);
    expect(taken(take)).to.equal(3);
    expect(take()).to.equal(false);
  });

  it("are given on where the clock was set back", () => {
    let now = 1_000_000;
    const take = createTokenBucket(1, 1_000, { now: () => now, after: () => () => undefined });
    expect(taken(take)).to.equal(1);
    now = 500_000;
    expect(take()).to.equal(false);
    now = 501_000;
    expect(take()).to.equal(true);
  });
});
