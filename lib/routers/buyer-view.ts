import type { Outcome } from "../pages/result-page.js";
import { isOpen, type Payment } from "../payment/payment.js";
import type { Links } from "./links.js";

/** What a buyer's browser may know of a payment. */
export const buyerView = ({ id, orderId, status, amount }: Payment) => ({ id, orderId, status, amount });

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

/** The page a buyer should be on: on the way to Antom while something is to be done there, else at the result. */
export const nextPage = (payment: Payment, links: Links): string =>
  isOpen(payment) ? links.redirect(payment.id) : links.return(payment.id);
