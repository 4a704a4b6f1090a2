import type { Timeline } from "../../crash/quick-clock.js";
import type { Keeping } from "../../crash/shop/task.js";
import type { Flaw } from "./flaws.js";

/**
 * Which express-antom an instance has, told in the environment variable RELEASE: today's; the one after it, with one more step of its
 * tables, on which today's goes on working; or one on whose tables today's cannot work any more.
 */
export type Release = "today" | "next" | "far";

/** What an instance is told at its start, as JSON in the environment variable INSTANCE. */
export interface InstanceTask {
  readonly keeping: Keeping;
  readonly clientId: string;
  readonly privateKey: string;
  readonly antomPublicKey: string;
  readonly gateway: string;
  /** Where the shop is as Antom and the buyers see it: the same for all instances. */
  readonly publicUrl: string;
  /** Where its hooks call, with the instance's own number in it. */
  readonly hookUrl: string;
  readonly timeline: Timeline;
  /** What is broken in it, to see whether that is found. */
  readonly flaw?: Flaw;
}

/** What an instance tells its parent. */
export type InstanceWord =
  /** Its port. */
  | { readonly ready: number }
  /** It could not start. */
  | { readonly failed: { readonly code: string; readonly message: string } }
  /** The storage said that it had lost the lease of this task when it was about to settle it. */
  | { readonly refused: string };

/** What it is told later on. */
export type FleetWord = { readonly timeline: Timeline } | { readonly stop: true };
