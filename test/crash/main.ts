/** `npm run test:crash -- --storage sqlite --kills 10000 --seed 1`; see docs/crash.md. */
import { setMaxListeners } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments, USAGE } from "./arguments.js";
import { reportOf } from "./report.js";
import { run } from "./run.js";
import { StateProblem } from "./state.js";
import type { Tally } from "./tally.js";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const MINUTE = 60_000;

async function main(): Promise<void> {
  // A simulator that sends many notifications at once has as many listeners to its end.
  setMaxListeners(200);
  const options = readArguments(process.argv.slice(2));
  if (typeof options === "string") {
    process.stderr.write(`${options}\n${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const { storage, kills, seed, minutes } = options;
  const folder = options.dir ?? join(tmpdir(), `express-antom-crash-${storage}-${seed}`);
  say(`crash run: ${storage}, ${kills} kills, seed ${seed}, in ${folder}`);
  let shown = 0;
  const onProgress = (tally: Tally): void => {
    if (tally.kills - shown < 500) return;
    shown = tally.kills;
    say(`  ${tally.kills} kills, ${tally.payments} payments, ${tally.violations.length} violations`);
  };
  let tally: Tally;
  try {
    tally = await run({ ...options, folder, within: minutes * MINUTE, onProgress });
  } catch (error) {
    if (!(error instanceof StateProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
    return;
  }
  for (const line of reportOf(tally, storage, seed)) say(line);
  if (tally.violations.length > 0) {
    say(`What was compared is in ${folder}; the same plan again: --seed ${seed} --stretch <number>`);
    process.exitCode = 1;
  } else if (tally.kills === 0 && kills > 0) {
    say("The time was over before anybody was killed: nothing has been shown.");
    process.exitCode = 1;
  } else if (tally.kills < kills && options.only === undefined) {
    say(`The time was over; the same command with --seed ${seed} goes on from here.`);
    process.exitCode = 3;
  }
}

void main();
