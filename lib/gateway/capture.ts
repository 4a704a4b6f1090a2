import type { Fact } from "../payment/observation.js";
import type { Operation } from "../payment/operation.js";
import { acquirerFields, readAcquired, type WireAcquired } from "./acquirer-info.js";
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

/**
 * The body of `POST /v1/payments/capture`.
 *
 * @throws TypeError when the operation has no amount
 */
export const captureRequest = ({ operation, paymentId }: OperationRequestParts) => ({
  captureRequestId: operation.id,
  paymentId,
  captureAmount: askedAmount(operation),
});

/** The answer to `POST /v1/payments/capture`, as far as the kit reads it. */
export interface CaptureAnswer extends WireAcquired {
  result: Result;
  captureRequestId?: string;
  captureId?: string;
  paymentId?: string;
  captureAmount?: WireAmount;
  captureTime?: string;
}

export const captureAnswer = compile<CaptureAnswer>({
  type: "object",
  required: ["result"],
  properties: {
    result,
    captureRequestId: text(64),
    captureId: text(64),
    paymentId: text(64),
    captureAmount: amount,
    captureTime: text(64),
    ...acquirerFields,
  },
});

/**
 * What the outcome of a capture call says.
 *
 * @param repeated the same id may have been sent before, by this process or one that died, and Antom has not said since that nothing was done
 */
export function captureFacts(outcome: Outcome<CaptureAnswer>, operation: Operation, repeated: boolean): Fact[] {
  const { state, next } = verdict("capture", outcome, repeated, operation.doubtful);
  if (outcome.kind === "unanswered" || state === "unknown" || state === "missing") {
    return [unlearnt(operation, outcome, next)];
  }
  const { body } = outcome;
  return believed(operation, {
    kind: "capture",
    outcome: state,
    ...compact({
      code: state === "pending" ? undefined : outcome.result.resultCode,
      paymentId: present(body.paymentId),
      requestId: present(body.captureRequestId),
      gatewayId: present(body.captureId),
      amount: readAmount(body.captureAmount),
      settledAt: readTime(body.captureTime),
      ...readAcquired(body),
    }),
  });
}
