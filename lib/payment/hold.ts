import type { DeadlineFact } from "./observation.js";
import type { Payment } from "./payment.js";

/** How long before the end of a hold the shop is warned, in milliseconds. */
export const WARNING = 24 * 60 * 60 * 1000;

/** When the clock has something to say about the hold next: the warning, then the end; undefined when nothing is held or all is said. Epoch milliseconds. */
export function nextHoldDeadline(payment: Payment): number | undefined {
  const end = payment.authorizationExpiresAt;
  if (payment.status !== "authorized" || end === undefined) return undefined;
  return payment.evidence.warned === true ? end : end - WARNING;
}

/** What the clock says about the hold now. */
export function holdDeadline(payment: Payment, now: number): DeadlineFact | undefined {
  const end = payment.authorizationExpiresAt;
  if (payment.status !== "authorized" || end === undefined) return undefined;
  if (now >= end) return { kind: "deadline", which: "hold" };
  const isWarned = payment.evidence.warned === true;
  return now >= end - WARNING && !isWarned ? { kind: "deadline", which: "warning" } : undefined;
}
