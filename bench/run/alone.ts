import type { Round } from "./race.js";
import type { RunningShop } from "./running-shop.js";

/** What a shop does by itself, without load: `work` says how many times it did it and how long that took, in seconds. */
export async function alone(
  shop: RunningShop,
  work: () => Promise<{ readonly times: number; readonly seconds: number }>,
): Promise<Round> {
  await shop.begin();
  const { times, seconds } = await work();
  const { cpuSeconds, ...report } = await shop.end();
  const each = (seconds * 1000) / times;
  return {
    ...report,
    answers: times,
    seconds,
    sent: 0,
    p50: each,
    p99: each,
    longest: each,
    cpu: 0,
    rate: times / seconds,
    settledRate: times / seconds,
    shopCpu: cpuSeconds / seconds,
    loadCpu: 0,
    cpuPerAnswer: (cpuSeconds * 1e6) / times,
    othersCpu: 0,
  };
}
