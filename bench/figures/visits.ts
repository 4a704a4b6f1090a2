import type { Bench } from "../run/bench.js";
import { started } from "../run/contenders.js";
import { race, type Contender } from "../run/race.js";
import { writeVisits } from "../run/visits.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const BARE = "Express alone";
const STATUS = "status";
const RETURN = "return of a buyer who has paid, decided before";
const ASKS = "return of a buyer who has paid, Antom is asked";
const ASKS_NOTHING = "an inquiry by hand, stores nothing";

/** Buyers who look how their payment stands, and who come back from Antom. */
export async function visits(bench: Bench): Promise<Figure[]> {
  const { requests, sizes } = bench.effort;
  const { secret } = bench.identity;
  const decided = sizes[0];
  const [plain, bare, byHand] = await started(bench, [
    {
      name: STATUS,
      kind: "kit",
      config: { database: await bench.seeded("kit", requests, "requires_action") },
      records: await writeVisits(bench.file("status"), "status", { count: decided }, secret),
      once: false,
    },
    {
      name: BARE,
      kind: "bare",
      records: await writeVisits(bench.file("bare"), "status", { count: decided }, secret),
      once: false,
    },
    {
      name: ASKS_NOTHING,
      kind: "return-plain",
      records: await writeVisits(bench.file("plain"), "return", { count: decided }, secret),
      once: false,
      expect: 303,
    },
  ]);
  if (plain === undefined || bare === undefined || byHand === undefined) throw new Error("a shop is missing");
  // These are decided by notifications first.
  const notifications = { ...(await bench.notifications()), count: decided };
  await bench.load({
    port: plain.shop.port,
    records: notifications,
    from: 0,
    count: decided,
    again: false,
    connections: 32,
    seconds: 30,
    expect: 200,
  });
  await plain.shop.rest();
  const all: Contender[] = [
    bare,
    plain,
    {
      ...plain,
      name: RETURN,
      records: await writeVisits(bench.file("return"), "return", { count: decided }, secret),
      expect: 303,
    },
    byHand,
    {
      ...plain,
      name: ASKS,
      records: await writeVisits(bench.file("asks"), "return", { from: decided, count: requests - decided }, secret),
      once: true,
      expect: 303,
    },
  ];
  const rounds = await race(bench, all);
  const ratio = (name: string, upper: string, lower: string): Figure =>
    figure({
      name,
      node: bench.line.name,
      values: ratios(rounds, [upper, lower]),
      measured: measuredOf(rounds, [upper, lower]),
    });
  return [
    ratio("status / Express alone", STATUS, BARE),
    ratio("return, decided / Express alone", RETURN, BARE),
    ratio("return, asking Antom / inquiry by hand that stores nothing", ASKS, ASKS_NOTHING),
  ];
}
