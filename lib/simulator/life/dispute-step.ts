import type { Dispute, DisputeStep } from "../state/payment.js";

/** After these nothing more is heard of a dispute. */
const LAST_STEPS = new Set<DisputeStep>(["DISPUTE_JUDGED", "DISPUTE_ACCEPTED", "DISPUTE_CANCELLED", "RDR_RESOLVED"]);

/** Steps that a dispute may begin with: a rapid resolution (RDR) is over when it is first heard of. */
const FIRST_STEPS = new Set<DisputeStep>(["DISPUTE_CREATED", "RDR_RESOLVED"]);

export const isSettled = ({ status }: Dispute): boolean => LAST_STEPS.has(status);

/** Why a step cannot follow on what is known of a payment's disputes, as a clause; undefined when it can. */
export function stepProblem(step: DisputeStep, open: Dispute | undefined): string | undefined {
  if (open === undefined) {
    return FIRST_STEPS.has(step) ? undefined : `the payment has no open dispute; send DISPUTE_CREATED before ${step}`;
  }
  return step === "DISPUTE_CREATED" ? `the payment has an open dispute already, ${open.disputeId}` : undefined;
}
