import type { Fact } from "../payment/observation.js";
import type { Operation } from "../payment/operation.js";
import { acquirerFields, readAcquired, type WireAcquired } from "./acquirer-info.js";
import { amountOf } from "./lenient.js";
import { believed, unlearnt } from "./operation-answer.js";
import type { Outcome } from "./outcome.js";
import { refundOutcome } from "./refund-status.js";
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

/** The body of `POST /v1/payments/inquiryRefund`. */
export const inquiryRefundRequest = (refundRequestId: string) => ({ refundRequestId });

/** The answer to `POST /v1/payments/inquiryRefund`, as far as the kit reads it. */
export interface InquiryRefundAnswer extends WireAcquired {
  result: Result;
  refundStatus?: string;
  refundRequestId?: string;
  refundId?: string;
  refundAmount?: WireAmount | null;
  refundTime?: string;
  actualRefundAmount?: unknown;
  arn?: unknown;
}

export const inquiryRefundAnswer = compile<InquiryRefundAnswer>({
  type: "object",
  required: ["result"],
  properties: {
    result,
    refundStatus: text(32),
    refundRequestId: text(64),
    refundId: text(64),
    // Null where Antom does not know the refund.
    refundAmount: { ...amount, nullable: true },
    refundTime: text(64),
    actualRefundAmount: {},
    arn: {},
    ...acquirerFields,
  },
});

/** What the outcome of an inquiry about a refund says; "missing" when Antom does not know it, so that it is to be sent again with the same id. */
export function inquiryRefundFacts(outcome: Outcome<InquiryRefundAnswer>, operation: Operation): Fact[] {
  const { state } = verdict("inquiryRefund", outcome, true);
  if (outcome.kind === "unanswered" || state === "unknown") return [unlearnt(operation, outcome, "repeat")];
  if (state === "missing" || isEmpty(outcome.body)) return [{ kind: "missing" }];
  const { body } = outcome;
  const standing = refundOutcome(body.refundStatus);
  if (standing === undefined) return [{ kind: "unanswered", operation: "refund", reason: "not_understood" }];
  // The result's code is the inquiry's own, and says nothing about the refund.
  return believed(operation, {
    kind: "refund",
    outcome: standing,
    ...compact({
      requestId: present(body.refundRequestId),
      gatewayId: present(body.refundId),
      amount: readAmount(body.refundAmount ?? undefined),
      actualAmount: amountOf(body.actualRefundAmount),
      settledAt: readTime(body.refundTime),
      ...readAcquired(body, undefined, body.arn),
    }),
  });
}

/** Without a status and without an id there is no such refund. (Antom: inquiryRefund) */
const isEmpty = ({ refundStatus, refundRequestId, refundId }: InquiryRefundAnswer): boolean =>
  [refundStatus, refundRequestId, refundId].every((told) => present(told) === undefined);
