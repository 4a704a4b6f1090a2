import { alone } from "../run/alone.js";
import type { TimedStep } from "../processes/messages.js";
import type { Bench } from "../run/bench.js";
import { started, type Entry } from "../run/contenders.js";
import { race, type Contender, type Round } from "../run/race.js";
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

/** Whether anything gets slower with the number of payments that are stored. */
export async function growth(bench: Bench): Promise<Figure[]> {
  const entry = async (count: number): Promise<Entry> => ({
    name: `status with ${count.toLocaleString("en")} payments`,
    kind: "kit",
    config: { database: await bench.seeded("kit", count, "requires_action"), worker: false },
    records: await writeVisits(
      bench.file("visits"),
      "status",
      { count: Math.min(count, 20_000) },
      bench.identity.secret,
    ),
    once: false,
  });
  const [few, many] = await Promise.all(bench.effort.sizes.map(entry));
  if (few === undefined || many === undefined) throw new Error("a size is missing");
  const contenders = await started(bench, [few, many]);
  const [small, large] = contenders;
  if (small === undefined || large === undefined) throw new Error("a shop is missing");
  const rounds = await race(bench, contenders);
  const growing = bench.effort.sizes
    .map((size) => size.toLocaleString("en"))
    .reverse()
    .join(" / ");
  const node = bench.line.name;
  const figures = [
    figure({
      name: `time of status with ${growing} payments`,
      node,
      goal: GOAL,
      values: ratios(rounds, [few.name, many.name]),
      measured: measuredOf(rounds, [few.name, many.name]),
    }),
  ];
  for (const what of ["list", "order", "claim"] as const) {
    const times = TIMES[what];
    const name = (size: number): string => `${NAMES[what]} with ${size.toLocaleString("en")} payments`;
    const step = ({ shop }: Contender): Promise<Round> =>
      alone(shop, async () => ({ times, seconds: ((await shop.time(what, times)) * times) / 1000 }));
    const [below, above] = [name(bench.effort.sizes[0]), name(bench.effort.sizes[1])];
    const own = new Map<string, Round[]>([
      [below, []],
      [above, []],
    ]);
    for (const contender of contenders) await step(contender);
    for (let round = 0; round < bench.effort.rounds; round++) {
      own.get(below)?.push(await step(small));
      own.get(above)?.push(await step(large));
    }
    figures.push(
      figure({
        name: `time of ${NAMES[what]} with ${growing}`,
        node,
        goal: GOAL,
        values: ratios(own, [below, above]),
        measured: measuredOf(own, [below, above]),
      }),
    );
  }
  return figures;
}
