import type { GatewayOperation } from "./paths.js";
import type { Outcome } from "./outcome.js";

/**
 * What a call's outcome means for what was asked, and what to do next.
 *
 * - `succeeded`, `failed`: final; the same id would give the same answer again.
 * - `pending`: Antom has it and is waiting: for the buyer, or for a bank. Hear the rest by notification or inquiry.
 * - `missing`: Antom does not know the payment, or the refund.
 * - `unknown`: it may or may not have happened. Never a failure. Repeat with the same id, or inquire; never with another id.
 */
export interface Verdict {
  readonly state: "succeeded" | "failed" | "pending" | "missing" | "unknown";
  readonly next: "nothing" | "redirect" | "repeat" | "inquire";
}

/** The operations that are about one payment. A consult is about none, and what is not learnt from it harms nobody. */
export type PaymentOperation = Exclude<GatewayOperation, "consult">;

/** Codes by which Antom refuses the call itself, not what it asks for: they say nothing about what an earlier call may have done. */
const CALL_REFUSED: ReadonlySet<string> = new Set([
  "INVALID_SIGNATURE",
  "SIGNATURE_INVALID",
  "KEY_NOT_FOUND",
  "CLIENT_INVALID",
  "INVALID_CLIENT",
  "UNKNOWN_CLIENT",
  "INVALID_CLIENT_STATUS",
  "CLIENT_FORBIDDEN_ACCESS_API",
  "OAUTH_FAILED",
  "INVALID_API",
  "NO_INTERFACE_DEF",
  "METHOD_NOT_SUPPORTED",
  "MEDIA_TYPE_NOT_ACCEPTABLE",
  "PARAM_ILLEGAL",
]);

/** Codes by which Antom refuses whoever asks. About money that an earlier call may have moved they say nothing either. */
const ACCOUNT_REFUSED: ReadonlySet<string> = new Set(["ACCESS_DENIED", "INVALID_MERCHANT_STATUS"]);

/**
 * Refusals after which money may have moved all the same: the id is taken by other contents, so something was done under it; or
 * Antom's system failed, who knows where. Antom calls them final and gives the same answer again under the same id, so one of them alone
 * decides nothing, and one that comes again after Antom has said that nothing was done does.
 */
const UNSURE: ReadonlySet<string> = new Set(["REPEAT_REQ_INCONSISTENT", "SYSTEM_ERROR"]);

/** Whether a refusal with this code leaves open whether money has moved. */
export const isUnsure = (code: string | undefined): boolean => code !== undefined && UNSURE.has(code);

/** Whether a refusal with this code says nothing about an earlier call with the same id. */
const isOfCaller = (code: string): boolean => CALL_REFUSED.has(code) || ACCOUNT_REFUSED.has(code);

const DONE: Verdict = { state: "succeeded", next: "nothing" };
const FAILED: Verdict = { state: "failed", next: "nothing" };
/** Final, and the payment is not as it was thought to be: see what there is. */
const FAILED_LOOK: Verdict = { state: "failed", next: "inquire" };
const BUYER: Verdict = { state: "pending", next: "redirect" };
const ACCEPTED: Verdict = { state: "pending", next: "inquire" };
const MISSING: Verdict = { state: "missing", next: "repeat" };
const REPEAT: Verdict = { state: "unknown", next: "repeat" };
const INQUIRE: Verdict = { state: "unknown", next: "inquire" };

/** How one operation's outcomes are taken. */
interface Reading {
  /** S. */
  readonly success: Verdict;
  /** U, by its code. */
  readonly pending?: ReadonlyMap<string, Verdict>;
  /** U with any other code: UNKNOWN_EXCEPTION, REQUEST_TRAFFIC_EXCEED_LIMIT and whatever may come. */
  readonly unknown: Verdict;
  /** No answer, or none that can be believed. The id is on record, so the same call can be made again without doing anything twice. */
  readonly silence: Verdict;
  /** F. */
  readonly refusal: (code: string, repeated: boolean, doubtful: boolean) => Verdict;
}

// The buyer has to act, and the answer says where.
const WAITS_FOR_BUYER = new Map([["PAYMENT_IN_PROCESS", BUYER]]);

/** A refusal of what moves money. A refused first call has moved none; a refused repeat says nothing about the call before it. */
const moneyRefused: Reading["refusal"] = (code, repeated, doubtful) => {
  if (isUnsure(code)) return doubtful && !repeated ? FAILED_LOOK : INQUIRE;
  return repeated && isOfCaller(code) ? INQUIRE : FAILED_LOOK;
};

/** A refused question is no answer. */
const questionRefused =
  (...missing: readonly string[]) =>
  (code: string): Verdict =>
    missing.includes(code) ? MISSING : INQUIRE;

const READINGS: Readonly<Record<PaymentOperation, Reading>> = {
  pay: {
    success: DONE,
    pending: WAITS_FOR_BUYER,
    unknown: REPEAT,
    silence: REPEAT,
    refusal: (code, repeated) => {
      // The id is taken by another request, so a payment under it exists: only an inquiry can say what became of it.
      if (code === "REPEAT_REQ_INCONSISTENT") return INQUIRE;
      return repeated && (isUnsure(code) || isOfCaller(code)) ? INQUIRE : FAILED;
    },
  },
  // For an inquiry S only says that the question was answered; the answer is in paymentStatus, or in refundStatus.
  inquiryPayment: {
    success: DONE,
    pending: WAITS_FOR_BUYER,
    unknown: INQUIRE,
    silence: INQUIRE,
    // Antom has never heard of the payment: the pay call has not arrived, or not yet.
    refusal: questionRefused("ORDER_NOT_EXIST"),
  },
  inquiryRefund: {
    success: DONE,
    unknown: INQUIRE,
    silence: INQUIRE,
    // No page says which of the two it is.
    refusal: questionRefused("REFUND_NOT_EXIST", "ORDER_NOT_EXIST"),
  },
  cancel: {
    success: DONE,
    pending: WAITS_FOR_BUYER,
    unknown: REPEAT,
    silence: REPEAT,
    refusal: (code) => {
      if (code === "ORDER_NOT_EXIST") return MISSING;
      // Refused calls can be mended and made again. Anything else (captured meanwhile, too late) is final.
      return CALL_REFUSED.has(code) ? REPEAT : FAILED_LOOK;
    },
  },
  capture: {
    success: DONE,
    pending: new Map([["CAPTURE_IN_PROCESS", ACCEPTED]]),
    unknown: REPEAT,
    silence: REPEAT,
    refusal: moneyRefused,
  },
  refund: {
    success: DONE,
    pending: new Map([["REFUND_IN_PROCESS", ACCEPTED]]),
    unknown: REPEAT,
    silence: REPEAT,
    refusal: moneyRefused,
  },
  // S only says that Antom has taken it: the result comes by notification. After U an inquiry is to tell what is held.
  updateAmount: { success: ACCEPTED, unknown: INQUIRE, silence: REPEAT, refusal: moneyRefused },
};

/**
 * The one place that decides what S, F, U and silence mean. (Antom: "Idempotency", "API fundamentals"; the result tables of each operation.)
 *
 * @param repeated the same id may have been sent before, by this process or one that died, and Antom has not said since that nothing was done
 * @param doubtful the same id was refused before with a code that leaves open what was done (see `isUnsure`)
 */
export function verdict(
  operation: PaymentOperation,
  outcome: Outcome<unknown>,
  repeated: boolean,
  doubtful = false,
): Verdict {
  const reading = READINGS[operation];
  if (outcome.kind === "unanswered") return reading.silence;
  const { resultStatus, resultCode } = outcome.result;
  switch (resultStatus) {
    case "S":
      return reading.success;
    case "U":
      return reading.pending?.get(resultCode) ?? reading.unknown;
    case "F":
      return reading.refusal(resultCode, repeated, doubtful);
  }
}
