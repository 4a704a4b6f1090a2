import type { PaymentView } from "../../lib/index.js";
import { amountText } from "../shop/currency.js";
import type { OrderStatus, ShopOrder } from "../shop/orders.js";

/** How an order stands, in a buyer's words. */
export interface Standing {
  readonly mood: "calm" | "waiting" | "good" | "bad";
  readonly title: string;
  readonly text: string;
  /** What the pay button says; without it there is nothing to pay. */
  readonly pay?: string;
}

export function standingOf(order: ShopOrder, payment: PaymentView | undefined): Standing {
  const total = amountText(order.amount);
  if (payment === undefined) {
    return { mood: "calm", title: "Your order", text: "Pay it, and we start the grinder.", pay: `Pay ${total}` };
  }
  switch (payment.status) {
    case "created":
    case "requires_action":
      return {
        mood: "waiting",
        title: "Not paid yet",
        text: "You have begun to pay, and can go on with it.",
        pay: `Go on and pay ${total}`,
      };
    case "processing":
      return { mood: "waiting", title: "Your payment is being checked", text: "This page shows how it comes out." };
    case "authorized":
      return payment.captureMode === "MANUAL"
        ? { mood: "good", title: "Reserved for you", text: `Your bank holds ${total} for us until we take it.` }
        : { mood: "good", title: "Your card was accepted", text: `We are about to receive ${total}.` };
    case "captured":
      return payment.refundedAmount === "0"
        ? { mood: "good", title: "Paid, thank you!", text: "Your coffee is on its way." }
        : {
            mood: "calm",
            title: "Refunded",
            text: `We have given back ${amountText({ ...order.amount, value: payment.refundedAmount })}.`,
          };
    case "failed":
      return {
        mood: "bad",
        title: "Your card was not accepted",
        text: "Nothing was charged. Try again, or with another card.",
        pay: `Pay ${total}`,
      };
    case "voided":
      return {
        mood: "calm",
        title: "The payment was cancelled",
        text: "Nothing was charged. You can still pay this order.",
        pay: `Pay ${total}`,
      };
    case "expired":
      return {
        mood: "calm",
        title: "The payment ran out of time",
        text: "Nothing was charged. You can still pay this order.",
        pay: `Pay ${total}`,
      };
  }
}

/** What the order's own record says once the shop has heard of everything. */
function statusAfter({ status }: PaymentView): OrderStatus | undefined {
  switch (status) {
    case "authorized":
      return "reserved";
    case "captured":
      return "paid";
    case "failed":
    case "voided":
    case "expired":
      return "released";
    case "created":
    case "requires_action":
    case "processing":
      return undefined;
  }
}

/** Whether the page will soon have more to say: Antom still owes an answer, or a hook is on its way. */
export function isPending(order: ShopOrder, payment: PaymentView | undefined): boolean {
  if (payment === undefined) return false;
  const expected = statusAfter(payment);
  if (expected === undefined || expected !== order.status) return true;
  return payment.status === "authorized" && payment.captureMode === "AUTOMATIC";
}
