import { createClient, type Client } from "../crash/client.js";
import type { Dice } from "../crash/dice.js";
import type { Exchange } from "../crash/records.js";
import { buy } from "../crash/stories/buyer.js";
import { planOf } from "../crash/stories/plan.js";
import { operate } from "../crash/stories/staff.js";
import type { Fleet } from "./fleet.js";

/** Buyers and staff at work, at whichever instances are there. */
export interface Custom {
  readonly exchanges: readonly Exchange[];
  /** What the buyers are called. */
  readonly buyers: readonly string[];
  /** No more buyers; resolves when those that are there are done. */
  end(): Promise<void>;
}

/** @param lanes how many orders are under way at once */
export function startCustom(fleet: Fleet, dice: Dice, lanes: number): Custom {
  const buyers: string[] = [];
  let isOver = false;
  const client: Client = createClient({
    choose: () => fleet.choose(),
    dice: dice.of("client"),
    onAnswer: () => Promise.resolve(),
  });
  const lane = async (): Promise<void> => {
    while (!isOver) {
      const order = `order-${buyers.length + 1}`;
      buyers.push(order);
      const luck = dice.of(order);
      const planned = planOf(order, luck);
      // What comes later may never become possible, and is waited for in vain.
      const plan = { ...planned, acts: planned.acts.slice(0, 1), isDisputed: false };
      const standing = await buy({ client, dice: luck, plan });
      if (standing !== undefined && plan.way !== "never") await operate(standing.id, plan, client);
    }
  };
  const all = Promise.all(Array.from({ length: lanes }, lane));
  return {
    exchanges: client.exchanges,
    buyers,
    async end() {
      isOver = true;
      await all;
    },
  };
}
