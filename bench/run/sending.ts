import type { LoadReport } from "../processes/messages.js";
import type { Bench } from "./bench.js";
import type { Contender } from "./race.js";
import type { RunningShop } from "./running-shop.js";

/** How much is sent at once: until the time is up or so many requests are sent, whichever comes first. */
export interface Portion {
  readonly connections: number;
  readonly seconds: number;
  /** Of requests that can be sent but once; the others are sent again and again. */
  readonly count: number;
}

/** How many different requests are sent again and again where that may be done. */
const AGAIN = 5_000;

/** How far each shop has come with the requests that can be sent but once, and how many of those it has answered with success. */
const progress = new WeakMap<RunningShop, { sent: number; acknowledged: number }>();

const progressOf = (shop: RunningShop): { sent: number; acknowledged: number } => {
  const known = progress.get(shop) ?? { sent: 0, acknowledged: 0 };
  progress.set(shop, known);
  return known;
};

/** How many requests a shop has acknowledged that can be sent but once. */
export const acknowledgedBy = (shop: RunningShop): number => progressOf(shop).acknowledged;

/** Sends a contender's next requests: of those that can be sent but once the ones that its shop has not been sent yet. */
export async function sendTo(
  bench: Bench,
  { name, shop, records, once, expect = 200 }: Contender,
  { connections, seconds, count: most }: Portion,
): Promise<LoadReport> {
  const so = progressOf(shop);
  const from = once ? so.sent : 0;
  const count = Math.min(records.count - from, once ? most : AGAIN);
  if (count < 1) throw new Error(`all ${records.count} requests of ${name} have been sent`);
  const request = { port: shop.port, records, from, count, again: !once, connections, seconds, expect };
  const load = await bench.load(request);
  if (once) {
    so.sent = from + load.sent;
    so.acknowledged += load.answers;
  }
  return load;
}
