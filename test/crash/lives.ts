import type { Dice } from "./dice.js";
import { turnsOf, type Death, type StorageKind } from "./points.js";

/** How a process is to end. */
export interface Fate {
  /** It kills itself there. */
  readonly death?: Death;
  /** It is killed so many milliseconds after it was started or, if it is to work first, after it was ready. */
  readonly after: number;
  readonly isReadyFirst: boolean;
  /** All others of its shop are killed with it: the power is cut. */
  readonly takesAll: boolean;
}

/** How long a process that is to die at a point may take until it comes there; it is killed then. In milliseconds. */
const PATIENCE = 1_000;

/** What is killed at random has worked for so long on average, in milliseconds. */
const WORK = 100;

/** What is killed before it is ready has lived for so long at most, in milliseconds. */
const START = 300;

/** The fate of the nth process of a run. The points take turns, so that each is come to in a while. */
export function fateOf(number: number, storage: StorageKind, dice: Dice): Fate {
  const takesAll = dice.chance(0.06);
  const turns = turnsOf(storage);
  if (dice.chance(0.6)) {
    const death = { point: turns[number % turns.length] ?? turns[0], nth: dice.between(1, 2) };
    return { death, after: PATIENCE, isReadyFirst: true, takesAll };
  }
  return dice.chance(0.15)
    ? { after: dice.between(20, START), isReadyFirst: false, takesAll }
    : { after: Math.round(-Math.log(1 - dice.next()) * WORK), isReadyFirst: true, takesAll };
}
