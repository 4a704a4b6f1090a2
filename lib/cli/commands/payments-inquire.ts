import { CONFIGURED, type Command } from "../command.js";
import { CommandError, EXIT } from "../exit.js";
import { withKit } from "../kit.js";
import { paymentText } from "../payment-text.js";

export const paymentsInquire: Command = {
  name: "payments inquire",
  summary: "Asks Antom how a payment stands.",
  operand: { name: "ID", isRequired: true, text: "the payment's id." },
  flags: CONFIGURED,
  async run(call) {
    const { operand: id = "" } = call;
    return withKit(call, async ({ antom: { payments }, silence }) => {
      const payment = await payments.inquire(id);
      const why = silence();
      if (why !== undefined) {
        throw new CommandError(
          EXIT.unreachable,
          "gateway_unanswered",
          `Antom gave no answer that can be believed (${why}); the payment is ${payment.status}, as it was known before.`,
        );
      }
      call.print(paymentText(payment));
      call.document({ payment });
      return EXIT.done;
    });
  },
};
