import type { DisputeFact } from "./observation.js";
import type { Dispute } from "./payment.js";

/**
 * Whether a step has been told already. A dispute can be judged more than once, with another result: a step counts together with the
 * result it tells. (core.md 4.1: a dispute's notifications are told apart by its id, its step and its result)
 */
export function isTold(known: Dispute | undefined, fact: DisputeFact): boolean {
  if (known === undefined) return false;
  const { judged = [] } = known;
  const { step, judgedResult } = fact;
  if (judgedResult !== undefined) return judged.includes(judgement(step, judgedResult));
  const bare = known.steps.filter((each) => each === step).length;
  return bare > judged.filter((each) => each.startsWith(`${step} `)).length;
}

/** The disputes with a step taken in, unless it has been told already. */
export function withStep(disputes: readonly Dispute[], fact: DisputeFact): readonly Dispute[] {
  const known = disputes.find(({ id }) => id === fact.disputeId);
  if (isTold(known, fact)) return disputes;
  const { disputeId: id, step, judgedResult } = fact;
  const judged = [...(known?.judged ?? []), ...(judgedResult === undefined ? [] : [judgement(step, judgedResult)])];
  const next = { id, steps: [...(known?.steps ?? []), step], ...(judged.length === 0 ? {} : { judged }) };
  return known === undefined ? [...disputes, next] : disputes.map((each) => (each === known ? next : each));
}

const judgement = (step: string, result: string): string => `${step} ${result}`;
