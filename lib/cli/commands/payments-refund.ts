import { nameOf, operate, sumText, valueText } from "../operate.js";

export const paymentsRefund = operate({
  kind: "refund",
  summary: "Gives captured money back: what is left, or an amount.",
  details: ["Of a card it is pending at first as a rule (exit status 4): Antom tells how it ended later."],
  amount: "optional",
  hasReason: true,
  question: (payment, amount) =>
    `Refund ${sumText(amount)} of ${nameOf(payment)}, of which ${valueText(payment, payment.capturedAmount)} was captured?`,
});
