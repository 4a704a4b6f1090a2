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
  /** The share of the requests that this path may send, of a shop that several paths share; all unless told. */
  readonly part?: number;
  /** The status of every answer; 200 unless told. */
  readonly expect?: number;
  /** Called before each of its rounds, the warm-up being none. */
  readonly before?: () => Promise<void>;
  /** Called after each of its rounds, to end what would be measured beside the others. */
  readonly after?: () => Promise<void>;
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

/** As whom each shop has been warmed up, and when it was last sent something. */
const warm = new WeakMap<RunningShop, { readonly names: Set<string>; last: number }>();

/** A process that has had nothing to do for so long, in milliseconds, throws away what it has compiled. */
const COLD = 3_000;

const keepWarm = ({ shop, name }: Contender): void => {
  const names = warm.get(shop)?.names ?? new Set<string>();
  warm.set(shop, { names: names.add(name), last: performance.now() });
};

/** How far each shop has come with the requests that can be sent but once, and how many of those it has answered with success. */
const progress = new WeakMap<RunningShop, { sent: number; acknowledged: number }>();

const progressOf = (shop: RunningShop): { sent: number; acknowledged: number } => {
  const known = progress.get(shop) ?? { sent: 0, acknowledged: 0 };
  progress.set(shop, known);
  return known;
};

/** How many requests a shop has acknowledged that can be sent but once. */
export const acknowledgedBy = (shop: RunningShop): number => progressOf(shop).acknowledged;

/**
 * Measures the contenders in turns, so that whatever else the machine does meets all of them: first to last, then last to first, and so
 * on. Each is warmed up before, and for a moment before each of its rounds. Those whose requests can be sent but once are checked
 * afterwards: what was answered is stored.
 */
export async function race(
  bench: Bench,
  contenders: readonly Contender[],
  { connections = CONNECTIONS, seconds = bench.effort.seconds, rounds = bench.effort.rounds }: RaceOptions = {},
): Promise<Rounds> {
  const { warmUp, leadIn } = bench.effort;

  /** Sends for so long; of the requests that can be sent but once no more than this share. */
  const send = async (contender: Contender, length: number, share: number): Promise<LoadReport> => {
    const { shop, records, once, part = 1, expect = 200 } = contender;
    const so = progressOf(shop);
    const from = once ? so.sent : 0;
    const count = Math.min(records.count - from, once ? Math.floor(records.count * part * share) : AGAIN);
    const request = { port: shop.port, records, from, count, again: !once, connections, seconds: length, expect };
    const load = await bench.load(request);
    if (once) {
      so.sent = from + load.sent;
      so.acknowledged += load.answers;
    }
    return load;
  };

  const warmed = async (contender: Contender): Promise<void> => {
    await send(contender, warmUp, warmUp / inAll(true));
    keepWarm(contender);
    await contender.shop.rest();
  };

  const round = async (contender: Contender, wasCold: boolean): Promise<Round> => {
    const { shop } = contender;
    const lead = await send(contender, leadIn, leadIn / inAll(wasCold));
    await shop.begin();
    const core = coreTime(bench.cores?.shop);
    const load = await send(contender, seconds, seconds / inAll(wasCold));
    const busy = (coreTime(bench.cores?.shop) ?? 0) - (core ?? 0);
    const { cpuSeconds, ...report } = await shop.end();
    keepWarm(contender);
    // Before the others' turn: they are not to be measured beside it.
    const rest = await shop.rest();
    return {
      ...load,
      ...report,
      rate: load.answers / load.seconds,
      settledRate: (lead.answers + load.answers) / (lead.seconds + load.seconds + rest),
      shopCpu: cpuSeconds / load.seconds,
      loadCpu: load.cpu,
      cpuPerAnswer: (cpuSeconds * 1e6) / load.answers,
      othersCpu: Math.max(0, busy - cpuSeconds) / load.seconds,
    };
  };

  const inAll = (isCold: boolean): number => (isCold ? warmUp : 0) + rounds * (leadIn + seconds);
  const isWarm = ({ shop, name }: Contender): boolean => {
    const known = warm.get(shop);
    return known?.names.has(name) === true && performance.now() - known.last < COLD;
  };
  const cold = new Set(contenders.filter((contender) => !isWarm(contender)));
  for (const contender of cold) await warmed(contender);
  const results = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  for (let number = 0; number < rounds; number++) {
    for (const contender of number % 2 === 0 ? contenders : [...contenders].reverse()) {
      await contender.before?.();
      results.get(contender.name)?.push(await round(contender, cold.has(contender)));
      await contender.after?.();
    }
  }
  return results;
}
