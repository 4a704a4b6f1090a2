import { buyerDecline, replacedDecline, type BuyerDecline } from "../pages/buyer-decline.js";
import { DEFAULT_LOCALE, isLocale, type Locale } from "../pages/locale.js";
import type { Outcome } from "../pages/result-page.js";
import { declineOf } from "../payment/meaning/decline.js";
import { isLive, isOpen, type Payment } from "../payment/payment.js";
import type { Storage } from "../storage/storage.js";
import type { Links } from "./links.js";

/**
 * What a buyer's browser may know of a payment: of one that failed also what can help, in words of the given language, and how much is held,
 * was taken and was given back, in minor units of the amount's currency, where anything was.
 *
 * @param isReplaced whether another payment of the order counts in its place: nothing can help then, and nothing need
 */
export function buyerView(payment: Payment, locale: Locale = localeFor(payment), isReplaced = false) {
  const { id, orderId, status, amount, authorizedAmount, capturedAmount, refundedAmount } = payment;
  const decline = declineFor(payment, locale);
  const told = decline !== undefined && isReplaced ? replacedDecline(locale) : decline;
  return {
    id,
    orderId,
    status,
    amount,
    ...(authorizedAmount === "0" ? {} : { authorizedAmount }),
    ...(capturedAmount === "0" ? {} : { capturedAmount }),
    ...(refundedAmount === "0" ? {} : { refundedAmount }),
    ...(told === undefined ? {} : { decline: told }),
  };
}

const localeFor = ({ locale }: Payment): Locale => (isLocale(locale) ? locale : DEFAULT_LOCALE);

/** Why the payment failed, as the buyer may know it; undefined for one that did not fail. */
export const declineFor = (payment: Payment, locale: Locale): BuyerDecline | undefined =>
  payment.status === "failed" ? buyerDecline(declineOf(payment.failureCode, payment.resultInfo), locale) : undefined;

/** How the payment came out, for a buyer: held or taken is the same to them, and whatever is not known is pending. */
export function outcomeOf(payment: Payment): Outcome {
  switch (payment.status) {
    case "authorized":
    case "captured":
      return "succeeded";
    case "failed":
    case "voided":
    case "expired":
      return payment.status;
    case "created":
    case "requires_action":
    case "processing":
      return "pending";
  }
}

/**
 * Whether the payment is over with nothing taken, while another payment of its order is live or has taken money: its buyer is not to pay for
 * that order again. Of the other one nothing is told but that it is there. The order's payments are looked up only for one that is over so.
 */
export async function isReplaced(payment: Payment, storage: Pick<Storage, "findByOrder">): Promise<boolean> {
  if (["succeeded", "pending"].includes(outcomeOf(payment))) return false;
  return (await storage.findByOrder(payment.orderId)).some((other) => other.id !== payment.id && counts(other));
}

const counts = (payment: Payment): boolean => isLive(payment) || payment.capturedAmount !== payment.refundedAmount;

/** Whether the buyer still has something to do at Antom. Where the bank is deciding they have done it: to go there again may pay twice. */
export const isOnTheWay = (payment: Payment): boolean => isOpen(payment) && payment.status !== "processing";

/** The page a buyer should be on: on the way to Antom while something is to be done there, else at the result. */
export const nextPage = (payment: Payment, links: Links): string =>
  isOnTheWay(payment) ? links.redirect(payment.id) : links.return(payment.id);
