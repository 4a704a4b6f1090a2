/** `npm run test:instances -- --storage postgres --rounds 1000 --instances 3 --seed 1`; see docs/instances.md. */
import { Dice } from "../crash/dice.js";
import type { Violation } from "../crash/records.js";
import { readArguments, USAGE, type Arguments } from "./arguments.js";
import { SCENARIOS, type Measure } from "./scenarios.js";
import { openTown } from "./town.js";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Nothing was wrong, but there were fewer rounds than there should be. */
const TIME_WAS_OVER = 3;

/** As in a shop: leases last as long as they do, and an instance is killed every two seconds. */
const measureOf = ({ instances, rounds, seconds, minutes, seed, flaw }: Arguments): Measure => ({
  instances,
  speed: 1,
  leaseSpeed: 1,
  among: instances === 2 ? [2] : [2, instances],
  rounds,
  until: Date.now() + minutes * MINUTE,
  notified: Math.ceil(rounds / 10),
  kills: Math.ceil(seconds / 2),
  killEvery: 2 * SECOND,
  events: 20,
  upgradeEvery: 5 * SECOND,
  dice: new Dice(seed),
  onRound(round) {
    if (round % 100 === 0) say(`  ${round} rounds`);
  },
  ...(flaw === undefined ? {} : { flaw }),
});

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (typeof options === "string") {
    process.stderr.write(`${options}\n${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const { storage, instances, seed } = options;
  say(`${instances} instances on ${storage}, seed ${seed}`);
  const town = await openTown(storage);
  const violations: Violation[] = [];
  let isShort = false;
  try {
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      say(name);
      const since = performance.now();
      const outcome = await scenario(town, measureOf(options));
      violations.push(...outcome.violations);
      const { rounds = options.rounds } = outcome.figures;
      if (rounds < options.rounds && outcome.violations.length === 0) {
        say(`  the time was over after ${rounds} of ${options.rounds} rounds: give it more with --minutes`);
        isShort = true;
      }
      const figures = { ...outcome.figures, seconds: Math.round((performance.now() - since) / SECOND) };
      for (const [what, figure] of Object.entries(figures)) say(`  ${what.padEnd(26)}${figure}`);
      say(`  ${"violations".padEnd(26)}${outcome.violations.length}`);
      for (const { what, order, payment } of outcome.violations.slice(0, 20)) {
        say(`    ${[what, order, payment].filter((part) => part !== undefined).join(", ")}`);
      }
    }
  } finally {
    await town.close();
  }
  if (violations.length > 0) process.exitCode = 1;
  else if (isShort) process.exitCode = TIME_WAS_OVER;
}

void main();
