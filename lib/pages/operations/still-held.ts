import { units } from "../../payment/amount.js";
import type { Payment } from "../../payment/payment.js";
import type { Move } from "./move.js";

/**
 * What is held and not captured, in minor units, as far as is known: what a pending capture asks for is held until Antom says that it was taken.
 * What is left of a hold that nobody can capture from any more, the bank lets go.
 *
 * @param capture whether a capture is possible, or under way
 * @param now epoch milliseconds
 */
export function stillHeld(payment: Payment, capture: Move | undefined, now: number): string {
  const { status, authorizedAmount, capturedAmount, evidence, authorizationExpiresAt: end } = payment;
  if (status === "authorized") return authorizedAmount;
  const canBeTaken = capture !== undefined && (capture.amount !== undefined || capture.pending !== undefined);
  const isGone = evidence.cancelled === true || evidence.released === true || (end !== undefined && now >= end);
  const rest = units(authorizedAmount) - units(capturedAmount);
  return canBeTaken && !isGone && rest > 0n ? rest.toString() : "0";
}
