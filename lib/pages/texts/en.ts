import type { Texts } from "../texts.js";

export const en: Texts = {
  backToShop: "Back to the shop",
  amount: "Amount",
  order: "Order number",
  redirect: {
    going: { title: "Taking you to the secure payment page\u2026", text: "This takes only a moment." },
    choice: {
      title: "Continue to the secure payment page",
      text: "If you have already paid there, look at the state of your payment instead. You will not be charged twice.",
    },
    slow: "This takes a little longer than usual. You can continue yourself.",
    goOn: "Continue to payment",
    seePayment: "See the state of my payment",
  },
  result: {
    pending: {
      title: "We are waiting for the bank\u2019s answer",
      text: "This page updates by itself. Please do not pay a second time.",
    },
    unfinished: {
      title: "Your payment is not confirmed yet",
      text: "If you have paid, we are waiting for the bank\u2019s answer and this page updates by itself. If not, please continue to payment.",
    },
    authorized: { title: "Your payment is approved", text: "Thank you. The bank has approved your payment." },
    captured: { title: "Your payment is complete", text: "Thank you. We have received your payment." },
    failed: {
      title: "The payment did not go through",
      text: "No money was taken. You can go back to the shop and pay for this order again.",
    },
    voided: {
      title: "The payment was cancelled",
      text: "No money was taken. You can go back to the shop and pay for this order again.",
    },
    expired: {
      title: "The payment has expired",
      text: "No money was taken. You can go back to the shop and pay for this order again.",
    },
    goOn: "Continue to payment",
    paid: "I have paid",
    asking: "Asking the bank\u2026",
    unconfirmed: "Not confirmed yet. We keep asking, and this page moves on as soon as there is an answer.",
    unreachable: "We could not ask just now. Nothing is lost: please try again in a moment.",
    stopped:
      "This is taking longer than usual. You may close this page: your order is updated as soon as the bank answers.",
  },
  errors: {
    link_invalid: {
      title: "This link does not work",
      text: "It may have been cut short when it was copied. Please open your order in the shop again.",
    },
    not_found: { title: "We cannot find this payment", text: "Please open your order in the shop again." },
    origin_refused: {
      title: "Please start from the shop",
      text: "For your safety, a payment can only be started on the shop\u2019s own pages. No money was taken.",
    },
    order_paid: {
      title: "This order is already paid",
      text: "You do not need to do anything more. No second payment was made.",
    },
    payment_closing: {
      title: "One moment, please",
      text: "An earlier payment of this order is still being cancelled. Please try again in a minute. You will not be charged twice.",
    },
    unavailable: {
      title: "Please try again in a moment",
      text: "We cannot reach the payment service right now. You can safely try again: no second payment is made.",
    },
    invalid: {
      title: "Something is missing",
      text: "We could not start the payment with what we received, and no money was taken. Please go back to the shop and try again.",
    },
  },
  checkout: {
    opening: "Opening the secure payment page\u2026",
    unreachable: "We could not reach the shop. It is safe to try again: you will not be charged twice.",
    refused: "This did not work just now. It is safe to try again: you will not be charged twice.",
  },
};
