import { withoutLink } from "../../payment/event.js";
import { CONFIGURED, type Command } from "../command.js";
import { CommandError, EXIT } from "../exit.js";
import { optionsOf, withKit, type Kit } from "../kit.js";
import { ofPayment } from "../payment-of.js";
import { paymentText } from "../payment-text.js";
import { oneLine } from "../rows.js";

export const paymentsInquire: Command = {
  name: "payments inquire",
  summary: "Asks Antom how a payment stands.",
  operand: { name: "ID", isRequired: true, text: "the payment's id." },
  flags: CONFIGURED,
  async run(call) {
    const { operand: id = "" } = call;
    return withKit(call, async (kit) => {
      optionsOf(kit, "Whether Antom answers cannot be seen from a kit that was made already");
      const { payments } = kit.antom;
      const payment = await ofPayment(payments, id, () => payments.inquire(id));
      const why = unanswered(kit);
      if (why !== undefined) {
        throw new CommandError(
          EXIT.unreachable,
          "gateway_unanswered",
          `${why}; as far as is known the payment is ${payment.status}.`,
        );
      }
      call.print(paymentText(payment));
      call.document({ payment: withoutLink(payment) });
      return EXIT.done;
    });
  },
};

function unanswered({ silence, vagueAnswer }: Kit): string | undefined {
  const why = silence();
  if (why !== undefined) return `Antom gave no answer that can be believed (${oneLine(why)})`;
  const vague = vagueAnswer();
  return vague === undefined ? undefined : `Antom's answer does not tell how the payment stands (${oneLine(vague)})`;
}
