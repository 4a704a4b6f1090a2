import type { Express } from "express";
import type { Misbehaved, Misbehaviour, ShopConfig, ShopReport, TimedStep } from "../processes/messages.js";

/** A shop that has been mounted on an app, as far as the bench has to do with it. */
export interface Mounted {
  /** The hooks since it was last asked. */
  readonly takeHooks?: () => Pick<ShopReport, "hooks" | "badHooks">;
  readonly misbehave?: (how: Misbehaviour) => void;
  readonly misbehaved?: () => Misbehaved;
  /** Has the hooks that failed tried again from that time on, evenly over so long: milliseconds from now. Answers how many there are. */
  readonly retry?: (from: number, over: number) => Promise<number>;
  /** Waits until nothing that was acknowledged is left to be done: milliseconds. */
  readonly rest?: () => Promise<number>;
  /** Waits until no event waits for a hook any more; those that failed before are tried again at once. */
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
