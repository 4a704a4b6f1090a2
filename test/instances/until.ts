import { setTimeout as delay } from "node:timers/promises";

const LOOK_EVERY = 20;

/** Waits until it is so, for as many milliseconds at most; whether it has come about. */
export async function until(isSo: () => boolean | Promise<boolean>, within: number): Promise<boolean> {
  const end = Date.now() + within;
  while (!(await isSo())) {
    if (Date.now() > end) return false;
    await delay(LOOK_EVERY);
  }
  return true;
}
