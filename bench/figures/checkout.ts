import type { Bench } from "../run/bench.js";
import { writeCheckouts } from "../run/checkouts.js";
import { started, type Entry } from "../run/contenders.js";
import { race } from "../run/race.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

/** Payments that PostgreSQL has seen before: it plans by what it last counted, and of a table that it has counted empty it reads all. */
const HISTORY = 10_000;

const NOTHING = "stores nothing";
const KIT = "the kit on SQLite";
const POSTGRES = "the kit on PostgreSQL";
const BY_HAND = "by hand on SQLite";
const POSTGRES_BY_HAND = "by hand on PostgreSQL";

/** Checkouts of distinct orders: intent and answer are both durable before the buyer is told where to go. */
export async function checkout(bench: Bench): Promise<Figure[]> {
  const records = await writeCheckouts(bench.file("checkouts"), bench.effort.requests);
  const entries: Entry[] = [
    { name: NOTHING, kind: "checkout-plain", records, once: false },
    { name: KIT, kind: "kit", config: { database: bench.file("kit.db") }, records, once: true },
  ];
  if (!bench.isQuick) {
    const onPostgres = async (name: string, kind: "kit" | "checkout-obvious-postgres"): Promise<Entry> => ({
      name,
      kind,
      config: { database: await bench.seededPostgres(kind === "kit" ? "kit" : "obvious", HISTORY) },
      records,
      once: true,
      had: HISTORY,
    });
    entries.push(
      { name: BY_HAND, kind: "checkout-obvious", config: { database: bench.file("obvious.db") }, records, once: true },
      await onPostgres(POSTGRES, "kit"),
      await onPostgres(POSTGRES_BY_HAND, "checkout-obvious-postgres"),
    );
  }
  const contenders = await started(bench, entries);
  const rounds = await race(bench, contenders);
  await checkKept(contenders, "opened");
  const ratio = (name: string, upper: string, lower: string, atLeast?: number): Figure =>
    figure({
      name,
      node: bench.line.name,
      ...(atLeast === undefined ? {} : { goal: { atLeast } }),
      values: ratios(rounds, [upper, lower]),
      measured: measuredOf(rounds, [upper, lower]),
    });
  return [
    ratio("checkout on SQLite / stores nothing", KIT, NOTHING, 0.75),
    ...(bench.isQuick
      ? []
      : [
          ratio("checkout on SQLite / by hand on SQLite", KIT, BY_HAND),
          ratio("checkout on PostgreSQL / stores nothing", POSTGRES, NOTHING),
          ratio("checkout on PostgreSQL / by hand on PostgreSQL", POSTGRES, POSTGRES_BY_HAND),
        ]),
  ];
}
