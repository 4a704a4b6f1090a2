import type { DeclineReason, PaymentView } from "../../lib/index.js";
import { amountText } from "../shop/currency.js";
import type { OrderStatus, ShopOrder } from "../shop/orders.js";
import { declineWords } from "./decline-words.js";

/** How an order stands, in a buyer's words. */
export interface Standing {
  readonly mood: "calm" | "waiting" | "good" | "bad";
  readonly title: string;
  readonly text: string;
  /** What can help, best first. */
  readonly helps?: readonly string[];
  /** Whether there is something to pay. */
  readonly canPay: boolean;
}

export function standingOf(order: ShopOrder, payment: PaymentView | undefined): Standing {
  const total = amountText(order.amount);
  if (payment === undefined) {
    return { mood: "calm", title: "Your order", text: "Pay it, and we start the grinder.", canPay: true };
  }
  switch (payment.status) {
    case "created":
    case "requires_action":
      return {
        mood: "waiting",
        title: "Not paid yet",
        text: "You have begun to pay. Go on with it, or pay another way.",
        canPay: true,
      };
    case "processing":
      return {
        mood: "waiting",
        title: "Your payment is being checked",
        text: "This page shows how it comes out.",
        canPay: false,
      };
    case "authorized":
      return payment.captureMode === "MANUAL"
        ? {
            mood: "good",
            title: "Reserved for you",
            text: `Your bank holds ${total} for us until we take it.`,
            canPay: false,
          }
        : { mood: "good", title: "Your card was accepted", text: `We are about to receive ${total}.`, canPay: false };
    case "captured":
      return payment.refundedAmount === "0"
        ? { mood: "good", title: "Paid, thank you!", text: paidText(payment), canPay: false }
        : {
            mood: "calm",
            title: "Refunded",
            text: `We have given back ${amountText({ ...order.amount, value: payment.refundedAmount })}.`,
            canPay: false,
          };
    case "failed":
      return failed(payment);
    case "voided":
      return payment.buyerNeeded === true
        ? {
            mood: "bad",
            title: "Your bank wanted to ask you",
            text: "We charged your card while you were away, so nobody could answer, and we cancelled it. Nothing was charged. Please pay this order yourself.",
            canPay: true,
          }
        : {
            mood: "calm",
            title: "The payment was cancelled",
            text: "Nothing was charged. You can still pay this order.",
            canPay: true,
          };
    case "expired":
      return {
        mood: "calm",
        title: "The payment ran out of time",
        text: "Nothing was charged. You can still pay this order.",
        canPay: true,
      };
  }
}

const paidText = ({ recurringType }: PaymentView): string =>
  recurringType === undefined ? "Your coffee is on its way." : "Charged with nobody there. Your coffee is on its way.";

const NOT_ACCEPTED = "Your card was not accepted";

/** For any other reason nobody refused the card, and a buyer must not think so. */
const ABOUT_THE_CARD: ReadonlySet<DeclineReason> = new Set(["card-details", "card", "funds", "bank", "risk", "limit"]);

function failed({ decline, recurringType }: PaymentView): Standing {
  const words = decline === undefined ? undefined : declineWords(decline);
  const why = words?.why ?? "The payment was not accepted.";
  return {
    mood: "bad",
    title:
      decline !== undefined && ABOUT_THE_CARD.has(decline.reason) ? NOT_ACCEPTED : "The payment did not go through",
    text: `${recurringType === undefined ? "" : "We tried it while you were away. "}${why} Nothing was charged.`,
    ...(words === undefined ? {} : { helps: words.helps }),
    canPay: true,
  };
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
