import type { GatewayOperation } from "./paths.js";
import type { Outcome } from "./outcome.js";

/**
 * What a call's outcome means for what was asked, and what to do next.
 *
 * - `succeeded`, `failed`: final; the same id would give the same answer again.
 * - `pending`: Antom has it and is waiting: for the buyer, or for a bank. Hear the rest by notification or inquiry.
 * - `missing`: Antom does not know the payment.
 * - `unknown`: it may or may not have happened. Never a failure. Repeat with the same id, or inquire; never with another id.
 */
export interface Verdict {
  readonly state: "succeeded" | "failed" | "pending" | "missing" | "unknown";
  readonly next: "nothing" | "redirect" | "repeat" | "inquire";
}

/** The operations that are about one payment. A consult is about none, and what is not learnt from it harms nobody. */
export type PaymentOperation = Exclude<GatewayOperation, "consult">;

/** Codes by which Antom refuses the call itself, not what it asks for: they say nothing about a payment that may exist already. */
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

/**
 * The one place that decides what S, F, U and silence mean. (Antom: "Idempotency", "API fundamentals"; the result tables of pay,
 * inquiryPayment and cancel.)
 *
 * @param repeated the same id may have been sent before, by this process or one that died
 */
export function verdict(operation: PaymentOperation, outcome: Outcome<unknown>, repeated: boolean): Verdict {
  // No answer, a 5xx, bytes that are cut short, not JSON, not signed or wrongly signed: nothing was learnt. The id is on record, so
  // the same call can be made again without doing anything twice.
  if (outcome.kind === "unanswered")
    return { state: "unknown", next: operation === "inquiryPayment" ? "inquire" : "repeat" };

  const { resultStatus, resultCode } = outcome.result;

  // For an inquiry S only says that the question was answered; the answer is in paymentStatus.
  if (resultStatus === "S") return { state: "succeeded", next: "nothing" };

  if (resultStatus === "U") {
    // The buyer has to act, and the answer says where.
    if (resultCode === "PAYMENT_IN_PROCESS") return { state: "pending", next: "redirect" };
    // UNKNOWN_EXCEPTION, REQUEST_TRAFFIC_EXCEED_LIMIT and whatever may come: "call again".
    return { state: "unknown", next: operation === "inquiryPayment" ? "inquire" : "repeat" };
  }

  // Antom has never heard of the payment: the pay call has not arrived, or not yet.
  if (resultCode === "ORDER_NOT_EXIST" && operation !== "pay") return { state: "missing", next: "repeat" };

  switch (operation) {
    case "pay":
      // The id is taken by another request, so a payment under it exists: only an inquiry can say what became of it.
      if (resultCode === "REPEAT_REQ_INCONSISTENT") return { state: "unknown", next: "inquire" };
      // A refused first call has made nothing. A refused repeat says nothing about the call before it.
      if (CALL_REFUSED.has(resultCode) && repeated) return { state: "unknown", next: "inquire" };
      return { state: "failed", next: "nothing" };
    case "inquiryPayment":
      return { state: "unknown", next: "inquire" };
    case "cancel":
      // Refused calls can be mended and made again. Anything else (captured meanwhile, too late) is final: see what there is.
      return CALL_REFUSED.has(resultCode) ? { state: "unknown", next: "repeat" } : { state: "failed", next: "inquire" };
  }
}
