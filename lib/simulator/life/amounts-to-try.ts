import type { ResultCode } from "../result.js";

/** What an amount to try does to the call it stands in. */
export interface AmountToTry {
  /** The last four digits of the amount; of a cancellation, those of the amount that is held. */
  readonly ending: string;
  readonly operation: "capture" | "refund" | "updateAmount" | "cancel";
  /** Answered with this at once, and nothing done. */
  readonly refused?: ResultCode;
  /** Accepted first, and failed with this a little later. */
  readonly fails?: ResultCode;
  /** Accepted first and carried out a little later (capture), or carried out at once (refund); else as it always is. */
  readonly pace?: "later" | "at once";
  /** Carried out, but answered with UNKNOWN_EXCEPTION the first time. */
  readonly unsure?: true;
  /** Its result is not notified, so that only asking tells it. */
  readonly silent?: true;
  /** For people. */
  readonly does: string;
}

/** Our own choice, far from what things cost: the endings are neither round nor just below a round number. */
export const AMOUNTS_TO_TRY: readonly AmountToTry[] = [
  { ending: "9001", operation: "capture", pace: "later", does: "CAPTURE_IN_PROCESS first, captured 5 s later" },
  {
    ending: "9002",
    operation: "capture",
    pace: "later",
    fails: "PROCESS_FAIL",
    does: "CAPTURE_IN_PROCESS first, failed with PROCESS_FAIL 5 s later",
  },
  { ending: "9003", operation: "capture", refused: "PROCESS_FAIL", does: "refused with PROCESS_FAIL" },
  { ending: "9004", operation: "capture", refused: "RISK_REJECT", does: "refused with RISK_REJECT" },
  {
    ending: "9005",
    operation: "capture",
    unsure: true,
    does: "captured, but answered with UNKNOWN_EXCEPTION the first time",
  },
  {
    ending: "9006",
    operation: "capture",
    pace: "later",
    silent: true,
    does: "CAPTURE_IN_PROCESS first, captured 5 s later without a notification",
  },
  {
    ending: "9021",
    operation: "refund",
    fails: "PROCESS_FAIL",
    does: "REFUND_IN_PROCESS first, failed with PROCESS_FAIL 2 s later",
  },
  {
    ending: "9022",
    operation: "refund",
    refused: "MERCHANT_BALANCE_NOT_ENOUGH",
    does: "refused with MERCHANT_BALANCE_NOT_ENOUGH",
  },
  { ending: "9023", operation: "refund", refused: "REFUND_WINDOW_EXCEED", does: "refused with REFUND_WINDOW_EXCEED" },
  {
    ending: "9024",
    operation: "refund",
    silent: true,
    does: "REFUND_IN_PROCESS first, refunded 2 s later without a notification",
  },
  {
    ending: "9025",
    operation: "refund",
    unsure: true,
    does: "accepted, but answered with UNKNOWN_EXCEPTION the first time",
  },
  { ending: "9026", operation: "refund", pace: "at once", does: "SUCCESS, refunded at once" },
  {
    ending: "9041",
    operation: "updateAmount",
    fails: "DO_NOT_HONOR",
    does: "accepted, declined by the bank with DO_NOT_HONOR 2 s later",
  },
  { ending: "9042", operation: "updateAmount", silent: true, does: "accepted, held 2 s later without a notification" },
  {
    ending: "9043",
    operation: "updateAmount",
    unsure: true,
    does: "accepted, but answered with UNKNOWN_EXCEPTION the first time",
  },
  {
    ending: "9044",
    operation: "updateAmount",
    refused: "INCREMENTAL_NOT_SUPPORT",
    does: "refused with INCREMENTAL_NOT_SUPPORT",
  },
  { ending: "9061", operation: "cancel", refused: "PROCESS_FAIL", does: "refused with PROCESS_FAIL" },
  {
    ending: "9062",
    operation: "cancel",
    unsure: true,
    does: "cancelled, but answered with UNKNOWN_EXCEPTION the first time",
  },
  { ending: "9063", operation: "cancel", refused: "CANCEL_WINDOW_EXCEED", does: "refused with CANCEL_WINDOW_EXCEED" },
];

/** A refund of exactly this many minor units fails, too; like the endings our own choice. */
const FAILING_REFUND: AmountToTry = {
  ending: "11",
  operation: "refund",
  fails: "RISK_REJECT",
  does: "REFUND_IN_PROCESS first, failed with RISK_REJECT 2 s later",
};

const ORDINARY: Partial<AmountToTry> = {};

/** What the amount of an operation makes of it; nothing special for nearly all. */
export function trialOf(operation: AmountToTry["operation"], value: string): Partial<AmountToTry> {
  if (operation === "refund" && value === FAILING_REFUND.ending) return FAILING_REFUND;
  const found = AMOUNTS_TO_TRY.find((entry) => entry.operation === operation && value.endsWith(entry.ending));
  return found ?? ORDINARY;
}
