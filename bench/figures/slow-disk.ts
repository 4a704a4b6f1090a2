import type { Bench } from "../run/bench.js";
import { started } from "../run/contenders.js";
import { race } from "../run/race.js";
import { slowDisk } from "../run/slow-disk.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, ratios, roundsOf, type Figure } from "./figure.js";

const KIT = "the kit on SQLite, fsync 1 ms";
const NOTHING = "stores nothing";
const BY_HAND = "by hand on SQLite, fsync 1 ms";

/** Notifications on SQLite, on a disk that takes a millisecond to sync. */
export async function slowDiskFigures(bench: Bench): Promise<Figure[]> {
  const env = slowDisk(bench.folder);
  if (env === undefined) return [];
  const records = await bench.notifications();
  const [kit, byHand] = [
    await bench.seeded("kit", records.count, "requires_action"),
    await bench.seeded("obvious", records.count, "requires_action"),
  ];
  const contenders = await started(bench, [
    { name: NOTHING, kind: "floor", records, once: false },
    { name: KIT, kind: "kit", config: { database: kit }, env, records, once: true },
    { name: BY_HAND, kind: "obvious", config: { database: byHand }, env, records, once: true },
  ]);
  const rounds = await race(bench, contenders);
  await checkKept(contenders, "authorized");
  // One transaction a request, and in each of them at least one sync.
  if (roundsOf(rounds, BY_HAND).some(({ rate }) => rate > 1000)) throw new Error("fsync was not delayed");

  const node = bench.line.name;
  const ratio = (name: string, lower: string, atLeast: number): Figure =>
    figure({
      name,
      node,
      goal: { atLeast },
      values: ratios(rounds, [KIT, lower]),
      measured: measuredOf(rounds, [KIT, lower]),
    });
  return [
    ratio("notify on SQLite, fsync 1 ms / stores nothing", NOTHING, 0.7),
    ratio("notify on SQLite, fsync 1 ms / by hand on it", BY_HAND, 8),
  ];
}
