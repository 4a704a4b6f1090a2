import type { Bench } from "../run/bench.js";
import { started, type Entry } from "../run/contenders.js";
import { race } from "../run/race.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const KIT = "the kit on PostgreSQL";
const NOTHING = "stores nothing";
const BY_HAND = "by hand on PostgreSQL";

/** Notifications about distinct stored payments on PostgreSQL. */
export async function postgres(bench: Bench): Promise<Figure[]> {
  const records = await bench.notifications();
  const entry = async (name: string, kind: "kit" | "obvious-postgres"): Promise<Entry> => ({
    name,
    kind,
    config: { database: await bench.seededPostgres(kind === "kit" ? "kit" : "obvious", records.count) },
    records,
    once: true,
  });
  const contenders = await started(bench, [
    { name: NOTHING, kind: "floor", records, once: false },
    await entry(KIT, "kit"),
    await entry(BY_HAND, "obvious-postgres"),
  ]);
  const rounds = await race(bench, contenders);
  await checkKept(contenders, "authorized");

  const ratio = (name: string, lower: string, atLeast: number): Figure =>
    figure({
      name,
      node: bench.line.name,
      goal: { atLeast },
      values: ratios(rounds, [KIT, lower]),
      measured: measuredOf(rounds, [KIT, lower]),
    });
  return [
    ratio("notify on PostgreSQL / stores nothing", NOTHING, 0.8),
    ratio("notify on PostgreSQL / by hand on PostgreSQL", BY_HAND, 1.6),
  ];
}
