import type { AuthorizationFact, Fact } from "../payment/observation.js";
import { acquirerFields, readAcquired, type WireAcquired } from "./acquirer-info.js";
import { actionFields, readAction, readChallenge, type WireAction } from "./buyer-action.js";
import { readCardToken } from "./card-token.js";
import { amountOf } from "./lenient.js";
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
export interface PayAnswer extends WireAction, WireAcquired {
  result: Result;
  paymentRequestId?: string;
  paymentId?: string;
  paymentAmount?: WireAmount;
  paymentTime?: string;
  authExpiryTime?: string;
  actualPaymentAmount?: unknown;
  paymentResultInfo?: unknown;
  cardInfo?: unknown;
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
    actualPaymentAmount: resultInfo,
    paymentResultInfo: resultInfo,
    cardInfo: resultInfo,
    ...acquirerFields,
    ...actionFields,
  },
});

/** By these a repeated call hears that the payment has been cancelled in between: it was not declined. Antom spells it in two ways. */
const CANCELLED: ReadonlySet<string> = new Set(["ORDER_IS_CANCELED", "ORDER_IS_CANCELLED"]);

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
    resultInfo: readResultInfo(body.paymentResultInfo, body.cardInfo),
    ...readAcquired(body, body.paymentResultInfo),
  }) satisfies Omit<AuthorizationFact, "outcome">;
  switch (state) {
    case "succeeded":
      return [
        {
          outcome: "succeeded",
          ...about,
          ...compact({
            actualAmount: amountOf(body.actualPaymentAmount),
            // The documents have it in notifications and inquiries only; should it come here, it is the same token.
            cardToken: readCardToken(body.paymentResultInfo, body.cardInfo),
            authorizedAt: readTime(body.paymentTime),
            authorizationExpiresAt: readTime(body.authExpiryTime),
          }),
        },
      ];
    case "failed":
      return [{ outcome: CANCELLED.has(outcome.result.resultCode) ? "cancelled" : "failed", ...about }];
    case "pending": {
      const action = readAction(body);
      const challenge = action === undefined ? readChallenge(body) : undefined;
      return [{ outcome: "action_required", ...about, ...compact({ action, challenge }) }];
    }
  }
}
