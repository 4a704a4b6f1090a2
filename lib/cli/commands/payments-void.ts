import { heldText } from "../agreed.js";
import { nameOf, operate, valueText } from "../operate.js";

export const paymentsVoid = operate({
  kind: "void",
  summary: "Lets a hold go, or closes a payment that nobody has paid yet.",
  details: ["Always all of it. What has been captured is refunded instead."],
  amount: "none",
  hasReason: false,
  question: (payment) =>
    `Void ${nameOf(payment)} of ${valueText(payment, payment.amount.value)} (${heldText(payment)})?`,
});
