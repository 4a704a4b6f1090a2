import { expect } from "chai";
import { percentileOf, type Spread } from "../../lib/telemetry/percentile.js";

const BOUNDS = [10, 100, 1_000];

/** What a histogram keeps of these times. */
function spreadOf(times: readonly number[], bounds: readonly number[] = BOUNDS): Spread {
  return {
    bounds,
    counts: bounds.map((bound, index) => times.filter((ms) => ms <= bound && ms > (bounds[index - 1] ?? -1)).length),
    count: times.length,
    most: Math.max(0, ...times),
  };
}

const times = (count: number, ms: number): number[] => Array<number>(count).fill(ms);

describe("a percentile estimated from buckets", () => {
  it("is none where nothing was measured", () => {
    expect(percentileOf(50, spreadOf([]))).to.equal(undefined);
    expect(percentileOf(95, { bounds: [], counts: [], count: 0, most: 0 })).to.equal(undefined);
  });

  it("is a single time itself, in whichever bucket it lies", () => {
    for (const ms of [0, 1, 10, 11, 40, 100, 999, 1_000, 5_000]) {
      expect([percentileOf(50, spreadOf([ms])), percentileOf(95, spreadOf([ms]))], `${ms}`).to.deep.equal([ms, ms]);
    }
  });

  it("lies evenly within its bucket", () => {
    const spread = spreadOf([...times(10, 100), 500]);
    // The 6th and the 3rd of ten between 10 and 100.
    expect(percentileOf(50, spread)).to.equal(64);
    expect(percentileOf(25, spread)).to.equal(37);
  });

  it("is a bucket's bound where the bucket is just used up, and in the next one from there on", () => {
    expect(percentileOf(95, spreadOf([...times(95, 8), ...times(5, 700)]))).to.equal(10);
    expect(percentileOf(95, spreadOf([...times(94, 8), ...times(6, 700)]))).to.equal(100 + (600 * 1) / 6);
    expect(percentileOf(50, spreadOf([8, 700]))).to.equal(10);
    expect(percentileOf(51, spreadOf([8, 700]))).to.equal(700);
  });

  it("does not slip over a bound through fractions, whatever the number of times", () => {
    for (let hundredth = 1; hundredth <= 1_000; hundredth++) {
      const spread = spreadOf([...times(19 * hundredth, 10), ...times(hundredth, 1_000)]);
      expect(percentileOf(95, spread), `${20 * hundredth} times`).to.equal(10);
    }
  });

  it("is never more than the longest time, beyond the last bound too", () => {
    expect(percentileOf(95, spreadOf([3, 3, 3]))).to.equal(3);
    expect(percentileOf(95, spreadOf([20, 30]))).to.equal(30);
    expect(percentileOf(95, spreadOf([1, 2_000, 9_000]))).to.equal(9_000);
    expect(percentileOf(50, spreadOf([1, 2_000, 9_000]))).to.equal(5_000);
    expect(percentileOf(100, spreadOf([1, 20, 9_000]))).to.equal(9_000);
    expect(percentileOf(50, spreadOf([7, 9], []))).to.equal(4.5);
  });

  it("never lies in another bucket than the time it stands for, and grows with the percentage", () => {
    const measured = [0, 1, 5, 10, 10, 11, 60, 99, 100, 101, 400, 1_000, 1_001, 7_000, 90_000];
    const bucketOf = (ms: number): number => BOUNDS.filter((bound) => ms > bound).length;
    let before = 0;
    for (let percent = 1; percent <= 100; percent++) {
      const estimate = percentileOf(percent, spreadOf(measured)) ?? Number.NaN;
      const exact = measured[Math.ceil((percent * measured.length) / 100) - 1] ?? Number.NaN;
      expect(bucketOf(estimate), `${percent} %`).to.equal(bucketOf(exact));
      expect(estimate).to.be.at.least(before);
      before = estimate;
    }
  });
});
