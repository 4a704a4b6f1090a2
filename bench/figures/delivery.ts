import { alone } from "../run/alone.js";
import type { Bench } from "../run/bench.js";
import { FEW_CONNECTIONS, type Round } from "../run/race.js";
import { figure, measuredOf, ratios, roundsOf, type Figure } from "./figure.js";

const KIT = "the kit on SQLite, delivering";
const BY_HAND = "by hand on SQLite, delivering";

/** How quickly waiting events are delivered to the shop's hooks. */
export async function delivery(bench: Bench): Promise<Figure[]> {
  const { rounds } = bench.effort;
  const events = Math.min(5_000, Math.floor(bench.effort.requests / (rounds + 1)));
  const records = await bench.notifications();
  const measured = new Map<string, Round[]>([
    [KIT, []],
    [BY_HAND, []],
  ]);
  const shops = await Promise.all(
    (["kit", "obvious"] as const).map(async (kind) => ({
      name: kind === "kit" ? KIT : BY_HAND,
      shop: await bench.shop({
        kind,
        worker: false,
        database: await bench.seeded(kind, records.count, "requires_action"),
      }),
    })),
  );
  for (let round = 0; round <= rounds; round++) {
    for (const { name, shop } of shops) {
      await bench.load({
        port: shop.port,
        records,
        from: round * events,
        count: events,
        again: false,
        // So few that each takes effect before it is acknowledged.
        connections: FEW_CONNECTIONS,
        seconds: 600,
        expect: 200,
      });
      const delivered = await alone(shop, async () => ({
        times: events,
        seconds: events / (await shop.deliver(events)),
      }));
      // The first warms up.
      if (round > 0) measured.get(name)?.push(delivered);
    }
  }
  const node = bench.line.name;
  return [
    figure({
      name: "hooks delivered from a backlog on SQLite",
      node,
      unit: "/s",
      values: roundsOf(measured, KIT).map(({ rate }) => rate),
      measured: measuredOf(measured, [KIT]),
    }),
    figure({
      name: "hooks delivered on SQLite / by hand on SQLite",
      node,
      values: ratios(measured, [KIT, BY_HAND]),
      measured: measuredOf(measured, [KIT, BY_HAND]),
    }),
  ];
}
