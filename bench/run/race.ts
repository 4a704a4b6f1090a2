import type { LoadReport, ShopReport } from "../processes/messages.js";
import type { Bench } from "./bench.js";
import { inTurns } from "./in-turns.js";
import { coreTime } from "./machine.js";
import type { Records } from "./records.js";
import type { RunningShop } from "./running-shop.js";
import { sendTo } from "./sending.js";
import { isWarm, keepWarm } from "./warmth.js";

/** Sends so many of a contender's requests over so many connections, and waits for their answers. */
export type SendBefore = (count: number, connections: number) => Promise<void>;

/** One of several that are measured against each other. */
export interface Contender {
  readonly name: string;
  readonly shop: RunningShop;
  readonly records: Records;
  /** Each request can be sent but once, as it changes something. */
  readonly once: boolean;
  /** The share of the requests that this path may send, of a shop that several paths share; all unless told. */
  readonly part?: number;
  /** How many payments its shop had before, of those that are counted afterwards; none unless told. */
  readonly had?: number;
  /** The status of every answer; 200 unless told. */
  readonly expect?: number;
  /** Called before each of its rounds, the warm-up being none. What it sends is not measured. */
  readonly before?: (send: SendBefore) => Promise<void>;
  /** Called beside the load that goes before each of its rounds. */
  readonly during?: () => Promise<void>;
  /** Called after each of its rounds, before it is waited for what the round has left to be done. */
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
  readonly warmUp?: number;
  readonly leadIn?: number;
}

/** So many are a flood, in which the kit acknowledges each notification before it takes effect. */
export const CONNECTIONS = 32;
/** And so many are none: each takes effect before it is acknowledged, and its hook is called at once. */
export const FEW_CONNECTIONS = 8;

/** What is sent before a round has to be answered within so many seconds. */
const PATIENCE = 60;

/**
 * Measures the contenders in turns. Each is warmed up before, and for a moment before each of its rounds. Whether those whose requests can be
 * sent but once have kept what they answered is for the caller to check (see figures/kept.ts).
 */
export async function race(
  bench: Bench,
  contenders: readonly Contender[],
  {
    connections = CONNECTIONS,
    seconds = bench.effort.seconds,
    rounds = bench.effort.rounds,
    warmUp = bench.effort.warmUp,
    leadIn = bench.effort.leadIn,
  }: RaceOptions = {},
): Promise<Rounds> {
  const { staysWarm } = bench.effort;

  /** Sends for so long; of the requests that can be sent but once no more than this share. */
  const send = (contender: Contender, length: number, share: number): Promise<LoadReport> => {
    const { records, part = 1 } = contender;
    return sendTo(bench, contender, { connections, seconds: length, count: Math.floor(records.count * part * share) });
  };

  const warmed = async (contender: Contender): Promise<void> => {
    await send(contender, warmUp, warmUp / inAll(true));
    keepWarm(contender);
    await contender.shop.rest();
  };

  const sendBefore =
    (contender: Contender): SendBefore =>
    async (count, over) => {
      const { answers } = await sendTo(bench, contender, { connections: over, seconds: PATIENCE, count });
      if (answers < count) throw new Error(`${contender.name} was sent ${answers} requests instead of ${count}`);
    };

  const round = async (contender: Contender, wasCold: boolean): Promise<Round> => {
    const { shop } = contender;
    await contender.before?.(sendBefore(contender));
    const [lead] = await Promise.all([send(contender, leadIn, leadIn / inAll(wasCold)), contender.during?.()]);
    await shop.begin();
    const core = coreTime(bench.cores?.shop);
    const load = await send(contender, seconds, seconds / inAll(wasCold));
    const busy = (coreTime(bench.cores?.shop) ?? 0) - (core ?? 0);
    const { cpuSeconds, ...report } = await shop.end();
    keepWarm(contender);
    await contender.after?.();
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
  const cold = new Set<Contender>();
  for (const contender of contenders) {
    if (isWarm(contender, staysWarm)) continue;
    cold.add(contender);
    await warmed(contender);
  }
  const results = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  await inTurns(contenders, rounds, async (contender) => {
    results.get(contender.name)?.push(await round(contender, cold.has(contender)));
  });
  return results;
}
