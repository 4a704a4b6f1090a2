import { AntomError, isAntomError } from "../errors.js";
import type { PaymentView } from "../payment/event.js";
import type { Payments } from "../payments.js";
import { oneLine } from "./rows.js";

/**
 * What a command does with the payment of an id; whoever gave an order's id is told how its payments are found.
 *
 * @throws AntomError as what it does
 */
export async function ofPayment(
  payments: Payments,
  id: string,
  action: () => Promise<PaymentView>,
): Promise<PaymentView> {
  try {
    return await action();
  } catch (error) {
    if (!isAntomError(error) || error.code !== "payment_not_found") throw error;
    const [first] = await payments.findByOrder(id);
    if (first === undefined) throw new AntomError("payment_not_found", `there is no payment ${oneLine(id)}`);
    throw new AntomError(
      "payment_not_found",
      `${oneLine(id)} is the id of an order, not of a payment; its payments: npx express-antom payments list --order ${oneLine(id)}`,
    );
  }
}
