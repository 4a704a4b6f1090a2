import { isAntomError } from "../errors.js";
import { withToken, type PayBody } from "../gateway/payment-method.js";
import type { Payment } from "../payment/payment.js";
import type { Cards } from "./cards.js";

/**
 * The pay request as it was written down, with the stored card's token put in again. Undefined where it cannot be made again: it bore card
 * data, which is written nowhere, or the buyer has had the card forgotten since. Then only an inquiry can tell what became of it.
 */
export async function repeatable(payment: Payment, cards: Cards): Promise<PayBody | undefined> {
  const { request, choice } = payment;
  if (request === undefined || choice?.cardId === undefined) return request;
  try {
    return withToken(request, cards.tokenOf(await cards.find(choice.cardId)));
  } catch (error) {
    // Forgotten, or sealed with a key that is gone: neither comes back by waiting.
    if (isAntomError(error) && error.code !== "storage_unavailable") return undefined;
    throw error;
  }
}
