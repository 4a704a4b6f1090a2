import { nameOf, operate, sumText, valueText } from "../operate.js";

export const paymentsIncrease = operate({
  kind: "increase",
  summary: "Raises a hold to a new total, where the card allows it.",
  details: ["The amount is the new total, not what is added."],
  amount: "required",
  hasReason: false,
  question: (payment, amount) =>
    `Raise the hold of ${nameOf(payment)} from ${valueText(payment, payment.authorizedAmount)} to ${sumText(amount)}?`,
});
