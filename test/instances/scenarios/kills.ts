import { setTimeout as delay } from "node:timers/promises";
import type { Dice } from "../../crash/dice.js";
import { startCustom } from "../custom.js";
import type { Fleet } from "../fleet.js";
import { reckon, type Outcome } from "../reckoning.js";

export interface KillsPlan {
  /** Milliseconds between one kill and the next. */
  readonly every: number;
  readonly times: number;
  readonly dice: Dice;
}

const LANES = 6;

/** While buyers and staff are at work one instance after another is killed, and started again at once. */
export async function kills(fleet: Fleet, { every, times, dice }: KillsPlan): Promise<Outcome> {
  const custom = startCustom(fleet, dice.of("custom"), LANES);
  let killed = 0;
  while (killed < times) {
    await delay(every);
    const instance = fleet.instances[dice.below(fleet.instances.length)];
    await instance?.kill();
    killed++;
    await instance?.start();
  }
  await custom.end();
  const violations = await reckon(fleet, custom);
  return {
    violations,
    figures: {
      instances: fleet.instances.length,
      kills: killed,
      orders: custom.buyers.length,
      requests: custom.exchanges.length,
      "without an answer": custom.exchanges.filter(({ status }) => status === undefined).length,
      payments: fleet.simulator.payments().length,
      "events told": fleet.receiver.calls.length,
    },
  };
}
