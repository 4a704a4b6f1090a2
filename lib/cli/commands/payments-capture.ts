import { operate, takingQuestion } from "../operate.js";

export const paymentsCapture = operate({
  kind: "capture",
  summary: "Takes money that is held: what is left, or an amount.",
  details: ["Less than all, or several times, only where the option contract says that Antom allows it."],
  amount: "optional",
  hasReason: false,
  question: (payment, amount) => takingQuestion("capture", payment, amount),
});
