import type { Texts } from "../texts.js";

/** Of "bank" and of "risk": nobody can tell one from the other. */
const BANK = "Your bank did not approve this payment. Please use another card, or contact your bank.";

export const en: Texts = {
  backToShop: "Back to the shop",
  amount: "Amount",
  order: "Order number",
  refunded: "Refunded",
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
    refunded: {
      title: "This payment was refunded",
      text: "Your bank may take some days to show it. If you still want to pay, please place a new order in the shop.",
    },
    replaced: {
      title: "This payment was refunded",
      text: "Another payment of this order took its place. Your bank may take some days to show the refund.",
    },
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
    tookPlace:
      "Another payment of this order took its place. No money was taken for this one. The shop shows how your order stands.",
    goOn: "Continue to payment",
    paid: "I have paid",
    asking: "Asking the bank\u2026",
    unconfirmed: "Not confirmed yet. We keep asking, and this page moves on as soon as there is an answer.",
    unreachable: "We could not ask just now. Nothing is lost: please try again in a moment.",
    stopped:
      "This is taking longer than usual. You may close this page: your order is updated as soon as the bank answers.",
    nothingTaken: "No money was taken.",
    tryAgain: "Back to the shop to try again",
    useOtherCard: "Back to the shop to use another card",
  },
  declines: {
    "card-details": "Please check the card number, the expiry date and the security digits, and try again.",
    card: "This card cannot be used for this payment. Please use another card.",
    funds: "The card could not cover this payment. Please use another card.",
    bank: BANK,
    verification: "The confirmation with your bank was not completed. Please try again, or use another card.",
    risk: BANK,
    limit: "This payment is above a limit. Please use another card.",
    order: "This payment is no longer open. Please go back to the shop and pay again.",
    shop: "The shop cannot take this payment right now. Please contact the shop.",
    system: "The payment could not be processed just now. Please use another card.",
    unknown: "The payment was not accepted. Please try again, or use another card.",
  },
  orLater: "You can also try again later.",
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
    order_refused: {
      title: "This order cannot be paid",
      text: "The shop does not take a payment for this order. No payment was started. Please open your order in the shop again.",
    },
    order_paid: {
      title: "This order was already paid",
      text: "This order was paid before, with another amount. No second payment was made. Please contact the shop.",
    },
    payment_closing: {
      title: "One moment, please",
      text: "An earlier payment of this order is still being cancelled. Please try again in a minute. You will not be charged twice.",
    },
    card_invalid: {
      title: "Please check your card details",
      text: "Nothing was sent and no money was taken. Please return to the form and correct it.",
    },
    method_refused: {
      title: "This way to pay is not possible here",
      text: "No money was taken. Please choose another way to pay.",
    },
    card_gone: {
      title: "This card is no longer stored",
      text: "The card may have been removed. No money was taken. Please choose another card, or another way to pay.",
    },
    sign_in: {
      title: "Please sign in first",
      text: "Stored cards are there once you have signed in to the shop. No money was taken.",
    },
    unavailable: {
      title: "Please try again in a moment",
      text: "We cannot reach the payment service right now. You can safely try again: no second payment is made.",
    },
    shop_fault: {
      title: "Something is wrong in the shop",
      text: "No payment was started just now. Please contact the shop, or try again later.",
    },
    not_here: { title: "This page cannot be opened", text: "Please open your order in the shop again." },
    invalid: {
      title: "Something is missing",
      text: "We could not start the payment with what we received, and no money was taken. Please open your order in the shop again.",
    },
  },
  cardFields: {
    cardNo: "Please check the card number.",
    expiryMonth: "Please check the expiry date.",
    expiryYear: "Please check the expiry date.",
    cvv: "Please check the three or four digits printed beside or behind the number (CVC).",
    cardholderName: "Please check the name on the card.",
    billingAddress: "Please check the billing address.",
    cpf: "Please check the CPF.",
    payerEmail: "Please check the e-mail address.",
    dateOfBirth: "Please check the date of birth.",
    businessNo: "Please check the business registration number.",
    cardPasswordDigest: "Please check the first two digits of the card\u2019s PIN.",
    other: "Please check the other card details.",
  },
  checkout: {
    opening: "Opening the secure payment page\u2026",
    unreachable: "We could not reach the shop. It is safe to try again: you will not be charged twice.",
    refused: "This did not work just now. It is safe to try again: you will not be charged twice.",
    check: "Please check what is marked, and try again.",
  },
};
