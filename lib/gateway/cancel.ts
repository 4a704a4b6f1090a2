import type { Fact } from "../payment/observation.js";
import type { Outcome } from "./outcome.js";
import { verdict } from "./verdict.js";
import { compact, compile, present, readTime, result, text, type Result } from "./wire.js";

/** The answer to `POST /v1/payments/cancel`, as far as the kit reads it. */
export interface CancelAnswer {
  result: Result;
  paymentRequestId?: string;
  paymentId?: string;
  cancelTime?: string;
}

export const cancelAnswer = compile<CancelAnswer>({
  type: "object",
  required: ["result"],
  properties: { result, paymentRequestId: text(64), paymentId: text(64), cancelTime: text(64) },
});

/** What the outcome of a cancel call says about the payment. `requestId` names the void in the ledger. */
export function cancelFacts(outcome: Outcome<CancelAnswer>, requestId: string): Fact[] {
  const { state } = verdict("cancel", outcome, true);
  if (outcome.kind === "unanswered" || state === "unknown" || state === "pending") {
    const reason = outcome.kind === "unanswered" ? outcome.reason : outcome.result.resultCode;
    return [{ kind: "unanswered", operation: "void", reason }];
  }
  if (state === "missing") return [{ kind: "missing" }];
  const { body } = outcome;
  return [
    {
      kind: "void",
      requestId,
      outcome: state,
      code: outcome.result.resultCode,
      ...compact({ paymentId: present(body.paymentId), settledAt: readTime(body.cancelTime) }),
    },
  ];
}
