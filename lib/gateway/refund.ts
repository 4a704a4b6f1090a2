import type { Fact } from "../payment/observation.js";
import type { Operation } from "../payment/operation.js";
import { acquirerFields, readAcquired, type WireAcquired } from "./acquirer-info.js";
import { amountOf } from "./lenient.js";
import { askedAmount, believed, unlearnt, type OperationRequestParts } from "./operation-answer.js";
import type { Outcome } from "./outcome.js";
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

export interface RefundRequestParts extends OperationRequestParts {
  /** Where Antom is to send the refund's result; without it, to the address on its dashboard. */
  readonly notifyUrl?: string;
}

/**
 * The body of `POST /v1/payments/refund`. Who asked is not told to Antom, why is: cut to what its `refundReason` takes.
 *
 * @throws TypeError when the operation has no amount
 */
export function refundRequest({ operation, paymentId, notifyUrl }: RefundRequestParts) {
  const refundReason = cut(operation.reason ?? "");
  return {
    refundRequestId: operation.id,
    paymentId,
    refundAmount: askedAmount(operation),
    ...(operation.captureId === undefined ? {} : { captureId: operation.captureId }),
    ...(refundReason === "" ? {} : { refundReason }),
    ...(notifyUrl === undefined ? {} : { refundNotifyUrl: notifyUrl }),
  };
}

/** The longest `refundReason`, in UTF-16 units. */
const MAX_REASON = 256;

/** The beginning of a text, never half of a character. */
const cut = (reason: string): string => reason.slice(0, MAX_REASON).replace(/[\uD800-\uDBFF]$/, "");

/** The answer to `POST /v1/payments/refund`, as far as the kit reads it. */
export interface RefundAnswer extends WireAcquired {
  result: Result;
  refundRequestId?: string;
  refundId?: string;
  paymentId?: string;
  refundAmount?: WireAmount;
  refundTime?: string;
  actualRefundAmount?: unknown;
}

export const refundAnswer = compile<RefundAnswer>({
  type: "object",
  required: ["result"],
  properties: {
    result,
    refundRequestId: text(64),
    refundId: text(64),
    paymentId: text(64),
    refundAmount: amount,
    refundTime: text(64),
    actualRefundAmount: {},
    ...acquirerFields,
  },
});

/**
 * What the outcome of a refund call says.
 *
 * @param repeated the same id may have been sent before, by this process or one that died, and Antom has not said since that nothing was done
 */
export function refundFacts(outcome: Outcome<RefundAnswer>, operation: Operation, repeated: boolean): Fact[] {
  const { state, next } = verdict("refund", outcome, repeated, operation.doubtful);
  if (outcome.kind === "unanswered" || state === "unknown" || state === "missing")
    return [unlearnt(operation, outcome, next)];
  const { body } = outcome;
  return believed(operation, {
    kind: "refund",
    outcome: state,
    ...compact({
      code: state === "pending" ? undefined : outcome.result.resultCode,
      paymentId: present(body.paymentId),
      requestId: present(body.refundRequestId),
      gatewayId: present(body.refundId),
      amount: readAmount(body.refundAmount),
      actualAmount: amountOf(body.actualRefundAmount),
      settledAt: readTime(body.refundTime),
      ...readAcquired(body),
    }),
  });
}
