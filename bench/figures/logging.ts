import type { Bench } from "../run/bench.js";
import { started, type Entry } from "../run/contenders.js";
import { FEW_CONNECTIONS, race } from "../run/race.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const ON_FEW = `${FEW_CONNECTIONS} connections`;
const KIT = `the kit on SQLite, ${ON_FEW}`;
const NOTHING = `stores nothing, ${ON_FEW}`;
const KIT_LOGS = `${KIT}, logging`;
const NOTHING_LOGS = `${NOTHING}, logging`;

/**
 * What a line in the log costs for each notification. Over so few connections that there is no flood: in a flood the kit writes its line when
 * the notification takes effect, long after it is acknowledged, and hardly a line would be in the measured time.
 */
export async function logging(bench: Bench): Promise<Figure[]> {
  const records = await bench.notifications();
  const kit = async (name: string, logs: boolean): Promise<Entry> => ({
    name,
    kind: "kit",
    config: { logs, database: await bench.seeded("kit", records.count, "requires_action") },
    records,
    once: true,
  });
  const contenders = await started(bench, [
    { name: NOTHING, kind: "floor", records, once: false },
    await kit(KIT, false),
    { name: NOTHING_LOGS, kind: "verified", config: { logs: true }, records, once: false },
    await kit(KIT_LOGS, true),
  ]);
  const rounds = await race(bench, contenders, { connections: FEW_CONNECTIONS });
  await checkKept(contenders, "authorized");

  const ratio = (name: string, upper: string, lower: string): Figure =>
    figure({
      name,
      node: bench.line.name,
      values: ratios(rounds, [upper, lower]),
      measured: measuredOf(rounds, [upper, lower]),
    });
  return [
    ratio(`notify on SQLite / stores nothing, ${ON_FEW}`, KIT, NOTHING),
    ratio(`notify on SQLite / stores nothing, ${ON_FEW}, both logging`, KIT_LOGS, NOTHING_LOGS),
    ratio(`notify on SQLite, logging / without a log, ${ON_FEW}`, KIT_LOGS, KIT),
  ];
}
