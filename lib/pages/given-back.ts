import { units } from "../payment/amount.js";
import { isUndecided } from "../payment/hold.js";
import type { Payment } from "../payment/payment.js";

/** Whether all that was taken so far has been given back. */
export const isGivenBack = ({ capturedAmount, refundedAmount }: Payment): boolean =>
  refundedAmount !== "0" && refundedAmount === capturedAmount;

/**
 * Whether the shop may take money of the payment yet: what is held and not captured, until the hold ends, and what a capture or an increase
 * under way is about. The contract is not asked: what the kit does not capture, somebody may on Antom's dashboard.
 *
 * @param now epoch milliseconds
 */
export const mayTakeMore = (payment: Payment, now: number): boolean => {
  const { authorizedAmount, capturedAmount, authorizationExpiresAt: end } = payment;
  const isHeld = units(authorizedAmount) > units(capturedAmount) && (end === undefined || now < end);
  return isHeld || isUndecided(payment);
};
