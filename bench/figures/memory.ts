import { alone } from "../run/alone.js";
import type { Bench } from "../run/bench.js";
import { writeNotifications } from "../run/notifications.js";
import { CONNECTIONS, type Round } from "../run/race.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

/** How many notifications are signed and sent at a time. */
const BLOCK = 50_000;

/** Milliseconds of quiet before memory is looked at. */
const QUIET = 500;

/** Whether the shop's memory grows with the number of notifications it has taken in. */
export async function memory(bench: Bench): Promise<Figure[]> {
  const many = bench.effort.sizes[1];
  // A process grows while it warms up, which the first two thirds of few notifications do.
  const few = Math.min(10_000, Math.floor((2 * many) / 3));
  const database = await bench.seeded("kit", many, "requires_action");
  const shop = await bench.shop({ kind: "kit", database });
  const signed = await bench.notifications();
  const file = bench.file("block");
  const rounds = new Map<string, Round[]>();
  let sent = 0;
  for (const until of [few, many]) {
    const name = `${until.toLocaleString("en")} notifications`;
    const from = sent;
    const load = async (): Promise<{ times: number; seconds: number }> => {
      let seconds = 0;
      while (sent < until) {
        const count = Math.min(BLOCK, until - sent);
        const isSigned = sent + count <= signed.count;
        const records = isSigned ? signed : await writeNotifications(file, count, bench.identity, sent);
        const { seconds: took } = await bench.load({
          port: shop.port,
          records,
          from: isSigned ? sent : 0,
          count,
          again: false,
          connections: CONNECTIONS,
          seconds: 3_600,
          expect: 200,
        });
        seconds += took;
        await shop.rest();
        sent += count;
      }
      await new Promise((resolve) => setTimeout(resolve, QUIET));
      return { times: until - from, seconds };
    };
    rounds.set(name, [await alone(shop, load)]);
  }
  const counts = await shop.count();
  if (counts?.authorized !== many) throw new Error(`of ${many} notifications ${String(counts?.authorized)} were kept`);
  const [before = "", after = ""] = [...rounds.keys()];
  const text = [many, few].map((size) => size.toLocaleString("en")).join(" / ");
  return [
    figure({
      name: `resident memory after ${text} notifications`,
      node: bench.line.name,
      goal: { atMost: 1.2 },
      values: ratios(rounds, [after, before], ({ rss }) => rss),
      measured: measuredOf(rounds, [before, after]),
    }),
  ];
}
