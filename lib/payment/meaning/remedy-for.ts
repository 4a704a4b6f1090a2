import { units } from "../amount.js";
import type { OperationKind } from "../operation.js";
import type { Payment } from "../payment.js";
import { remedyOf, type Remedy, type RemedyAction } from "./remedy.js";
import { judgementOf, RESULT_CODES } from "./result-code.js";

/** What of a payment decides whether a remedy can be followed. */
export type RemedyState = Pick<Payment, "captureMode" | "capturedAmount">;

const BY_ANTOM: Remedy = {
  action: "void_instead",
  sentence:
    "Antom was to capture this payment by itself, and no other capture can be asked for. If it is still held, void it, so that the buyer can pay anew.",
};

const IN_PART: Remedy = {
  action: "new_payment",
  sentence: "What is captured stays; what is still missing the buyer can pay by an order of its own.",
};

/** Nothing is held any more, or nothing has been decided yet. */
const NOT_HELD: ReadonlySet<RemedyAction> = new Set(["none", "wait", "new_payment"]);

/** What is done about a payment of which all is held, or nothing at all. */
const OF_A_WHOLE: ReadonlySet<RemedyAction> = new Set(["void_instead", "new_payment"]);

/**
 * The same as `remedyOf`, of a payment as it stands: a capture that Antom makes by itself nobody can ask for again, and of what is captured nothing
 * is voided, nor can its order be paid anew. (Antom: capture, only with `captureMode` MANUAL; cancel, only while nothing is captured)
 */
export function remedyFor(
  { captureMode, capturedAmount }: RemedyState,
  kind: OperationKind,
  code: string | undefined,
): Remedy {
  const general = remedyOf(kind, code);
  if (kind !== "capture") return general;
  const isAgain = captureMode === "MANUAL" || NOT_HELD.has(general.action);
  const { action } = isAgain ? general : BY_ANTOM;
  if (units(capturedAmount) > 0n && OF_A_WHOLE.has(action)) return explained(code, IN_PART);
  return isAgain ? general : explained(code, BY_ANTOM);
}

/** The remedy, after what the code means. */
const explained = (code: string | undefined, { action, sentence }: Remedy): Remedy => ({
  action,
  sentence: code !== undefined && RESULT_CODES.includes(code) ? `${judgementOf(code).meaning} ${sentence}` : sentence,
});
