import type { Bench } from "../run/bench.js";
import { started, type Entry } from "../run/contenders.js";
import { writeForged } from "../run/notifications.js";
import { race, type Contender } from "../run/race.js";
import { checkKept } from "./kept.js";
import { logging } from "./logging.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const KIT = "the kit on SQLite";
const NOTHING = "stores nothing";
const BY_HAND = "by hand on SQLite";
const NO_WORKER = "the kit on SQLite, worker elsewhere";
const SENT_BEFORE = "sent before, to the kit";
const FORGED = "forged, to the kit";

/** Notifications about distinct stored payments on SQLite; the same again; and forged ones. */
export async function notify(bench: Bench): Promise<Figure[]> {
  const records = await bench.notifications();
  const entries: Entry[] = [
    { name: NOTHING, kind: "floor", records, once: false },
    { name: KIT, kind: "shared-kit", records, once: true, part: 0.4 },
    {
      name: BY_HAND,
      kind: "obvious",
      config: { database: await bench.seeded("obvious", records.count, "requires_action") },
      records,
      once: true,
    },
  ];
  if (!bench.isQuick) {
    const database = await bench.seeded("kit", records.count, "requires_action");
    entries.push({ name: NO_WORKER, kind: "kit", config: { worker: false, database }, records, once: true });
  }
  const contenders = await started(bench, entries);
  const first = contenders.find(({ name }) => name === KIT);
  if (first === undefined) throw new Error("the kit is missing");
  const forged = await writeForged(bench.file("forged"), 200, bench.identity);
  const all: Contender[] = [
    ...contenders,
    { ...first, name: FORGED, records: forged, once: false, expect: 401 },
    // The first of all, which have been taken in by then.
    ...(bench.isQuick ? [] : [{ ...first, name: SENT_BEFORE, records: { ...records, count: 200 }, once: false }]),
  ];
  const rounds = await race(bench, all);
  await checkKept(contenders, "authorized");

  const node = bench.line.name;
  const ratio = (name: string, upper: string, lower: string, atLeast?: number): Figure =>
    figure({
      name,
      node,
      ...(atLeast === undefined ? {} : { goal: { atLeast } }),
      values: ratios(rounds, [upper, lower]),
      measured: measuredOf(rounds, [upper, lower]),
    });
  const settled = (name: string, lower: string): Figure =>
    figure({
      name,
      node,
      values: ratios(rounds, [KIT, lower], ({ settledRate }) => settledRate),
      measured: measuredOf(rounds, [KIT, lower]),
    });
  return [
    ratio("notify on SQLite / stores nothing", KIT, NOTHING, 0.9),
    ratio("notify on SQLite / by hand on SQLite", KIT, BY_HAND, 3),
    settled("notify on SQLite, until the last hook has run / stores nothing", NOTHING),
    settled("notify on SQLite, until the last hook has run / by hand, without hooks", BY_HAND),
    ratio("forged notification / genuine", FORGED, KIT, 1.5),
    ...(bench.isQuick
      ? []
      : [
          ratio("notification sent before / genuine", SENT_BEFORE, KIT),
          ratio("notify on SQLite, worker elsewhere / stores nothing", NO_WORKER, NOTHING),
          ...(await logging(bench)),
        ]),
  ];
}
