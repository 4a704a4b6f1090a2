import { marked } from "./conflict.js";
import type { AuthorizationFact, OperationFact } from "./observation.js";
import { isCancelled, type Evidence, type Payment } from "./payment.js";

/** The payment with more evidence. */
export const learnt = (payment: Payment, marks: Evidence): Payment => ({
  ...payment,
  evidence: { ...payment.evidence, ...marks },
});

/** The payment with what a success of its authorization says; a capture says it too. */
export function succeeded(payment: Payment, fact: Partial<AuthorizationFact>, at: number): Payment {
  const { evidence } = payment;
  const dated = learnt(payment, {
    succeeded: true,
    ...(fact.authorizedAt === undefined
      ? {}
      : { authorizedAt: Math.min(fact.authorizedAt, evidence.authorizedAt ?? fact.authorizedAt) }),
  });
  const next = heldUntil(dated, fact, at);
  if (evidence.succeeded === true) return next;
  if (evidence.failed === true) return marked(next, { code: "contradictory_result", at });
  return evidence.lapsed === true && !isCancelled(evidence) ? marked(next, { code: "late_success", at }) : next;
}

/** With the end of the hold that Antom tells. One that was called over before, and is not, somebody has to look at: the buyer is to have it back. */
export function heldUntil(
  payment: Payment,
  { authorizationExpiresAt: end }: Pick<OperationFact, "authorizationExpiresAt">,
  at: number,
): Payment {
  if (end === undefined) return payment;
  const { evidence, status } = payment;
  const next = learnt(payment, { holdEndsAt: Math.max(end, evidence.holdEndsAt ?? 0) });
  const isBack = status === "expired" && end > Math.max(evidence.releasedOf ?? end, at);
  return isBack ? marked(next, { code: "late_success", at, seen: `held until ${new Date(end).toISOString()}` }) : next;
}
