import { setTimeout as delay } from "node:timers/promises";
import type { Misbehaved } from "../processes/messages.js";
import type { Bench } from "../run/bench.js";
import { started } from "../run/contenders.js";
import { CONNECTIONS, FEW_CONNECTIONS, race, type Contender } from "../run/race.js";
import type { RunningShop } from "../run/running-shop.js";
import { waitUntil } from "../run/wait-until.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, ratios, roundsOf, type Figure } from "./figure.js";

const QUICK = "hooks that are quick";
const HANG = "every hook hangs for good";
const FAIL = "1,000 payments' hooks fail";

/** So many payments' hooks fail. */
const FAILING = 1_000;

/** So many are notified of before each round, no flood, so that their hooks are called: more than fail, and more than hang by then. */
const BEFORE = 1_100;

/**
 * So many hooks hang at least when a round begins. That is when the first of them have hung for as long as a hook may take, in milliseconds: not so
 * long that the shop gets cold.
 */
const FULL = { hanging: 512, hookTimeout: 3_000 } as const;
const QUICKLY = { hanging: 64, hookTimeout: 600 } as const;

/** Not before the round, in milliseconds. */
const LATER = 60_000;

/** A round takes so many seconds at least: of less than that a hundredth is one stall or none. */
const LEAST = 0.35;

/** The flood begins well within this time, in seconds: what was sent before has warmed the shop up. */
const LEAD_IN = 0.5;

/** Notifications while the shop's own hooks misbehave: buyers and Antom must not notice. */
export async function hooks(bench: Bench): Promise<Figure[]> {
  const goal = { atMost: 1.2 };
  const flood = await measuredWith(bench, { connections: CONNECTIONS, suffix: "", spread: 0, goal });
  if (bench.isQuick) return flood;
  // As the shop keeps up, the retries are spread over the round: else all of them were over before it began.
  const suffix = `, ${FEW_CONNECTIONS} connections`;
  return [...flood, ...(await measuredWith(bench, { connections: FEW_CONNECTIONS, suffix, spread: 1 }))];
}

interface Way {
  readonly connections: number;
  /** Set behind every name. */
  readonly suffix: string;
  /** 0 where all that failed is due again when the round begins, 1 where it falls due evenly until the round ends. */
  readonly spread: 0 | 1;
  readonly goal?: { readonly atMost: number };
}

/** One shop in three moods, in turns. */
async function measuredWith(bench: Bench, { connections, suffix, spread, goal }: Way): Promise<Figure[]> {
  const records = await bench.notifications();
  const { rounds } = bench.effort;
  const seconds = Math.max(bench.effort.seconds, LEAST);
  const leadIn = Math.min(bench.effort.leadIn, LEAD_IN);
  const { hanging, hookTimeout } = bench.isQuick ? QUICKLY : FULL;
  const [contender] = await started(bench, [
    {
      name: QUICK + suffix,
      kind: "kit",
      config: { hookTimeout, database: await bench.seeded("kit", records.count, "requires_action") },
      records,
      once: true,
      part: (1 - (3 * rounds * BEFORE) / records.count) / 3,
    },
  ]);
  if (contender === undefined) throw new Error("the shop is missing");
  const { shop } = contender;
  const calm = (): Promise<void> => shop.calm();
  /** Before the flood is there the worker would be done with all of them, and what has come with it by then would go before them. */
  const overdue = async (): Promise<void> => {
    await delay((leadIn * 1000) / 4);
    await shop.retry(-leadIn * 1000, 0);
  };
  const contenders: Contender[] = [
    {
      ...contender,
      before: async (send) => {
        await send(BEFORE, FEW_CONNECTIONS);
        await shop.rest();
      },
    },
    {
      ...contender,
      name: HANG + suffix,
      before: async (send) => {
        await shop.misbehave({ hang: true });
        const began = performance.now();
        await send(BEFORE, FEW_CONNECTIONS);
        await until(shop, `${hanging} hooks hang`, (counts) => counts.hanging >= hanging);
        await delay(Math.max(0, hookTimeout - leadIn * 1000 - (performance.now() - began)));
      },
      after: calm,
    },
    {
      ...contender,
      name: FAIL + suffix,
      before: async (send) => {
        await shop.misbehave({ fail: FAILING });
        await send(BEFORE, FEW_CONNECTIONS);
        await until(shop, `${FAILING} payments' hooks have failed`, ({ failed }) => failed >= FAILING);
        await waitUntil("all of them are to be tried again", async () => (await shop.retry(LATER, 0)) >= FAILING);
        // As if the five seconds were over that the kit waits for.
        if (spread === 1) await shop.retry(leadIn * 1000, seconds * 1000);
      },
      ...(spread === 0 ? { during: overdue } : {}),
      after: calm,
    },
  ];
  const results = await race(bench, contenders, { connections, seconds, leadIn });
  await checkKept([contender], "authorized");
  for (const name of [HANG + suffix, FAIL + suffix]) {
    if (roundsOf(results, name).some(({ badHooks }) => badHooks === 0))
      throw new Error(`${name}: no hook did in a round`);
  }

  const ratio = (name: string, upper: string): Figure =>
    figure({
      name: name + suffix,
      node: bench.line.name,
      ...(goal === undefined ? {} : { goal }),
      values: ratios(results, [upper + suffix, QUICK + suffix], ({ p99 }) => p99),
      measured: measuredOf(results, [upper + suffix, QUICK + suffix]),
    });
  return [
    ratio("p99 of notify while every hook hangs / without", HANG),
    ratio("p99 of notify while 1,000 payments' hooks fail / without", FAIL),
  ];
}

const until = (shop: RunningShop, what: string, isSo: (counts: Misbehaved) => boolean): Promise<void> =>
  waitUntil(what, async () => isSo(await shop.misbehaved()));
