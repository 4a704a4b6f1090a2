import type { Timeline } from "../quick-clock.js";
import type { Death } from "../points.js";
import type { Breakage } from "./breakages.js";

/** Where a shop keeps its payments. */
export type Keeping =
  | { readonly kind: "sqlite"; readonly file: string }
  /** The shop has a table of its own beside the kit's (books.ts). */
  | { readonly kind: "postgres"; readonly url: string };

/** What a shop's process is told at its start, as JSON in the environment variable CRASH_SHOP. */
export interface ShopTask {
  readonly keeping: Keeping;
  readonly clientId: string;
  readonly privateKey: string;
  readonly antomPublicKey: string;
  readonly gateway: string;
  /** Where its address is as Antom and the buyers see it. */
  readonly publicUrl: string;
  readonly hookUrl: string;
  readonly timeline: Timeline;
  /** From how many notifications at once it puts them off. */
  readonly rushAt: number;
  /** The file in which it marks what it has in hand. */
  readonly marks: string;
  /** Where and when it is to kill itself; absent where it is left to be killed, or to live. */
  readonly death?: Death;
  /** What is broken in it, to see whether the run finds that. */
  readonly breakage?: Breakage;
  /** A file for the kit's log; none is kept without. */
  readonly log?: string;
}

/** What a shop's process tells its parent. */
export type ShopWord = { readonly ready: number } | { readonly cached: true };

/** What it is told later on. */
export type ParentWord = { readonly timeline: Timeline } | { readonly cache: true };
