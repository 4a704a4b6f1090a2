import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "./records.js";
import { isTally, NOTHING, type Tally } from "./tally.js";

/** What makes one run another: a folder is of one run only. */
export interface Identity {
  readonly storage: string;
  readonly seed: string;
  /** The promise that is broken on purpose, or "none". */
  readonly breakage: string;
}

/** What a folder keeps of its run. */
export interface State {
  readonly tally: Tally;
  /** A digest of the program whose processes were killed: what is true of one says nothing of another. Missing where none was killed yet. */
  readonly program?: string;
  /** The numbers of the stretches that are done. With several at a time they are not done in turn. */
  readonly done: readonly number[];
}

/** Where a run's folder cannot be gone on with. */
export class StateProblem extends Error {
  override readonly name = "StateProblem";
}

const fileIn = (folder: string): string => join(folder, "state.json");

/**
 * What a run left in its folder, so that it goes on where it ended; nothing in one that has none.
 *
 * @throws StateProblem where the folder is another run's
 */
export function readState(folder: string, identity: Identity): State {
  mkdirSync(folder, { recursive: true });
  let text: string;
  try {
    text = readFileSync(fileIn(folder), "utf8");
  } catch {
    return { tally: NOTHING, done: [] };
  }
  const state: unknown = JSON.parse(text);
  if (!isObject(state) || !isTally(state["tally"])) throw new StateProblem(`${fileIn(folder)} is no run's`);
  for (const name of ["storage", "seed", "breakage"] as const) {
    if (state[name] !== identity[name]) {
      throw new StateProblem(
        `${folder} is that of a run with --${name} ${String(state[name])}: give another --dir, or remove it`,
      );
    }
  }
  const { tally, program, done } = state;
  return {
    tally,
    ...(typeof program === "string" ? { program } : {}),
    done: Array.isArray(done) ? done.filter((number) => typeof number === "number") : [],
  };
}

/** Replaces the whole file, so that a run that is ended in the middle of it leaves the one before. */
export function writeState(folder: string, identity: Identity, state: State): void {
  const draft = `${fileIn(folder)}.new`;
  writeFileSync(draft, `${JSON.stringify({ ...identity, ...state })}\n`);
  renameSync(draft, fileIn(folder));
}
