import { units } from "./amount.js";
import { isCancelled, type Payment, type PaymentStatus } from "./payment.js";

type Learnt = Pick<Payment, "evidence" | "capturedAmount" | "action">;

/**
 * The status, derived from what has been learnt: the first line that holds. Marks of evidence are only ever added, so the order
 * in which they came does not matter, and a line further up is never left for one further down but by new evidence.
 */
const STATUSES: readonly (readonly [PaymentStatus, (learnt: Learnt) => boolean])[] = [
  ["captured", ({ capturedAmount }) => units(capturedAmount) > 0n],
  ["expired", ({ evidence }) => isCancelled(evidence) && evidence.lapsed === true && evidence.succeeded !== true],
  ["voided", ({ evidence }) => isCancelled(evidence)],
  ["expired", ({ evidence }) => evidence.succeeded === true && evidence.released === true],
  ["authorized", ({ evidence }) => evidence.succeeded === true && evidence.superseded === undefined],
  ["expired", ({ evidence }) => evidence.lapsed === true],
  ["failed", ({ evidence }) => evidence.failed === true],
  ["processing", ({ evidence }) => evidence.processing === true],
  ["requires_action", ({ action }) => action !== undefined],
  ["created", () => true],
];

export function statusOf(learnt: Learnt): PaymentStatus {
  for (const [status, holds] of STATUSES) if (holds(learnt)) return status;
  throw new RangeError("unreachable: the last status always holds");
}
