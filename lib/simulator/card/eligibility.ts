import type { ResultCode } from "../result.js";
import type { Payment } from "../state/payment.js";
import { isKorean, type Card } from "./card.js";
import { canPayOff } from "./instalments.js";

/** Why a payment cannot be charged to a card at all; undefined when it can. */
export function ineligible(
  card: Card,
  { amount, creditPayPlan, wish }: Pick<Payment, "amount" | "creditPayPlan" | "wish">,
): ResultCode | undefined {
  // Korean products are in won; payments the merchant initiates are for cards of region GLOBAL.
  if (isKorean(card) && amount.currency !== "KRW") return "CURRENCY_NOT_SUPPORT";
  if (wish.merchantInitiated && card.region !== "GLOBAL") return "CARD_NOT_SUPPORTED";
  return creditPayPlan !== undefined && !canPayOff(card, amount.currency) ? "CARD_NOT_SUPPORTED" : undefined;
}
