import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "./records.js";
import { isTally, NOTHING, type Tally } from "./tally.js";

/** What makes one run another: a folder is of one run only. */
export interface Identity {
  readonly storage: string;
  readonly seed: string;
}

/** Where a run's folder cannot be gone on with. */
export class StateProblem extends Error {
  override readonly name = "StateProblem";
}

const fileIn = (folder: string): string => join(folder, "state.json");

/**
 * The tally a run left in its folder, so that it goes on where it ended; an empty one in a folder that has none.
 *
 * @throws StateProblem where the folder is another run's
 */
export function readState(folder: string, identity: Identity): Tally {
  mkdirSync(folder, { recursive: true });
  let text: string;
  try {
    text = readFileSync(fileIn(folder), "utf8");
  } catch {
    return NOTHING;
  }
  const state: unknown = JSON.parse(text);
  if (!isObject(state) || !isTally(state["tally"])) throw new StateProblem(`${fileIn(folder)} is no run's`);
  for (const name of ["storage", "seed"] as const) {
    if (state[name] !== identity[name]) {
      throw new StateProblem(
        `${folder} is that of a run with --${name} ${String(state[name])}: give another --dir, or remove it`,
      );
    }
  }
  return state["tally"];
}

/** Replaces the whole file, so that a run that is ended in the middle of it leaves the one before. */
export function writeState(folder: string, identity: Identity, tally: Tally): void {
  const draft = `${fileIn(folder)}.new`;
  writeFileSync(draft, `${JSON.stringify({ ...identity, tally })}\n`);
  renameSync(draft, fileIn(folder));
}
