import type { OperationKind } from "../operation.js";
import { ANY, BY_KIND, OTHERWISE, type RemedyTable } from "./remedy-table.js";
import { judgementOf, RESULT_CODES } from "./result-code.js";

/**
 * What is to be done about an operation that did not go through.
 *
 * - "none": nothing; it went through, or nothing is left to be done.
 * - "wait": nothing; the kit stays at it, or Antom does.
 * - "check_payment": inquire about the payment first: it is not as it was thought to be.
 * - "lower_amount": ask again for less.
 * - "capture_full": capture once, all that is left of the hold.
 * - "refund_full": give back once, all that was captured.
 * - "void_instead": nothing is captured; let the hold go.
 * - "refund_instead": it is captured; give the captured money back.
 * - "refund_otherwise": the card can no longer be refunded; give the money back by another way.
 * - "new_payment": the buyer has to pay anew; where something is held or captured, what is missing, by an order of its own.
 * - "top_up_balance": put money on the merchant's balance at Antom.
 * - "fix_request": something that was sent is wrong; mend it and ask again.
 * - "fix_settings": a key, the client id or the gateway's address is wrong; mend it and ask again.
 * - "contact_antom": only Antom's support can help.
 */
export const REMEDY_ACTIONS = [
  "none",
  "wait",
  "check_payment",
  "lower_amount",
  "capture_full",
  "refund_full",
  "void_instead",
  "refund_instead",
  "refund_otherwise",
  "new_payment",
  "top_up_balance",
  "fix_request",
  "fix_settings",
  "contact_antom",
] as const;
/** What a program can go by: one of `REMEDY_ACTIONS`. */
export type RemedyAction = (typeof REMEDY_ACTIONS)[number];

/** What helps after an operation was refused: for a program, and for people. */
export interface Remedy {
  readonly action: RemedyAction;
  /** What to do, in plain words for the shop's staff. */
  readonly sentence: string;
}

/** The codes of every operation, and those that are peculiar to one kind. */
export const REMEDY_CODES: Readonly<Record<OperationKind | "any", readonly string[]>> = {
  any: Object.keys(ANY),
  capture: Object.keys(BY_KIND.capture),
  void: Object.keys(BY_KIND.void),
  refund: Object.keys(BY_KIND.refund),
  increase: Object.keys(BY_KIND.increase),
};

/**
 * What staff can do about an operation that ended with a code. Where the code is none of the operation's own, but a card's refusal is known by
 * it, the sentence begins with what it means.
 */
export function remedyOf(kind: OperationKind, code: string | undefined): Remedy {
  const known = code === undefined ? undefined : (own(BY_KIND[kind], code) ?? own(ANY, code));
  if (known !== undefined) return known;
  const { action, sentence } = OTHERWISE[kind];
  if (code === undefined || !RESULT_CODES.includes(code)) return { action, sentence };
  return {
    action,
    sentence: `${judgementOf(code).meaning} ${sentence.replace(", and no documented reason was told", "")}`,
  };
}

const own = (table: RemedyTable, code: string): Remedy | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;
