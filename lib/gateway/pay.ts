import type { AuthorizationFact, Fact } from "../payment/observation.js";
import { actionFields, readAction, type WireAction } from "./buyer-action.js";
import type { Outcome } from "./outcome.js";
import { readResultInfo, resultInfo } from "./result-info.js";
import { verdict } from "./verdict.js";
import {
  amount,
  compact,
  compile,
  present,
  readAmount,
  readTime,
  result,
  text,
  type Result,
  type WireAmount,
} from "./wire.js";

/** The answer to `POST /v1/payments/pay`, as far as the kit reads it. */
export interface PayAnswer extends WireAction {
  result: Result;
  paymentRequestId?: string;
  paymentId?: string;
  paymentAmount?: WireAmount;
  paymentTime?: string;
  authExpiryTime?: string;
  paymentResultInfo?: unknown;
}

export const payAnswer = compile<PayAnswer>({
  type: "object",
  required: ["result"],
  properties: {
    result,
    paymentRequestId: text(64),
    paymentId: text(64),
    paymentAmount: amount,
    paymentTime: text(64),
    authExpiryTime: text(64),
    paymentResultInfo: resultInfo,
    ...actionFields,
  },
});

/** What the outcome of a pay call says about the payment. */
export function payFacts(outcome: Outcome<PayAnswer>, repeated: boolean): Fact[] {
  const { state } = verdict("pay", outcome, repeated);
  if (outcome.kind === "unanswered" || state === "unknown" || state === "missing") {
    const reason = outcome.kind === "unanswered" ? outcome.reason : outcome.result.resultCode;
    return [{ kind: "unanswered", operation: "pay", reason }];
  }
  const { body } = outcome;
  const about = compact({
    kind: "authorization" as const,
    paymentId: present(body.paymentId),
    amount: readAmount(body.paymentAmount),
    code: outcome.result.resultCode,
    resultInfo: readResultInfo(body.paymentResultInfo),
  }) satisfies Omit<AuthorizationFact, "outcome">;
  switch (state) {
    case "succeeded":
      return [
        {
          ...about,
          outcome: "succeeded",
          ...compact({
            authorizedAt: readTime(body.paymentTime),
            authorizationExpiresAt: readTime(body.authExpiryTime),
          }),
        },
      ];
    case "failed":
      return [{ ...about, outcome: "failed" }];
    case "pending":
      return [{ ...about, outcome: "action_required", ...compact({ action: readAction(body) }) }];
  }
}
