import { sum, units } from "./amount.js";
import { paymentIdOf } from "./id.js";
import { greatestHold } from "./money.js";
import type { AuthorizationFact, Fact, OperationFact } from "./observation.js";
import { isAbout } from "./operation.js";
import type { Conflict, Payment } from "./payment.js";

type Mismatch = Omit<Conflict, "at">;

/** Why a signed fact cannot be about this payment, if it cannot. Such a fact changes nothing but the mark. */
export function mismatchOf(payment: Payment, fact: Fact): Mismatch | undefined {
  switch (fact.kind) {
    case "authorization":
      return otherPayment(payment, fact) ?? otherCurrency(payment, fact) ?? otherAmount(payment, fact);
    case "capture":
    case "refund":
      return otherPayment(payment, fact) ?? otherCurrency(payment, fact) ?? otherMoney(payment, fact, fact.kind);
    case "increase":
      return otherPayment(payment, fact) ?? otherCurrency(payment, fact) ?? otherTotal(payment, fact);
    case "void":
      return otherPayment(payment, fact) ?? otherCurrency(payment, fact);
    case "dispute":
    case "reversal":
      return otherPayment(payment, fact);
    case "requested":
    case "unneeded":
    case "asked_again":
    case "deadline":
    case "repeated":
    case "missing":
    case "unanswered":
    case "card":
    case "reviewed":
      return undefined;
  }
}

interface Named {
  readonly paymentId?: string;
  readonly paymentRequestId?: string;
}

function otherPayment(payment: Payment, { paymentId, paymentRequestId }: Named): Mismatch | undefined {
  if (paymentRequestId !== undefined && paymentRequestId !== payment.id) {
    return { code: "payment_id_mismatch", expected: payment.id, seen: paymentRequestId };
  }
  return paymentId === undefined || payment.paymentId === undefined || paymentId === payment.paymentId
    ? undefined
    : { code: "payment_id_mismatch", expected: payment.paymentId, seen: paymentId };
}

function otherCurrency(payment: Payment, fact: AuthorizationFact | OperationFact): Mismatch | undefined {
  const { amount, malformedAmount } = fact;
  if (malformedAmount !== undefined) {
    return { code: "amount_mismatch", expected: payment.amount.value, seen: malformedAmount };
  }
  const expected = payment.amount.currency;
  return amount === undefined || amount.currency === expected
    ? undefined
    : { code: "currency_mismatch", expected, seen: amount.currency };
}

function otherAmount(payment: Payment, { amount }: AuthorizationFact): Mismatch | undefined {
  const expected = payment.amount.value;
  if (amount === undefined || amount.value === expected) return undefined;
  const raised = payment.operations.some(
    (candidate) => candidate.kind === "increase" && candidate.amount?.value === amount.value,
  );
  return raised ? undefined : { code: "amount_mismatch", expected, seen: amount.value };
}

/**
 * Another total than the increase asked for. Antom does not say whether the message of one tells the new total or what it adds, nor to which total
 * where several were asked for: neither is another one. Nor is what is held until it is decided, or a greater total that was asked for as well. What
 * was asked for elsewhere is known only by what was told of it.
 */
function otherTotal(payment: Payment, fact: OperationFact): Mismatch | undefined {
  const told = fact.amount?.value;
  const known = payment.operations.find((candidate) => isAbout(candidate, fact));
  const asked = known?.amount?.value;
  if (fact.outcome === "failed" || told === undefined || known === undefined || asked === undefined) return undefined;
  if (told === asked || paymentIdOf(known.id) !== payment.id) return undefined;
  const others = payment.operations.filter((candidate) => candidate.kind === "increase" && candidate !== known);
  const totals = [payment, ...others].flatMap(({ amount }) => (amount === undefined ? [] : [units(amount.value)]));
  const [seen, wanted] = [units(told), units(asked)];
  const mayStand = (total: bigint): boolean => total > wanted || fact.outcome === "pending";
  const isMeant = totals.some((total) => wanted - total === seen || (total === seen && mayStand(total)));
  return isMeant ? undefined : { code: "amount_mismatch", expected: asked, seen: told };
}

/** Money that cannot have moved: another amount than was asked for, or more captured or refunded than was ever held. */
function otherMoney(payment: Payment, fact: OperationFact, kind: "capture" | "refund"): Mismatch | undefined {
  const told = fact.amount?.value;
  const known = payment.operations.find((candidate) => isAbout(candidate, fact));
  const asked = known?.amount?.value;
  if (fact.outcome !== "failed" && told !== undefined && asked !== undefined && told !== asked) {
    return { code: "amount_mismatch", expected: asked, seen: told };
  }
  if (fact.outcome !== "succeeded") return undefined;
  const others = payment.operations.filter(
    (candidate) => candidate.kind === kind && candidate.status === "succeeded" && candidate !== known,
  );
  const values = others.map((other) => other.amount?.value ?? payment.amount.value);
  const total = sum([...values, told ?? asked ?? payment.amount.value]);
  const most = greatestHold(payment, (operation) => operation.status !== "failed");
  return units(total) > units(most)
    ? { code: kind === "capture" ? "captured_too_much" : "refunded_too_much", expected: most, seen: total }
    : undefined;
}
