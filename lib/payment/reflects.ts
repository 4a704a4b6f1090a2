import { sameAmount } from "./amount.js";
import { mismatchOf } from "./mismatch.js";
import type { AuthorizationFact, Fact, OperationFact } from "./observation.js";
import { isAbout, RANK } from "./operation.js";
import type { Evidence, Payment } from "./payment.js";

/**
 * Whether the payment shows what a fact says that an inquiry may tell as well, or what outranks it, so that nothing is lost by leaving the
 * fact out. Of what cannot be about the payment the mark is what shows it.
 */
export function reflects(payment: Payment, fact: Fact): boolean {
  const mismatch = mismatchOf(payment, fact);
  if (mismatch !== undefined) {
    return payment.conflicts.some(({ code, seen }) => code === mismatch.code && seen === mismatch.seen);
  }
  switch (fact.kind) {
    case "authorization":
      return SHOWN_BY[fact.outcome].some((mark) => payment.evidence[mark] === true);
    case "capture":
    case "refund":
    case "void":
    case "increase": {
      const known = payment.operations.filter((operation) => isAbout(operation, fact));
      return known.length > 0 && known.every(({ status }) => RANK[status] >= RANK[fact.outcome]);
    }
    default:
      return false;
  }
}

/** By which marks a payment shows how an authorization came out. Nothing is held of one that was cancelled, whatever came before. */
const SHOWN_BY: Readonly<Record<AuthorizationFact["outcome"], readonly (keyof Evidence)[]>> = {
  action_required: ["processing", "succeeded", "failed", "cancelled"],
  processing: ["processing", "succeeded", "failed", "cancelled"],
  failed: ["failed", "succeeded", "cancelled"],
  succeeded: ["succeeded", "cancelled"],
  cancelled: ["cancelled"],
};

/**
 * Whether a fact that nobody has signed names what strangers do not know: the amount, and Antom's own id of what it is about, where that is
 * known. Who names neither is not to be told by an answer how the payment stands.
 */
export function isKnowing(payment: Payment, fact: Fact): boolean {
  switch (fact.kind) {
    case "authorization":
    case "increase":
      return fact.amount !== undefined && isNamed(payment.paymentId, fact.paymentId);
    case "capture":
    case "refund": {
      const known = payment.operations.find((operation) => isAbout(operation, fact));
      return known !== undefined && isNamed(known.gatewayId, fact.gatewayId) && isItsAmount(known.amount, fact);
    }
    default:
      return false;
  }
}

const isNamed = (known: string | undefined, told: string | undefined): boolean => known === undefined || known === told;

const isItsAmount = (known: OperationFact["amount"], { amount }: OperationFact): boolean =>
  amount !== undefined && (known === undefined || sameAmount(known, amount));
