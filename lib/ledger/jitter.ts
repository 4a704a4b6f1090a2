import type { Random } from "../ports.js";

/** So many milliseconds, give or take half of it, so that what is put off together does not come back together. */
export const jittered = (ms: number, random: Random): number =>
  Math.round(ms * (0.5 + random(2).readUInt16BE() / 0xffff));
