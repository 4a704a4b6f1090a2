import { operate, takingQuestion } from "../operate.js";

export const paymentsRefund = operate({
  kind: "refund",
  summary: "Gives captured money back: what is left, or an amount.",
  details: ["Of a card it is pending at first as a rule (exit status 4): Antom tells how it ended later."],
  amount: "optional",
  hasReason: true,
  question: (payment, amount) => takingQuestion("refund", payment, amount),
});
