import type { LoadReport, ShopReport } from "../processes/messages.js";
import type { Bench } from "./bench.js";
import { coreTime } from "./machine.js";
import type { Records } from "./records.js";
import type { RunningShop } from "./running-shop.js";

/** One of several that are measured against each other. */
export interface Contender {
  readonly name: string;
  readonly shop: RunningShop;
  readonly records: Records;
  /** Each request can be sent but once, as it changes something. */
  readonly once: boolean;
  /** The status of every answer; 200 unless told. */
  readonly expect?: number;
  /** Called before each of its rounds, the warm-up being none. */
  readonly before?: () => Promise<void>;
}

export interface Round extends LoadReport, Omit<ShopReport, "cpuSeconds"> {
  /** Answers a second. */
  readonly rate: number;
  /** Answers a second, had the load waited each time until everything they led to was done: effects, hooks. */
  readonly settledRate: number;
  /** Share of one core's time that the shop took, and the load. */
  readonly shopCpu: number;
  readonly loadCpu: number;
  /** Microseconds of a core's time that the shop took for each answer. */
  readonly cpuPerAnswer: number;
  /** Share of the shop's core that other programs took; 0 where that cannot be told. */
  readonly othersCpu: number;
}

/** The rounds of each contender, by its name. */
export type Rounds = ReadonlyMap<string, readonly Round[]>;

export interface RaceOptions {
  readonly connections?: number;
  readonly seconds?: number;
  readonly rounds?: number;
}

export const CONNECTIONS = 32;

/** How many different requests are sent again and again where that may be done. */
const AGAIN = 5_000;

/** What each shop was warmed up with last. */
const warm = new WeakMap<RunningShop, string>();

/**
 * Measures the contenders in turns, so that whatever else the machine does meets all of them: first to last, then last to first, and so
 * on. Each is warmed up before. Those whose requests can be sent but once are checked afterwards: what was answered is stored.
 */
export async function race(
  bench: Bench,
  contenders: readonly Contender[],
  { connections = CONNECTIONS, seconds = bench.effort.seconds, rounds = bench.effort.rounds }: RaceOptions = {},
): Promise<Rounds> {
  const results = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  const sent = new Map<string, number>();

  const run = async (contender: Contender, length: number, share: number): Promise<Round> => {
    const { name, shop, records, once, expect = 200 } = contender;
    const from = once ? (sent.get(name) ?? 0) : 0;
    const count = Math.min(records.count - from, once ? Math.floor(records.count * share) : AGAIN);
    const request = { port: shop.port, records, from, count, again: !once, connections, seconds: length, expect };
    await shop.begin();
    const core = coreTime(bench.cores?.shop);
    const load = await bench.load(request);
    const busy = (coreTime(bench.cores?.shop) ?? 0) - (core ?? 0);
    const { cpuSeconds, ...report } = await shop.end();
    // Before the others' turn: they are not to be measured beside it.
    const rest = await shop.rest();
    sent.set(name, from + load.sent);
    return {
      ...load,
      ...report,
      rate: load.answers / load.seconds,
      settledRate: load.answers / (load.seconds + rest),
      shopCpu: cpuSeconds / load.seconds,
      loadCpu: load.cpu,
      cpuPerAnswer: (cpuSeconds * 1e6) / load.answers,
      othersCpu: Math.max(0, busy - cpuSeconds) / load.seconds,
    };
  };

  const { warmUp } = bench.effort;
  const whole = warmUp + rounds * seconds;
  for (const contender of contenders) {
    const { shop, once } = contender;
    if (!once && warm.get(shop) === contender.name) continue;
    await run(contender, warmUp, warmUp / whole);
    warm.set(shop, contender.name);
  }
  for (let round = 0; round < rounds; round++) {
    for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) {
      await contender.before?.();
      results.get(contender.name)?.push(await run(contender, seconds, seconds / whole));
    }
  }
  return results;
}
