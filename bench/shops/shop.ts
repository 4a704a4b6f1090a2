import type { Express } from "express";
import type { ShopConfig, TimedStep } from "../processes/messages.js";

/** A shop that has been mounted on an app, as far as the bench has to do with it. */
export interface Mounted {
  /** How many hooks have been called and done since it was last asked. */
  readonly takeHooks?: () => number;
  readonly misbehave?: (how: { readonly hang?: boolean; readonly fail?: number }) => void;
  /** Waits until nothing that was acknowledged is left to be done: milliseconds. */
  readonly rest?: () => Promise<number>;
  /** Waits until no event waits for a hook any more. */
  readonly calm?: () => Promise<void>;
  /** How many payments it has written down. */
  readonly count?: () => Promise<Counts> | Counts;
  /** Milliseconds for one step, done so many times. */
  readonly time?: (what: TimedStep, times: number) => Promise<number>;
  /** Delivers so many waiting events to the shop's hook; answers how many a second. */
  readonly deliver?: (count: number) => Promise<number>;
}

export interface Counts {
  readonly opened: number;
  /** Of those, the ones that are authorized. */
  readonly authorized: number;
}

export type Shop = (app: Express, config: ShopConfig) => Promise<Mounted> | Mounted;
