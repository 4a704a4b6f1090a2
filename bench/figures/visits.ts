import type { Bench } from "../run/bench.js";
import { started } from "../run/contenders.js";
import { CONNECTIONS, race, type Contender } from "../run/race.js";
import { writeVisits } from "../run/visits.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const BARE = "Express alone";
const STATUS = "status";
const RETURN = "return of a buyer who has paid, decided before";
const ASKS = "return of a buyer who has paid, Antom is asked";
const ASKS_NOTHING = "an inquiry by hand, stores nothing";
const ASKS_BY_HAND = "an inquiry by hand on SQLite";

/** Buyers who look how their payment stands, and who come back from Antom. */
export async function visits(bench: Bench): Promise<Figure[]> {
  const { requests, sizes } = bench.effort;
  const { secret } = bench.identity;
  const decided = sizes[0];
  const again = await writeVisits(bench.file("return"), "return", { count: decided }, secret);
  const undecided = { from: decided, count: requests - decided };
  const asks = await writeVisits(bench.file("asks"), "return", undecided, secret);
  const status = await writeVisits(bench.file("status"), "status", { count: decided }, secret);
  const expect = 303;
  const [plain, bare, nothing, byHand] = await started(bench, [
    {
      name: STATUS,
      kind: "kit",
      config: { database: await bench.seeded("kit", requests, "requires_action") },
      records: status,
      once: false,
    },
    { name: BARE, kind: "bare", records: status, once: false },
    { name: ASKS_NOTHING, kind: "return-plain", records: again, once: false, expect },
    {
      name: ASKS_BY_HAND,
      kind: "return-obvious",
      config: { database: await bench.seeded("obvious", requests, "requires_action") },
      records: asks,
      once: true,
      expect,
    },
  ]);
  if (plain === undefined || bare === undefined || nothing === undefined || byHand === undefined) {
    throw new Error("a shop is missing");
  }
  await decide(bench, plain, decided);
  const contenders: Contender[] = [
    bare,
    plain,
    { ...plain, name: RETURN, records: again, expect },
    nothing,
    { ...plain, name: ASKS, records: asks, once: true, had: decided, expect },
    byHand,
  ];
  const rounds = await race(bench, contenders);
  await checkKept(contenders, "authorized");
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
    ratio("return, asking Antom / inquiry by hand on SQLite", ASKS, ASKS_BY_HAND),
  ];
}

/** Has the first so many payments decided by notifications. */
async function decide(bench: Bench, { shop }: Contender, count: number): Promise<void> {
  const records = await bench.notifications();
  await bench.load({
    port: shop.port,
    records,
    from: 0,
    count,
    again: false,
    connections: CONNECTIONS,
    seconds: 30,
    expect: 200,
  });
  await shop.rest();
}
