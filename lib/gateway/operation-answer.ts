import { sameAmount, type Amount } from "../payment/amount.js";
import type { Fact, OperationFact, UnansweredFact } from "../payment/observation.js";
import type { Operation } from "../payment/operation.js";
import type { Outcome } from "./outcome.js";
import { isUnsure, type Verdict } from "./verdict.js";

/** What a call about an operation is made of. */
export interface OperationRequestParts {
  readonly operation: Operation;
  /** Antom's id of the payment. */
  readonly paymentId: string;
}

/**
 * The money an operation moves, as it is sent.
 *
 * @throws TypeError when it names none
 */
export function askedAmount({ id, kind, amount }: Operation): Amount {
  if (amount === undefined) throw new TypeError(`the ${kind} ${id} has no amount that could be sent`);
  return { currency: amount.currency, value: amount.value };
}

/**
 * Nothing was learnt about an operation: it may or may not have happened. Where Antom must be asked before it is sent again, the
 * operation is pending there for all that is known.
 */
export const unlearnt = (
  { id, kind }: Operation,
  outcome: Outcome<unknown>,
  next: Verdict["next"],
): UnansweredFact | OperationFact =>
  outcome.kind === "answered" && next === "inquire"
    ? { kind, outcome: "pending", requestId: id, ...(isUnsure(outcome.result.resultCode) ? { doubtful: true } : {}) }
    : {
        kind: "unanswered",
        operation: kind,
        reason: outcome.kind === "unanswered" ? outcome.reason : outcome.result.resultCode,
      };

/** What an answer says of the operation it was asked about; nothing at all where it is about another one. */
export const believed = (operation: Operation, fact: OperationFact): Fact[] =>
  isAboutAnother(operation, fact)
    ? [{ kind: "unanswered", operation: operation.kind, reason: "other_operation" }]
    : [{ ...fact, requestId: operation.id }];

/**
 * Whether an answer repeats another id or amount than was sent. Money that is said to have moved, and the total of an increase, are let through:
 * they are compared in payment/mismatch.ts, where a difference is also told to the shop. A refused increase may tell what is held as before.
 */
function isAboutAnother(operation: Operation, { requestId, gatewayId, amount, outcome }: OperationFact): boolean {
  if (differ(operation.id, requestId) || differ(operation.gatewayId, gatewayId)) return true;
  const isCompared = outcome !== "failed" || operation.kind === "increase";
  return !isCompared && amount !== undefined && operation.amount !== undefined && !sameAmount(amount, operation.amount);
}

const differ = (sent: string | undefined, told: string | undefined): boolean =>
  sent !== undefined && told !== undefined && sent !== told;
