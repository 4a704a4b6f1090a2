import { AntomError } from "../../errors.js";
import type { PaymentView } from "../../payment/event.js";
import type { OperationsRouterParts } from "./parts.js";

/**
 * Asks Antom how a payment stands and gives the payment after it.
 *
 * @throws AntomError `payment_not_found`, or `gateway_unanswered` where Antom did not say: staff must not take silence for its word
 */
export async function askAntom(
  { payments, inquirer }: Pick<OperationsRouterParts, "payments" | "inquirer">,
  id: string,
): Promise<PaymentView> {
  await payments.get(id);
  const { answered } = await inquirer.ask(id);
  if (!answered) {
    throw new AntomError(
      "gateway_unanswered",
      "Antom did not say how the payment stands: it gave no answer that can be believed, or one that does not tell",
    );
  }
  return payments.get(id);
}
