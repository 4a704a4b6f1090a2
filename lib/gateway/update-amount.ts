import type { Fact } from "../payment/observation.js";
import type { Operation } from "../payment/operation.js";
import { acquirerFields, readAcquired, type WireAcquired } from "./acquirer-info.js";
import { askedAmount, believed, unlearnt, type OperationRequestParts } from "./operation-answer.js";
import type { Outcome } from "./outcome.js";
import { verdict } from "./verdict.js";
import { amount, compact, compile, present, readAmount, result, text, type Result, type WireAmount } from "./wire.js";

/**
 * The body of `POST /v1/payments/updateAmount`: `amount` is the new total, not what is added.
 *
 * @throws TypeError when the operation has no amount
 */
export const updateAmountRequest = ({ operation, paymentId }: OperationRequestParts) => ({
  updateRequestId: operation.id,
  paymentId,
  amount: askedAmount(operation),
});

/** The answer to `POST /v1/payments/updateAmount`, as far as the kit reads it. */
export interface UpdateAmountAnswer extends WireAcquired {
  result: Result;
  updateRequestId?: string;
  paymentId?: string;
  amount?: WireAmount;
}

export const updateAmountAnswer = compile<UpdateAmountAnswer>({
  type: "object",
  required: ["result"],
  properties: { result, updateRequestId: text(64), paymentId: text(64), amount, ...acquirerFields },
});

/**
 * What the outcome of an updateAmount call says. Its success only means that Antom has taken it: whether more is held is heard by
 * notification or inquiry.
 *
 * @param repeated the same id may have been sent before, by this process or one that died, and Antom has not said since that nothing was done
 */
export function updateAmountFacts(
  outcome: Outcome<UpdateAmountAnswer>,
  operation: Operation,
  repeated: boolean,
): Fact[] {
  const { state, next } = verdict("updateAmount", outcome, repeated, operation.doubtful);
  if (outcome.kind === "unanswered" || (state !== "pending" && state !== "failed")) {
    return [unlearnt(operation, outcome, next)];
  }
  const { body } = outcome;
  return believed(operation, {
    kind: "increase",
    outcome: state,
    ...compact({
      code: state === "pending" ? undefined : outcome.result.resultCode,
      paymentId: present(body.paymentId),
      requestId: present(body.updateRequestId),
      amount: readAmount(body.amount),
      ...readAcquired(body),
    }),
  });
}
