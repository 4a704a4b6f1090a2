import type { TimedStep } from "../processes/messages.js";
import { alone } from "../run/alone.js";
import type { Bench } from "../run/bench.js";
import { started } from "../run/contenders.js";
import { inTurns } from "../run/in-turns.js";
import { race, type Contender, type Round, type Rounds } from "../run/race.js";
import { writeVisits } from "../run/visits.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const GOAL = { atMost: 1.3 };

/** How often each step is done in one round. */
const TIMES: Readonly<Record<TimedStep, number>> = { list: 100, order: 500, claim: 20 };

const NAMES: Readonly<Record<TimedStep, string>> = {
  list: "a page of the newest payments",
  order: "an order's payments",
  claim: "64 tasks claimed and settled",
};

/** How many of the stored payments are looked at by their status. */
const VISITED = 20_000;

const thousands = (count: number): string => count.toLocaleString("en");

/** Whether anything gets slower with the number of payments that are stored. */
export async function growth(bench: Bench): Promise<Figure[]> {
  const sqlite = await growthOf(bench, "", (count) => bench.seeded("kit", count, "requires_action"));
  if (bench.isQuick) return sqlite;
  return [...sqlite, ...(await growthOf(bench, " on PostgreSQL", (count) => bench.seededPostgres("kit", count)))];
}

/** The figures compare most with fewest; what was measured of the sizes in between is told beside it. */
async function growthOf(bench: Bench, on: string, seeded: (count: number) => Promise<string>): Promise<Figure[]> {
  const [fewest, most] = bench.effort.sizes;
  const sizes = [fewest, ...bench.effort.between, most];
  const growing = `${thousands(most)} / ${thousands(fewest)}`;
  const compared = (name: string, rounds: Rounds, what: string): Figure =>
    figure({
      name,
      node: bench.line.name,
      // The goal is of a million payments.
      ...(bench.isQuick ? {} : { goal: GOAL }),
      values: ratios(rounds, [nameOf(what, fewest), nameOf(what, most)]),
      measured: measuredOf(rounds, [...rounds.keys()]),
    });

  const status = `status${on}`;
  const contenders: Contender[] = [];
  for (const size of sizes) contenders.push(await contenderOf(bench, nameOf(status, size), size, await seeded(size)));
  // All of them do the same, and are as cold as one another.
  const rounds = await race(bench, contenders, bench.isQuick ? { warmUp: 0.2 } : {});
  const figures = [compared(`time of ${status} with ${growing} payments`, rounds, status)];
  for (const step of ["list", "order", "claim"] as const) {
    const what = NAMES[step] + on;
    const own = await stepRounds(bench, contenders, step, (index) => nameOf(what, sizes[index] ?? 0));
    figures.push(compared(`time of ${what} with ${growing}`, own, what));
  }
  return figures;
}

const nameOf = (what: string, size: number): string => `${what} with ${thousands(size)} payments`;

async function contenderOf(bench: Bench, name: string, size: number, database: string): Promise<Contender> {
  const count = Math.min(size, VISITED);
  const records = await writeVisits(bench.file("visits"), "status", { count }, bench.identity.secret);
  const [contender] = await started(bench, [
    { name, kind: "kit", config: { database, worker: false }, records, once: false },
  ]);
  if (contender === undefined) throw new Error("a shop is missing");
  return contender;
}

/** What the kit does by itself, in each shop in turns; each is warmed up before. */
async function stepRounds(
  bench: Bench,
  contenders: readonly Contender[],
  step: TimedStep,
  name: (index: number) => string,
): Promise<Rounds> {
  const times = TIMES[step] / (bench.isQuick ? 2 : 1);
  const round = ({ shop }: Contender): Promise<Round> =>
    alone(shop, async () => ({ times, seconds: ((await shop.time(step, times)) * times) / 1000 }));
  for (const contender of contenders) await round(contender);
  const rounds = new Map<string, Round[]>(contenders.map((_, index) => [name(index), []]));
  await inTurns(contenders, bench.effort.rounds, async (contender, index) => {
    rounds.get(name(index))?.push(await round(contender));
  });
  return rounds;
}
