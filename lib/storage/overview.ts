import { AntomError } from "../errors.js";
import { DAY } from "./tally.js";

/** The most that an overview looks at, in days. */
export const WIDEST = 100;

/** The last time a Date can tell, epoch milliseconds. */
const END_OF_TIME = 8_640_000_000_000_000;

/** The payments that an overview looks at, by when they were opened. */
export interface OverviewRange {
  /** Opened at or after, epoch milliseconds. */
  readonly from: number;
  /** Opened before, epoch milliseconds. */
  readonly to: number;
}

/** What the staff's first page tells: `storage.overview`. */
export interface Overview {
  /** The days of the range on which payments were opened, oldest first; of one day a line for each currency, by its letters. */
  readonly days: readonly OverviewDay[];
  /** What is authorized now and not captured, whenever it was opened, by the currency's letters. */
  readonly held: readonly HeldMoney[];
  /** The shop's hooks that are still to be called now. */
  readonly waiting: DeliveryCounts;
}

/** How the payments that were opened on one day in one currency stand now. */
export interface OverviewDay {
  /** In UTC, such as "2026-11-21". */
  readonly day: string;
  readonly currency: string;
  /** All of them. */
  readonly opened: number;
  /** Those that Antom authorized, whatever became of them since. */
  readonly authorized: number;
  readonly failed: number;
  readonly expired: number;
  readonly voided: number;
  /** What has been captured of them to this day, in minor units. */
  readonly captured: string;
  /** What has been refunded of them to this day, in minor units. */
  readonly refunded: string;
  /** Why those that failed did, the most frequent reason first. A payment that failed without a code is in none of them. */
  readonly declines: readonly Declines[];
}

/** How many payments failed for one reason. */
export interface Declines {
  /** Antom's result code. */
  readonly code: string;
  readonly count: number;
}

/** The money that is held in one currency: authorized, and not captured. */
export interface HeldMoney {
  readonly currency: string;
  readonly count: number;
  /** In minor units. */
  readonly sum: string;
}

/** How many `deliver` tasks there are. */
export interface DeliveryCounts {
  /** All that are waiting, the failing ones among them. */
  readonly waiting: number;
  /** Those of them that have been tried and are not done: tried in vain, or just being tried. */
  readonly failing: number;
  /** Those that were given up. */
  readonly dead: number;
}

/** Throws `request_invalid` for what cannot be looked at. */
export const checkRange = ({ from, to }: OverviewRange): void => {
  for (const [at, time] of Object.entries({ from, to })) {
    if (!Number.isSafeInteger(time) || time < 0 || time > END_OF_TIME) {
      throw invalid(at, "Give a time in whole milliseconds since 1970.");
    }
  }
  if (to < from) throw invalid("to", "Give one that is not before `from`.");
  if (to - from > WIDEST * DAY) throw invalid("from", `Give one at most ${WIDEST} days before \`to\`.`);
};

const invalid = (at: string, message: string): AntomError =>
  new AntomError("request_invalid", `No overview can be given of these times: ${at}: ${message}`, {
    problems: [{ at, message }],
  });
