import type { Bench } from "../run/bench.js";
import { started, type Entry } from "../run/contenders.js";
import { CHECKOUT_PATH } from "../run/keys.js";
import { race } from "../run/race.js";
import { request, writeRecords } from "../run/records.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const STRIDE = 512;

/** Payments that PostgreSQL has seen before: it plans by what it last counted, and of a table that it has counted empty it reads all. */
const HISTORY = 10_000;
const BROWSER = {
  "content-type": "application/json",
  accept: "application/json",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64)",
};

const NOTHING = "stores nothing";
const KIT = "the kit on SQLite";
const POSTGRES = "the kit on PostgreSQL";
const BY_HAND = "by hand on SQLite";

/** Checkouts of distinct orders: intent and answer are both durable before the buyer is told where to go. */
export async function checkout(bench: Bench): Promise<Figure[]> {
  const records = await writeRecords(bench.file("checkouts"), bench.effort.requests, STRIDE, (number) =>
    request("POST", CHECKOUT_PATH, BROWSER, JSON.stringify({ orderId: `order-${String(number).padStart(9, "0")}` })),
  );
  const entries: Entry[] = [
    { name: NOTHING, kind: "checkout-plain", records, once: false },
    { name: KIT, kind: "kit", config: { database: bench.file("kit.db") }, records, once: true },
  ];
  if (!bench.isQuick) {
    const database = await bench.seededPostgres("kit", HISTORY);
    entries.push(
      { name: BY_HAND, kind: "checkout-obvious", config: { database: bench.file("obvious.db") }, records, once: true },
      { name: POSTGRES, kind: "kit", config: { database }, records, once: true },
    );
  }
  const contenders = await started(bench, entries);
  const rounds = await race(bench, contenders);
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
        ]),
  ];
}
