import type { Bench } from "../run/bench.js";
import { started, type Entry } from "../run/contenders.js";
import { race } from "../run/race.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const QUICK = "hooks that are quick";
const HANG = "every hook hangs for good";
const FAIL = "1,000 payments' hooks fail";

/** Notifications while the shop's own hooks misbehave: buyers and Antom must not notice. */
export async function hooks(bench: Bench): Promise<Figure[]> {
  const records = await bench.notifications();
  const entry = async (name: string): Promise<Entry> => ({
    name,
    kind: "kit",
    config: { database: await bench.seeded("kit", records.count, "requires_action") },
    records,
    once: true,
  });
  const [quick, hang, fail] = await started(bench, [await entry(QUICK), await entry(HANG), await entry(FAIL)]);
  if (quick === undefined || hang === undefined || fail === undefined) throw new Error("a shop is missing");
  const contenders = [
    quick,
    { ...hang, before: () => hang.shop.hooks({ hang: true }), after: () => hang.shop.calm() },
    { ...fail, before: () => fail.shop.hooks({ fail: 1_000 }), after: () => fail.shop.calm() },
  ];
  // Those that fail are tried again after five seconds.
  const rounds = await race(bench, contenders, bench.isQuick ? {} : { seconds: 3 });
  await checkKept(contenders);

  const ratio = (name: string, upper: string): Figure =>
    figure({
      name,
      node: bench.line.name,
      goal: { atMost: 1.2 },
      values: ratios(rounds, [upper, QUICK], ({ p99 }) => p99),
      measured: measuredOf(rounds, [upper, QUICK]),
    });
  return [
    ratio("p99 of notify while every hook hangs / without", HANG),
    ratio("p99 of notify while 1,000 payments' hooks fail / without", FAIL),
  ];
}
