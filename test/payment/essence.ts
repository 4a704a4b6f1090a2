import type { Payment } from "../../lib/payment/payment.js";

/** All but what tells of the kit's own watching: how often, when, and in which order it heard of things. */
export function essence(payment: Payment): unknown {
  const { version: _version, updatedAt: _updatedAt, eventCount: _eventCount, evidence, ...rest } = payment;
  const { announced: _announced, releasedOf: _releasedOf, ...learnt } = evidence;
  return {
    ...rest,
    evidence: learnt,
    operations: payment.operations
      .map(({ requestedAt: _requestedAt, settledAt: _settledAt, ...operation }) => operation)
      .sort((a, b) => a.id.localeCompare(b.id)),
    disputes: payment.disputes.map(({ id, steps, judged = [] }) => ({
      id,
      steps: [...steps].sort(),
      judged: [...judged].sort(),
    })),
    conflicts: payment.conflicts.map(({ at: _at, ...conflict }) => JSON.stringify(conflict)).sort(),
  };
}
