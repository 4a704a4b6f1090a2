import { pointsOf, type StorageKind } from "./points.js";
import type { Tally } from "./tally.js";

const MINUTE = 60_000;

/** The tally in lines for people. */
export function reportOf(tally: Tally, storage: StorageKind, seed: string): string[] {
  const { kills, effective, took, points, over, payments, touched, violations } = tally;
  const atPoint = sum(Object.values(points));
  const all = pointsOf(storage);
  const missed = all.filter((point) => points[point] === undefined);
  const rate = took === 0 ? 0 : kills / (took / 1000);
  return [
    `kills           ${kills} (${atPoint} at a point, ${kills - atPoint} at random), in ${(took / MINUTE).toFixed(1)} min, ${rate.toFixed(1)} a second`,
    `effective       ${effective}: at a point, or with something in hand`,
    `payments        ${payments} of ${tally.orders} orders; processes died over ${touched} of them`,
    `over HTTP       ${tally.requests} requests, ${tally.notifications} notifications, ${tally.hookCalls} hook calls; ${tally.redriven} dead events redriven`,
    `spoilt          ${tally.spoilt} calls to Antom and notifications`,
    ...(storage === "postgres"
      ? [`broken          ${tally.broken} connections to the database; the whole server ${tally.crashes} times`]
      : []),
    `compared        ${tally.compared} answers with the database at once, and all of it at the end of ${tally.stretches} stretches`,
    `points          ${all.length - missed.length} of ${all.length}${missed.length === 0 ? "" : `; not come to: ${missed.join(", ")}`}`,
    `in hand         ${most(over)}`,
    `seed            ${seed}`,
    `violations      ${violations.length}`,
    ...violations
      .slice(0, 40)
      .flatMap(({ what, payment, order, stretch, seed: own }) => [
        `  ${what}`,
        `    ${[payment === undefined ? "" : `payment ${payment}`, order === undefined ? "" : `order ${order}`, `stretch ${stretch}`, `seed ${own}`].filter((part) => part !== "").join(", ")}`,
      ]),
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** What processes died over, the most frequent first. */
const most = (over: Readonly<Record<string, number>>): string =>
  Object.entries(over)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 12)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
