import { setTimeout as delay } from "node:timers/promises";

/** How often it is looked, and for how long at most, in milliseconds. */
const LOOK = 20;
const PATIENCE = 30_000;

/** Looks again and again until it is so. Throws an Error that says `what` was waited for in vain. */
export async function waitUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`It was waited in vain until ${what}.`);
    await delay(LOOK);
  }
}
