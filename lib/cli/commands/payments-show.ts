import { withoutLink } from "../../payment/event.js";
import { CONFIGURED, type Command } from "../command.js";
import { EXIT } from "../exit.js";
import { withKit } from "../kit.js";
import { ofPayment } from "../payment-of.js";
import { journalText, paymentText } from "../payment-text.js";

export const paymentsShow: Command = {
  name: "payments show",
  summary: "Shows a payment, and what has happened to it.",
  operand: { name: "ID", isRequired: true, text: "the payment's id." },
  flags: CONFIGURED,
  async run(call) {
    const { operand: id = "" } = call;
    return withKit(call, async ({ antom: { payments } }) => {
      const payment = await ofPayment(payments, id, () => payments.get(id));
      const journal = await payments.journal(id);
      call.print(`${paymentText(payment)}\n${journalText(journal)}`);
      call.document({ payment: withoutLink(payment), journal });
      return EXIT.done;
    });
  },
};
