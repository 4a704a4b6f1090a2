import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { newKeys } from "./keys.js";
import { Dice } from "./dice.js";
import { premisesFor } from "./premises.js";
import { turnsOf, type StorageKind } from "./points.js";
import { buildProgram, type Program } from "./program.js";
import type { Breakage } from "./shop/breakages.js";
import { readState, type State, StateProblem, writeState } from "./state.js";
import { runStretch, type StretchPlan } from "./stretch.js";
import { NOTHING, tallied, type Tally } from "./tally.js";
import { warmUp } from "./warm-up.js";

export interface RunOptions {
  readonly storage: StorageKind;
  /** How many processes are killed altogether, those of earlier runs in the folder included. */
  readonly kills: number;
  readonly seed: string;
  /** What is kept between runs, and what is to be looked at after a violation. */
  readonly folder: string;
  /** Nobody is killed any more after this long, in milliseconds. */
  readonly within: number;
  /** How many stretches are under way at the same time. */
  readonly lanes: number;
  /** Of the plan only this stretch, once; nothing of what the folder knows of earlier runs counts or changes. */
  readonly only?: number;
  /** How many are killed in one stretch, unless `KILLS_EACH`. */
  readonly killsEach?: number;
  readonly breakage?: Breakage;
  readonly isLogged?: boolean;
  /** Called now and then with what has come of it so far. */
  readonly onProgress?: (tally: Tally) => void;
}

/** How many are killed in one stretch: so few that what came of it is soon known, so many that they meet. */
const KILLS_EACH = 40;

/** Kills until as many are dead as there should be, the time is over, or something has come about that must not. */
export async function run(options: RunOptions): Promise<Tally> {
  const { folder, seed, storage, breakage, only } = options;
  const identity = { storage, seed, breakage: breakage ?? "none" };
  const kept = readState(folder, identity);
  if (only === undefined && kept.tally.violations.length > 0) return kept.tally;

  const programFolder = join(folder, "program");
  rmSync(programFolder, { recursive: true, force: true });
  mkdirSync(programFolder, { recursive: true });
  try {
    const program = await buildProgram(programFolder);
    if (only !== undefined) return await kill(options, program, { tally: NOTHING, done: [] }, () => undefined);
    const digest = digestOf(program);
    if (kept.program !== undefined && kept.program !== digest) {
      throw new StateProblem(`${folder} is that of a run with other code: give another --dir, or remove it`);
    }
    if (kept.tally.kills >= options.kills) return kept.tally;
    return await kill(options, program, kept, (state) => {
      writeState(folder, identity, { ...state, program: digest });
    });
  } finally {
    rmSync(programFolder, { recursive: true, force: true });
  }
}

/** Goes on from what was done before; `keep` is called with what is done after each stretch. */
async function kill(options: RunOptions, program: Program, kept: State, keep: (state: State) => void): Promise<Tally> {
  const { folder, seed, storage, breakage, isLogged, only, killsEach = KILLS_EACH } = options;
  let { tally } = kept;
  const began = Date.now();
  const { took, crashes } = tally;
  const until = began + options.within;
  const keys = newKeys();
  const premises = await premisesFor(storage, new Dice(`${seed}/premises/${tally.stretches}`));

  // Where the seed says, so that short runs come to all of the points in time.
  const firstTurn = new Dice(`${seed}/turns`).below(turnsOf(storage).length);
  let planned = tally.kills;
  const done = new Set(kept.done);
  let next = only ?? 1;
  const plan = (): StretchPlan | undefined => {
    if (only !== undefined && next > only) return undefined;
    if (tally.violations.length > 0 || planned >= options.kills || Date.now() >= until) return undefined;
    while (done.has(next)) next++;
    const number = next++;
    const kills = Math.min(killsEach, options.kills - planned);
    planned += kills;
    // What was found the first time stays to be looked at.
    const own = join(folder, only === undefined ? `stretch-${number}` : `again-${number}`);
    return {
      number,
      kills,
      program,
      keys,
      until,
      seed: `${seed}/${number}`,
      turn: firstTurn + number * killsEach,
      folder: own,
      storage,
      premises,
      ...(breakage === undefined ? {} : { breakage }),
      ...(isLogged === undefined ? {} : { isLogged }),
    };
  };

  const lane = async (): Promise<void> => {
    for (let stretch = plan(); stretch !== undefined; stretch = plan()) {
      const result = await runStretch(stretch);
      tally = { ...tallied(tally, result), took: took + Date.now() - began, crashes: crashes + premises.crashes };
      done.add(stretch.number);
      keep({ tally, done: [...done] });
      if (result.violations.length === 0) rmSync(stretch.folder, { recursive: true, force: true });
      options.onProgress?.(tally);
    }
  };
  try {
    await warmUp({ program, keys, premises, folder: join(folder, "warm-up") });
    await Promise.all(Array.from({ length: options.lanes }, lane));
  } finally {
    await premises.close();
  }
  return tally;
}

/** Of the file that the processes run: the kit, and the shop around it. */
const digestOf = (program: Program): string => {
  const file = program.at(-1);
  if (file === undefined) throw new Error("a program without a file");
  return createHash("sha256").update(readFileSync(file)).digest("hex");
};
